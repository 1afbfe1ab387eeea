import { once } from 'node:events';
import { GraphQLError } from 'graphql';
import { describe, expect, it } from 'vitest';
import type { Caller } from '../../src/platform/server/index.ts';
import { serve } from '../platform/server/server.fixture.ts';
import { connected, TestSocket } from '../platform/server/socket.fixture.ts';

// Sockets that ask for more than they may, at the wrong moment, or after they were told to go.

const codeOf = (payload: unknown): string => (payload as { extensions: { code: string } }[])[0]!.extensions.code;

describe('a socket that asks for too much', () => {
  it('has fifty subscriptions of ten thousand, and the others know it', async () => {
    const { url, world } = await serve();
    const socket = await connected(url, 'ann');
    const asked = 10_000;
    for (let id = 0; id < asked; id += 1) socket.subscribe(String(id), 'subscription { ticks }');
    for (let refused = 0; refused < asked - 50; refused += 1) {
      const { type, payload } = await socket.next();
      expect([type, codeOf(payload)]).toEqual(['error', 'LIMIT_EXCEEDED']);
    }
    expect(world.sources).toBe(50);
    world.events.emit('tick', 1);
    const heard = new Set<string>();
    while (heard.size < 50) heard.add((await socket.next()).id!);
    socket.socket.terminate();
    await once(world.events, 'left');
    expect((await connected(url, 'bob')).socket.readyState).toBe(1);
  });

  it('has fifty operations under way, also where it takes back those that have not been answered', async () => {
    const { url, world } = await serve();
    const socket = await connected(url, 'ann');
    let started = 0;
    world.events.on('started', () => started++);
    for (let id = 0; id < 200; id += 1) {
      socket.subscribe(String(id), '{ waits }');
      if (id !== 199) socket.send({ id: String(id), type: 'complete' });
    }
    let refused = await socket.next();
    while (refused.id !== '199') refused = await socket.next();
    expect(codeOf(refused.payload)).toBe('LIMIT_EXCEEDED');
    expect(started).toBe(50);
    world.events.emit('go');
    socket.subscribe('after', '{ me }');
    expect(await socket.next()).toMatchObject({ id: 'after', payload: { data: { me: 'ann' } } });
  });

  it('is closed where it sends pings and reads no answer', async () => {
    const { url } = await serve();
    const socket = await connected(url, 'ann');
    socket.socket.pause();
    const flooded = new Promise<void>((resolve) => socket.socket.once('close', () => resolve()));
    const flood = setInterval(() => {
      for (let i = 0; i < 20_000; i += 1) socket.socket.ping(Buffer.alloc(125));
    }, 1);
    await flooded;
    clearInterval(flood);
    expect((await connected(url, 'ann')).socket.readyState).toBe(1);
  });
});

describe('a socket that keeps to no order', () => {
  it.each<[string, number, (socket: TestSocket) => void]>([
    ['a second init', 4429, (socket) => socket.send({ type: 'connection_init' })],
    ['an id that is in use', 4409, (socket) => socket.subscribe('1', '{ me }')],
    ['no JSON', 4400, (socket) => socket.socket.send('{"type":')],
    ['a message without a type', 4400, (socket) => socket.socket.send('{"id":"2"}')],
    ['a type that nobody has', 4400, (socket) => socket.send({ type: '__proto__' })],
    ['a type that servers send', 4400, (socket) => socket.send({ type: 'connection_ack' })],
    ['an id that is no text', 4400, (socket) => socket.socket.send('{"id":{},"type":"subscribe","payload":{"query":"{ me }"}}')],
    ['an empty id', 4400, (socket) => socket.subscribe('', '{ me }')],
    ['no query', 4400, (socket) => socket.send({ id: '2', type: 'subscribe', payload: {} })],
    ['brackets without end', 4400, (socket) => socket.socket.send('['.repeat(60_000))],
    ['binary', 4400, (socket) => socket.socket.send(Buffer.from('{"type":"ping"}'))],
    [
      'a message of many frames, past 64 kB together',
      1009,
      (socket) => {
        for (let i = 0; i < 70; i += 1) socket.socket.send('x'.repeat(1_000), { fin: false });
      },
    ],
  ])('%s: closed with %i', async (_, code, send) => {
    const { url, world } = await serve();
    const socket = await connected(url, 'ann');
    const followed = once(world.events, 'followed');
    socket.subscribe('1', 'subscription { ticks }');
    await followed;
    const left = once(world.events, 'left');
    send(socket);
    expect((await socket.closed).code).toBe(code);
    expect(await left).toEqual([0]);
  });

  it('is not heard before its init, and nothing of it runs', async () => {
    const { url, log } = await serve();
    const socket = await new TestSocket(url).opened();
    for (let id = 0; id < 100; id += 1) socket.subscribe(String(id), 'mutation { note(text: "x") }');
    expect((await socket.closed).code).toBe(4401);
    expect(log.filter(({ method }) => method === 'SOCKET')).toEqual([]);
  });

  it('is not heard after it was told to go, although it keeps the connection open', async () => {
    const { url, log, world } = await serve();
    const socket = await connected(url, 'ann');
    const followed = once(world.events, 'followed');
    socket.subscribe('1', 'subscription { ticks }');
    await followed;
    socket.socket.pause(); // so it does not see that it is being closed, and does not answer
    socket.socket.send(Buffer.from('binary'));
    socket.subscribe('2', 'mutation { note(text: "x") }');
    const other = await connected(url, 'bob');
    other.subscribe('1', '{ me }');
    await other.next();
    socket.socket.resume();
    expect((await socket.closed).code).toBe(4400);
    expect(log.filter(({ method }) => method === 'SOCKET')).toHaveLength(2);
  });

  it.each<[string, unknown]>([
    ['a number', 7],
    ['a list', ['Bearer ann']],
    ['an object', { toString: 'Bearer ann' }],
    ['yes', true],
  ])('is not let in as nobody where its token is %s: what is no text is told so', async (_, authorization) => {
    const { url } = await serve();
    const socket = await new TestSocket(url).opened();
    socket.send({ type: 'connection_init', payload: { authorization } });
    expect((await socket.closed).code).toBe(4400);
  });

  it('is asked who it is for each operation', async () => {
    let now: Caller | undefined = { surface: 'staff', key: 'ann', value: 'ann the chief' };
    const authenticate = async (): Promise<Caller> => {
      if (!now) throw new GraphQLError('The token is not valid.', { extensions: { code: 'UNAUTHENTICATED' } });
      return now;
    };
    const { url } = await serve({}, { authenticate });
    const socket = await connected(url, 'ann');
    const answer = async (id: string): Promise<unknown> => {
      socket.subscribe(id, '{ me }');
      const { type, payload } = await socket.next();
      if (type === 'next') await socket.next();
      return payload;
    };
    expect(await answer('1')).toEqual({ data: { me: 'ann the chief' } });
    now = { surface: 'staff', key: 'ann', value: 'ann' };
    expect(await answer('2')).toEqual({ data: { me: 'ann' } });
    now = undefined;
    expect(codeOf(await answer('3'))).toBe('UNAUTHENTICATED');
  });
});
