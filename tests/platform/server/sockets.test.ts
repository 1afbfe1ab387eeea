import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { serve } from './server.fixture.ts';
import { connected, TestSocket } from './socket.fixture.ts';

const failed = (id: string, code: string) => ({ id, type: 'error', payload: [{ extensions: { code, requestId: expect.any(String) } }] });

describe('operations on a socket', () => {
  it('of all three kinds are answered, for who signed in', async () => {
    const { url, world } = await serve();
    const socket = await connected(url, 'ann');
    socket.subscribe('1', '{ me }');
    expect([await socket.next(), await socket.next()]).toEqual([
      { id: '1', type: 'next', payload: { data: { me: 'ann' } } },
      { id: '1', type: 'complete' },
    ]);
    socket.subscribe('2', 'mutation { note(text: "x") }');
    expect([await socket.next(), await socket.next()]).toMatchObject([{ payload: { data: { note: 'x' } } }, { type: 'complete' }]);
    const followed = once(world.events, 'followed');
    socket.subscribe('3', 'subscription { ticks }');
    await followed;
    world.events.emit('tick', 7);
    expect(await socket.next()).toEqual({ id: '3', type: 'next', payload: { data: { ticks: 7 } } });
    const left = once(world.events, 'left');
    socket.send({ id: '3', type: 'complete' });
    expect(await left).toEqual([0]);
    expect((await connected(url)).socket.readyState).toBe(1);
  });

  it('that are bad answer an error for their id and leave the socket open', async () => {
    const { url } = await serve();
    const socket = await connected(url, 'ann');
    const bad: [query: string, code: string][] = [
      ['{', 'BAD_REQUEST'],
      ['{ nope }', 'BAD_REQUEST'],
      ['', 'BAD_REQUEST'],
      ['{ __schema { queryType { name } } }', 'FORBIDDEN'],
      ['query($n: Int!) { double(of: $n) }', 'BAD_REQUEST'],
      ['subscription { refused }', 'FORBIDDEN'],
      ['['.repeat(30_000), 'LIMIT_EXCEEDED'],
    ];
    for (const [index, [query, code]] of bad.entries()) {
      socket.subscribe(`${index}`, query);
      expect(await socket.next()).toMatchObject(failed(`${index}`, code));
    }
    socket.subscribe('ok', '{ me broken }');
    expect(await socket.next()).toMatchObject({
      type: 'next',
      payload: { data: { me: 'ann', broken: null }, errors: [{ message: 'Unexpected error.', extensions: { code: 'INTERNAL' } }] },
    });
  });

  it('are 50 at a time', async () => {
    const { url, world } = await serve({ subscriptions: 3 });
    const socket = await connected(url, 'ann');
    for (const id of ['1', '2', '3']) {
      const followed = once(world.events, 'followed');
      socket.subscribe(id, 'subscription { ticks }');
      await followed;
    }
    socket.subscribe('4', 'subscription { ticks }');
    expect(await socket.next()).toMatchObject(failed('4', 'LIMIT_EXCEEDED'));
    const left = once(world.events, 'left');
    socket.send({ id: '1', type: 'complete' });
    await left;
    const followed = once(world.events, 'followed');
    socket.subscribe('5', 'subscription { ticks }');
    await followed;
    expect(world.sources).toBe(3);
    const { defaultLimits } = await import('../../../src/platform/server/index.ts');
    expect([defaultLimits.subscriptions, defaultLimits.socketsPerKey, defaultLimits.messageBytes]).toEqual([50, 10, 64 * 1024]);
  });

  it('end with the socket', async () => {
    const { url, world, metrics } = await serve();
    const socket = await connected(url, 'ann');
    const followed = once(world.events, 'followed');
    socket.subscribe('1', 'subscription { ticks }');
    await followed;
    world.events.emit('tick', 1);
    await socket.next();
    const figures = await metrics.metrics();
    expect(figures).toContain('graphql_open_sockets 1');
    expect(figures).toContain('graphql_active_subscriptions 1');
    const left = once(world.events, 'left');
    socket.socket.terminate();
    await left;
    const after = await metrics.metrics();
    expect(after).toContain('graphql_active_subscriptions 0');
    expect(after).toContain('graphql_ended_subscriptions_total{outcome="left"} 1');
    expect(after).toContain('graphql_closed_sockets_total{code="1006"} 1');
  });

  it('take no longer than a request may', async () => {
    const { url } = await serve({ requestMs: 50 });
    const socket = await connected(url, 'ann');
    socket.subscribe('1', '{ never }');
    expect(await socket.next()).toMatchObject(failed('1', 'LIMIT_EXCEEDED'));
  });
});

describe('a socket is closed', () => {
  it('with 4403 for a bad token', async () => {
    const { url } = await serve();
    const socket = await new TestSocket(url).opened();
    socket.send({ type: 'connection_init', payload: { authorization: 'Bearer bad' } });
    expect(await socket.closed).toEqual({ code: 4403, reason: 'Forbidden' });
  });

  it('with 4429 when it is the eleventh of a seat; nobody else is touched, and a place that is left is free', async () => {
    const { url } = await serve();
    const ten = await Promise.all(Array.from({ length: 10 }, () => connected(url, 'ann')));
    const eleventh = await new TestSocket(url).opened();
    eleventh.send({ type: 'connection_init', payload: { authorization: 'Bearer ann' } });
    expect((await eleventh.closed).code).toBe(4429);
    await connected(url, 'bob');
    ten[0]!.socket.close();
    await ten[0]!.closed;
    await connected(url, 'ann');
  });

  it('with 4408 without a first message, 4429 for a second one, 4401 before it', async () => {
    const { url } = await serve({ initMs: 30 });
    expect((await (await new TestSocket(url).opened()).closed).code).toBe(4408);
    const twice = await connected(url);
    twice.send({ type: 'connection_init' });
    expect((await twice.closed).code).toBe(4429);
    const early = await new TestSocket(url).opened();
    early.subscribe('1', '{ me }');
    expect((await early.closed).code).toBe(4401);
  });

  it('with 4400 for what is no message, 1009 for one that is too long', async () => {
    const { url } = await serve();
    for (const garbage of ['{', '[]', '{"type":"what"}', Buffer.from([1, 2])]) {
      const socket = await connected(url);
      socket.socket.send(garbage);
      expect((await socket.closed).code).toBe(4400);
    }
    const message = (length: number) => JSON.stringify({ type: 'ping', payload: { x: 'x'.repeat(length - 35) } }).padEnd(length);
    const socket = await connected(url);
    socket.socket.send(message(64 * 1024));
    expect((await socket.next()).type).toBe('pong');
    socket.socket.send(message(64 * 1024 + 1));
    expect((await socket.closed).code).toBe(1009);
  });

  it('with 4403 when its seat has ended, and only then', async () => {
    const { url, ended } = await serve({ seatCheckMs: 10 });
    const [ann, bob] = [await connected(url, 'ann'), await connected(url, 'bob')];
    ended.add('ann');
    expect((await ann.closed).code).toBe(4403);
    bob.subscribe('1', '{ me }');
    expect(await bob.next()).toMatchObject({ payload: { data: { me: 'bob' } } });
  });

  it('when it answers no ping', async () => {
    const { url } = await serve({ pingMs: 30 });
    const [dead, alive] = [new TestSocket(url, { autoPong: false }), new TestSocket(url)];
    await Promise.all([dead.opened(), alive.opened()]);
    alive.send({ type: 'connection_init' });
    expect((await dead.closed).code).toBe(1006);
    alive.subscribe('1', '{ me }');
    expect((await alive.next()).type).toBe('connection_ack');
    expect((await alive.next()).type).toBe('next');
  });

  it('with 4413 when it does not read what it asked for', async () => {
    const { url, metrics } = await serve({ sendBufferBytes: 1000 });
    const socket = await connected(url, 'ann');
    socket.socket.pause();
    // The first is more than the system between the two takes, so the second has something to wait behind.
    for (const id of ['1', '2']) socket.subscribe(id, '{ large(length: 40000000) }');
    await expect.poll(() => metrics.metrics()).toContain('graphql_operations_total{operation="(unnamed)",type="query",outcome="ok"} 2');
    socket.socket.resume();
    expect((await socket.closed).code).toBe(4413);
  });

  it('before it is open from a foreign origin, at another path, in another protocol', async () => {
    const { url } = await serve();
    const status = async (socket: TestSocket) => (await once(socket.socket, 'unexpected-response'))[1].statusCode;
    expect(await status(new TestSocket(url, { headers: { origin: 'https://evil.example' } }))).toBe(403);
    expect(await status(new TestSocket(`${url}/other`))).toBe(404);
    await new TestSocket(url, { headers: { origin: 'https://listed.example' } }).opened();
    await new TestSocket(url, { headers: { origin: url } }).opened();
  });
});
