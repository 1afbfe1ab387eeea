import { createClient as streamClient } from 'graphql-sse';
import { createClient as socketClient } from 'graphql-ws';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import type { TestOrganization } from '../../src/testing/test-organization.ts';
import { startTestServer, type TestServer } from '../../src/testing/test-server.ts';
import { PLACE, placeOrder, productId } from '../support/form-moves.ts';
import { tasksNow } from '../support/live-places.ts';

// The clients that front ends use, as their authors ship them: graphql-ws over sockets, graphql-sse over event streams.

interface Client {
  iterate(payload: { query: string; variables?: Record<string, unknown> }): AsyncIterableIterator<{ data?: unknown; errors?: unknown }>;
  dispose(): void | Promise<void>;
}

let server: TestServer;
let own: TestOrganization;
beforeAll(async () => {
  server = await startTestServer();
  own = await server.organization();
});
afterAll(() => server.stop());

const CLIENTS: Readonly<Record<string, (token: string | undefined) => Client>> = {
  'graphql-ws': (token) =>
    socketClient({
      url: `${server.url.replace('http', 'ws')}/graphql`,
      webSocketImpl: WebSocket,
      connectionParams: { authorization: `Bearer ${token}` },
      retryAttempts: 2,
      retryWait: async () => {},
    }) as Client,
  'graphql-sse': (token) =>
    streamClient({ url: `${server.url}/graphql`, headers: { authorization: `Bearer ${token}` }, retryAttempts: 0 }) as Client,
};

describe.each(Object.keys(CLIENTS))('%s', (name) => {
  const open = (seat: 'owner' | 'customer'): Client => CLIENTS[name]!(own[seat].token);

  it('asks and does', async () => {
    const client = open('customer');
    const results: unknown[] = [];
    for await (const { data } of client.iterate({ query: '{ viewer { name } }' })) results.push(data);
    expect(results).toEqual([{ viewer: { name: 'The customer' } }]);
    const lines = [{ productId: await productId(own.customer), quantity: 1 }];
    for await (const { data } of client.iterate({ query: PLACE, variables: { input: { lines } } }))
      expect(data).toMatchObject({ placeOrder: { __typename: 'PlaceOrderSuccess' } });
    await client.dispose();
  });

  it('follows, event by event, until it has had enough', async () => {
    const client = open('owner');
    const after = await tasksNow(server, own.owner);
    for (let orders = 0; orders < 3; orders++) await placeOrder(own.customer);
    const cursors: string[] = [];
    const query = 'subscription ($after: EventCursor) { myTasks(after: $after) { cursor kind } }';
    for await (const { data } of client.iterate({ query, variables: { after } })) {
      const { myTasks } = data as { myTasks: { cursor: string; kind: string } };
      expect(myTasks.kind).toBe('OPENED');
      if (cursors.push(myTasks.cursor) === 3) break;
    }
    expect(new Set(cursors).size).toBe(3);
    await client.dispose();
  });

  it('is told why an operation is refused', async () => {
    const client = open('owner');
    const ask = async (): Promise<unknown> => {
      for await (const { errors } of client.iterate({ query: '{ nope }' })) return errors;
    };
    const told = await ask().catch((errors: unknown) => errors);
    expect(told).toMatchObject([{ extensions: { code: 'BAD_REQUEST' } }]);
    await client.dispose();
  });
});

it('graphql-ws gives up at once on a token that is none, and comes again where it may', async () => {
  const refused = CLIENTS['graphql-ws']!('never-issued-0123456789');
  await expect(refused.iterate({ query: '{ viewer { name } }' }).next()).rejects.toMatchObject({ code: 4403, reason: 'Forbidden' });
  const client = CLIENTS['graphql-ws']!(own.owner.token);
  const after = await tasksNow(server, own.owner);
  await placeOrder(own.customer);
  const events = client.iterate({ query: 'subscription ($after: EventCursor) { myTasks(after: $after) { kind } }', variables: { after } });
  expect((await events.next()).value).toEqual({ data: { myTasks: { kind: 'OPENED' } } });
  (client as unknown as { terminate(): void }).terminate();
  expect((await events.next()).value).toEqual({ data: { myTasks: { kind: 'OPENED' } } });
  await events.return?.();
  await client.dispose();
});
