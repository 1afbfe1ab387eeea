import { describe, expect, it } from 'vitest';
import { createLogger } from '../../../src/platform/log/logger.ts';
import { createCensus } from '../../../src/platform/server/connection.census.ts';
import { serve } from './server.fixture.ts';
import { connected, TestSocket } from './socket.fixture.ts';

// How many connections may stay open: of a seat, and of callers who are nobody yet.

const PLACES = { socket: 2, stream: 3, nobodyFromOne: 2, nobody: 5 };
const censusOf = () => createCensus(PLACES, { everyMs: 1_000, logger: createLogger('silent') });
type Census = ReturnType<typeof censusOf>;
const enter = (census: Census, key: string | undefined, type: 'socket' | 'stream' = 'socket', address = 'here') =>
  census.enter({ caller: { surface: 'portal', key, value: undefined }, type, address, end: () => {} });
const entered = (census: Census, count: number, ...like: [string | undefined, ('socket' | 'stream')?, string?]): number =>
  Array.from({ length: count }, () => enter(census, ...like)).filter(Boolean).length;

describe('a census', () => {
  it('counts sockets and streams of a seat apart, from wherever they come', () => {
    const census = censusOf();
    expect([entered(census, 9, 'ann', 'socket', 'there'), entered(census, 9, 'ann'), entered(census, 9, 'ann', 'stream')]).toEqual([
      2, 0, 3,
    ]);
    expect(entered(census, 9, 'bob')).toBe(2);
  });
  it('counts what is nobody’s by address, sockets and streams together, and all of it', () => {
    const census = censusOf();
    expect([entered(census, 1, undefined), entered(census, 9, undefined, 'stream'), entered(census, 9, undefined)]).toEqual([1, 1, 0]);
    expect([
      entered(census, 9, undefined, 'socket', 'b'),
      entered(census, 9, undefined, 'socket', 'c'),
      entered(census, 9, undefined, 'socket', 'd'),
    ]).toEqual([2, 1, 0]);
    expect(entered(census, 9, 'ann')).toBe(2);
  });
  it('has a place again where one is left, and only one where it is left twice', () => {
    const census = censusOf();
    const leave = enter(census, undefined)!;
    enter(census, undefined);
    leave();
    leave();
    expect(entered(census, 9, undefined)).toBe(1);
  });
  it('loses no place by those whom it refuses', () => {
    const census = censusOf();
    for (const address of ['a', 'b']) entered(census, 2, undefined, 'socket', address);
    entered(census, 100, undefined, 'socket', 'a');
    expect([entered(census, 1, undefined, 'socket', 'c'), entered(census, 1, undefined, 'socket', 'd')]).toEqual([1, 0]);
  });
});

describe('sockets of nobody', () => {
  it('are closed with 4429 past their number; signed-in ones are not, and a place that is left is free', async () => {
    const { url } = await serve({ nobodyFromOne: 3 });
    const three = await Promise.all(Array.from({ length: 3 }, () => connected(url)));
    const fourth = await new TestSocket(url).opened();
    fourth.send({ type: 'connection_init' });
    expect((await fourth.closed).code).toBe(4429);
    await connected(url, 'ann');
    three[0]!.socket.close();
    await three[0]!.closed;
    await connected(url);
  });
});
