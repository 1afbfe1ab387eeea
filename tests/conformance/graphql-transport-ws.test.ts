import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import type { TestOrganization } from '../../src/testing/test-organization.ts';
import { startTestServer, type TestServer } from '../../src/testing/test-server.ts';
import { connected, type Message, TestSocket } from '../platform/server/socket.fixture.ts';
import { placeOrder } from '../support/form-moves.ts';
import { tasksNow } from '../support/live-places.ts';

// The GraphQL over WebSocket protocol, message by message, against the whole server.

const MY_TASKS = 'subscription ($after: EventCursor) { myTasks(after: $after) { kind } }';

let server: TestServer;
let own: TestOrganization;
beforeAll(async () => {
  server = await startTestServer({ limits: { initMs: 1_000 } });
  own = await server.organization();
});
afterAll(() => server.stop());

const owners = (): Promise<TestSocket> => connected(server.url, own.owner.token);
/** The messages up to one of this type. */
async function until(socket: TestSocket, type: string): Promise<Message[]> {
  const messages = [await socket.next()];
  while (messages.at(-1)!.type !== type) messages.push(await socket.next());
  return messages;
}
/** A socket that follows the owner's tasks under an id, and has been told of one. */
async function following(id: string): Promise<TestSocket> {
  const after = await tasksNow(server, own.owner);
  await placeOrder(own.customer);
  const socket = await owners();
  socket.subscribe(id, MY_TASKS, { after });
  expect(await socket.next()).toEqual({ id, type: 'next', payload: { data: { myTasks: { kind: 'OPENED' } } } });
  return socket;
}

describe('the sub-protocol', () => {
  it('is graphql-transport-ws, also where a client offers others beside it', async () => {
    const socket = new WebSocket(`${server.url.replace('http', 'ws')}/graphql`, ['graphql-ws', 'graphql-transport-ws']);
    await once(socket, 'open');
    expect(socket.protocol).toBe('graphql-transport-ws');
    socket.terminate();
  });

  it('is not taken from a client that names none: 4406', async () => {
    const socket = new WebSocket(`${server.url.replace('http', 'ws')}/graphql`);
    expect(await once(socket, 'close')).toEqual([4406, Buffer.from('Subprotocol not acceptable')]);
  });

  it('is none of the older ones: the server selects none, and their clients give up', async () => {
    const socket = new WebSocket(`${server.url.replace('http', 'ws')}/graphql`, 'graphql-ws');
    const [fault] = await once(socket, 'error');
    expect(fault.message).toBe('Server sent no subprotocol');
  });
});

describe('a connection', () => {
  it.each([undefined, {}])('is acknowledged, without a payload: init %j', async (payload) => {
    const socket = await new TestSocket(server.url).opened();
    socket.send({ type: 'connection_init', ...(payload && { payload }) });
    expect(await socket.next()).toEqual({ type: 'connection_ack' });
    socket.subscribe('1', '{ viewer { name } }');
    expect(await socket.next()).toEqual({ id: '1', type: 'next', payload: { data: { viewer: null } } });
    socket.socket.close(1000);
    expect((await socket.closed).code).toBe(1000);
  });

  it('is refused with what is none of its parameters', async () => {
    const socket = await new TestSocket(server.url).opened();
    socket.send({ type: 'connection_init', payload: { unknown: 1 } });
    expect((await socket.closed).code).toBe(4400);
  });

  it('answers pings before and after the acknowledgement with their payload, and takes pongs in silence', async () => {
    const socket = await new TestSocket(server.url).opened();
    socket.send({ type: 'ping' });
    expect(await socket.next()).toEqual({ type: 'pong' });
    socket.send({ type: 'pong' });
    socket.send({ type: 'connection_init', payload: { authorization: `Bearer ${own.owner.token}` } });
    expect(await socket.next()).toEqual({ type: 'connection_ack' });
    socket.send({ type: 'pong', payload: { nobody: 'asked' } });
    socket.send({ type: 'ping', payload: { at: 7 } });
    expect(await socket.next()).toEqual({ type: 'pong', payload: { at: 7 } });
    socket.socket.terminate();
  });
});

describe('an operation', () => {
  it('of one result is its next and its complete, by id, beside others', async () => {
    const socket = await owners();
    socket.subscribe('a', '{ viewer { name } }');
    socket.subscribe('b', 'query Named { viewer { id } }');
    const messages = [await socket.next(), await socket.next(), await socket.next(), await socket.next()];
    const of = (id: string) => messages.filter((message) => message.id === id);
    expect(of('a')).toEqual([
      { id: 'a', type: 'next', payload: { data: { viewer: { name: 'The owner' } } } },
      { id: 'a', type: 'complete' },
    ]);
    expect(of('b').map(({ type }) => type)).toEqual(['next', 'complete']);
    socket.socket.terminate();
  });

  it('that is refused before it runs is one error and no complete, and its id is free again', async () => {
    const socket = await owners();
    socket.subscribe('a', '{ nope }');
    const refused = await socket.next();
    expect(refused).toEqual({
      id: 'a',
      type: 'error',
      payload: [
        {
          message: expect.any(String),
          locations: [{ line: 1, column: 3 }],
          extensions: { code: 'BAD_REQUEST', requestId: expect.any(String) },
        },
      ],
    });
    socket.subscribe('a', '{ viewer { name } }');
    expect((await until(socket, 'complete')).map(({ type }) => type)).toEqual(['next', 'complete']);
    socket.socket.terminate();
  });

  it('that fails in part is a next with data and errors', async () => {
    const socket = await owners();
    socket.subscribe('a', '{ viewer { name } contacts(list: ORGANIZATION) { totalCount } }');
    const [next] = await until(socket, 'complete');
    expect(next).toMatchObject({
      type: 'next',
      payload: { data: { contacts: null }, errors: [{ path: ['contacts'], extensions: { code: 'FORBIDDEN' } }] },
    });
    socket.socket.terminate();
  });

  it('that the client completes ends: nothing more comes for it, and its id is free again', async () => {
    const socket = await following('a');
    socket.send({ id: 'a', type: 'complete' });
    await placeOrder(own.customer);
    socket.subscribe('a', '{ viewer { name } }');
    expect((await until(socket, 'complete')).map(({ type }) => type)).toEqual(['next', 'complete']);
    socket.socket.terminate();
  });

  it('that the server completes is told so, once, and the socket stays: its seat may not follow any more', async () => {
    const { owner, customer, sharee } = own;
    const socket = await connected(server.url, sharee.token);
    const after = await tasksNow(server, sharee);
    const id = await placeOrder(customer);
    socket.subscribe('a', 'subscription ($id: ID!, $after: EventCursor) { businessForm(id: $id, after: $after) { kind } }', { id, after });
    expect((await socket.next()).type).toBe('next');
    const unshare = 'mutation ($input: UnshareContactInput!) { unshareContact(input: $input) { __typename } }';
    await owner.does(unshare, { input: { contactId: customer.id, employeeId: sharee.id } });
    expect(await socket.next()).toEqual({ id: 'a', type: 'complete' });
    socket.send({ type: 'ping' });
    expect(await socket.next()).toEqual({ type: 'pong' });
    socket.socket.terminate();
  });

  it('that is not under way may be completed: nothing happens', async () => {
    const socket = await owners();
    socket.send({ id: 'never', type: 'complete' });
    socket.send({ type: 'ping' });
    expect(await socket.next()).toEqual({ type: 'pong' });
    socket.socket.terminate();
  });
});

describe('a socket is closed', () => {
  it('with 4408 where no init came', async () => {
    expect(await (await new TestSocket(server.url).opened()).closed).toEqual({ code: 4408, reason: 'Connection initialisation timeout' });
  });

  it('with 4429 at a second init', async () => {
    const socket = await owners();
    socket.send({ type: 'connection_init' });
    expect(await socket.closed).toEqual({ code: 4429, reason: 'Too many initialisation requests' });
  });

  it.each(['subscription { myTasks { kind } }', '{ viewer { name } }'])('with 4401 for an operation before the init: %s', async (query) => {
    const socket = await new TestSocket(server.url).opened();
    socket.subscribe('1', query);
    expect(await socket.closed).toEqual({ code: 4401, reason: 'Unauthorized' });
  });

  it.each(['Bearer x', 'Bearer never-issued-0123456789', 'Basic YTpi'])('with 4403 for a token that is none: %s', async (authorization) => {
    const socket = await new TestSocket(server.url).opened();
    socket.send({ type: 'connection_init', payload: { authorization } });
    expect(await socket.closed).toEqual({ code: 4403, reason: 'Forbidden' });
  });

  it('with 4409 for an id that is in use', async () => {
    const socket = await following('a');
    socket.subscribe('a', MY_TASKS);
    expect(await socket.closed).toEqual({ code: 4409, reason: 'Subscriber for a already exists' });
  });

  it.each([
    ['no JSON', 'hello'],
    ['no object', '[]'],
    ['null', 'null'],
    ['no type', '{}'],
    ['an unknown type', '{"type":"start"}'],
    ['an init with a payload that is no object', '{"type":"connection_init","payload":"x"}'],
    ['a ping with a payload that is no object', '{"type":"ping","payload":1}'],
    ['an operation without an id', '{"type":"subscribe","payload":{"query":"{ viewer { name } }"}}'],
    ['an empty id', '{"type":"subscribe","id":"","payload":{"query":"{ viewer { name } }"}}'],
    ['an operation without a payload', '{"type":"subscribe","id":"1"}'],
    ['a query that is no text', '{"type":"subscribe","id":"1","payload":{"query":1}}'],
    ['variables that are no object', '{"type":"subscribe","id":"1","payload":{"query":"{ viewer { name } }","variables":1}}'],
    ['a complete without an id', '{"type":"complete"}'],
    ['what servers alone send: an acknowledgement', '{"type":"connection_ack"}'],
    ['a result', '{"type":"next","id":"1","payload":{"data":{}}}'],
    ['an error', '{"type":"error","id":"1","payload":[{"message":"x"}]}'],
  ])('with 4400 for %s', async (_, text) => {
    const socket = await owners();
    socket.socket.send(text);
    expect((await socket.closed).code).toBe(4400);
  });
});
