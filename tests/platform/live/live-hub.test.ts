import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { LiveHub } from '../../../src/platform/live/live-hub.ts';
import { stampEvents } from '../../../src/platform/live/stamper.ts';
import { MOST_WAITING } from '../../../src/platform/live/subscriber.ts';
import { type EventDatabase, eventDatabase } from './events.fixture.ts';
import { TestSubscriber } from './subscriber.fixture.ts';

let database: EventDatabase;
const hubs: LiveHub[] = [];
const errors: unknown[] = [];
beforeAll(async () => {
  database = await eventDatabase();
});
afterEach(async () => {
  vi.useRealTimers();
  await Promise.all(hubs.splice(0).map((hub) => hub.stop()));
  expect(errors.splice(0)).toEqual([]);
});
afterAll(() => database.stop());

async function startHub(pool: pg.Pool = database.pools.worker): Promise<LiveHub> {
  const hub = new LiveHub({ pool, url: database.url, onError: (error) => errors.push(error) });
  await hub.start();
  hubs.push(hub);
  return hub;
}
/** So that nothing is told but by NOTIFY. */
const withoutPoll = () => vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });

interface Following {
  /** The kind of the next event. */
  next(): Promise<string | undefined>;
  leave(): void;
}
function follow(hub: LiveHub, stream: string, after?: number): Following {
  const subscriber = new TestSubscriber();
  const joined = hub.join(database.organizationId, stream, subscriber, after);
  joined.catch(() => {});
  let isCaughtUp = false;
  const next = async (): Promise<string | undefined> => {
    const feed = await joined;
    while (!isCaughtUp && !subscriber.hasSomething && !subscriber.isOver) isCaughtUp = await hub.catchUp(feed, subscriber);
    return (await subscriber.next())?.kind;
  };
  const leave = (): void => void joined.then((feed) => hub.leave(feed, subscriber));
  return { next, leave };
}
/** Waits until the hub has the follower, who misses nothing from then on. */
async function followed(hub: LiveHub, stream: string): Promise<Following & { first: Promise<string | undefined> }> {
  const following = follow(hub, stream, 0);
  await database.happen(stream, 'opened');
  hub.wake();
  expect(await following.next()).toBe('opened');
  return { ...following, first: following.next() };
}

describe('a follower', () => {
  it('gets what was missed and then what comes, in order, each once', async () => {
    const hub = await startHub();
    const stream = randomUUID();
    await database.happen(stream, 'A', 'B', 'C');
    await stampEvents(database.pools.worker);
    const following = follow(hub, stream, 1);
    expect([await following.next(), await following.next()]).toEqual(['B', 'C']);
    const waiting = following.next();
    await database.happen(stream, 'D');
    hub.wake();
    expect(await waiting).toBe('D');
  });

  it('of a place that never was must read afresh', async () => {
    const hub = await startHub();
    await expect(follow(hub, randomUUID(), 1).next()).rejects.toMatchObject({ extensions: { code: 'RESYNC_REQUIRED' } });
  });

  it('of a place after which some are gone must read afresh', async () => {
    const hub = await startHub();
    const stream = randomUUID();
    await database.happen(stream, 'A', 'B', 'C');
    await stampEvents(database.pools.worker);
    await database.raw.rows('delete from events where stream = $1 and seq = 2', [stream]);
    await expect(follow(hub, stream, 1).next()).rejects.toMatchObject({ extensions: { code: 'RESYNC_REQUIRED' } });
    expect(await follow(hub, stream, 2).next()).toBe('C');
  });

  it('that has left is told nothing more', async () => {
    const hub = await startHub();
    const stream = randomUUID();
    const { first, leave } = await followed(hub, stream);
    const other = follow(hub, stream, 1);
    const others = other.next();
    leave();
    await database.happen(stream, 'after');
    hub.wake();
    expect(await others).toBe('after');
    await hub.stop();
    expect(await Promise.race([first, 'nothing'])).toBe('nothing');
  });

  it('that is slow must read afresh in the end, and costs the quick one nothing', async () => {
    const hub = await startHub();
    const stream = randomUUID();
    const slow = await followed(hub, stream);
    const quick = follow(hub, stream, 1);
    const many = Array.from({ length: MOST_WAITING + 20 }, (_, i) => String(i));
    await database.raw.rows(
      `insert into events (organization_id, id, stream, topic, kind, subject_id, facts, at)
       select $1, ('019b0000-0000-7000-8000-' || lpad(of::text, 12, '0'))::uuid, $2, 'TEST', of, $2, '{}', now() from unnest($3::text[]) of`,
      [database.organizationId, stream, many],
    );
    hub.wake();
    for (const kind of many) expect(await quick.next()).toBe(kind);
    expect(await slow.first).toBe('0');
    for (let taken = 1; taken <= MOST_WAITING; taken++) expect(await slow.next()).toBe(String(taken));
    await expect(slow.next()).rejects.toMatchObject({ extensions: { code: 'RESYNC_REQUIRED' } });
  });

  it('ends with the hub', async () => {
    const hub = await startHub();
    const { first } = await followed(hub, randomUUID());
    await hub.stop();
    expect(await first).toBeUndefined();
  });
});

describe('another server', () => {
  it('is woken by NOTIFY', async () => {
    withoutPoll();
    const [here, there] = [await startHub(), await startHub()];
    const stream = randomUUID();
    const { first } = await followed(here, stream);
    await database.happen(stream, 'from there');
    there.wake();
    expect(await first).toBe('from there');
  });

  it('that numbers events and dies before it tells is made up for', async () => {
    const hub = await startHub();
    const stream = randomUUID();
    const { first } = await followed(hub, stream);
    await database.happen(stream, 'untold');
    await stampEvents(database.pools.worker);
    expect(await first).toBe('untold');
  });

  it('is looked for where a notification is not understood, and heard afterwards', async () => {
    withoutPoll();
    const [here, there] = [await startHub(), await startHub()];
    const stream = randomUUID();
    const { first, next } = await followed(here, stream);
    await database.happen(stream, 'A');
    await stampEvents(database.pools.worker);
    await database.raw.rows(`select pg_notify('guichet_events', $1)`, [stream]);
    expect(await first).toBe('A');
    await database.happen(stream, 'B');
    there.wake();
    expect(await next()).toBe('B');
  });

  it('is heard again after the connections that listen have broken', async () => {
    withoutPoll();
    const [here, there] = [await startHub(), await startHub()];
    const stream = randomUUID();
    const { first } = await followed(here, stream);
    const LISTENING = `from pg_stat_activity where datname = current_database() and query like 'listen%'`;
    await database.raw.rows(`select pg_terminate_backend(pid) ${LISTENING}`);
    const listening = async () => (await database.raw.rows(`select 1 ${LISTENING}`)).length;
    await expect.poll(() => errors.length).toBeGreaterThan(1);
    await expect.poll(listening).toBe(2);
    errors.splice(0);
    await database.happen(stream, 'A');
    there.wake();
    expect(await first).toBe('A');
  });

  it('that tells while a reading is under way is read after it', async () => {
    withoutPoll();
    const held = Promise.withResolvers<void>();
    const numbered = Promise.withResolvers<void>();
    let readings = 0;
    // The first reading that finds something is held back with what it found.
    const pool = new Proxy(database.pools.worker, {
      get: (real, property) => {
        if (property !== 'query') return Reflect.get(real, property).bind?.(real) ?? Reflect.get(real, property);
        return async (query: pg.QueryConfig | string, values?: unknown[]) => {
          const answer = await real.query(query as string, values);
          const { name } = typeof query === 'object' ? query : {};
          if (name === 'read_events' && answer.rowCount && ++readings === 2) await held.promise;
          if (name === 'tell' && readings === 2) numbered.resolve();
          return answer;
        };
      },
    });
    const [hub, teller] = [await startHub(pool), await startHub()];
    const stream = randomUUID();
    const { first, next } = await followed(hub, stream);
    await database.happen(stream, 'A');
    teller.wake();
    await expect.poll(() => readings).toBe(2);
    await database.happen(stream, 'B');
    hub.wake();
    await numbered.promise;
    await database.raw.rows('select 1');
    held.resolve();
    expect([await first, await next()]).toEqual(['A', 'B']);
  });
});

describe('numbering', () => {
  it('begins at once where commits come alone, and rests longer while they go on', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance', 'Date'], now: 0 });
    const begun: number[] = [];
    const connect = async (): Promise<never> => {
      begun.push(Date.now());
      throw new Error('no connection');
    };
    const hub = new LiveHub({ pool: { connect } as unknown as pg.Pool, url: database.url, onError: () => {} });
    for (let i = 0; i < 200; i++) {
      hub.wake();
      await vi.advanceTimersByTimeAsync(1);
    }
    expect(begun).toEqual([0, 5, 15, 35, 75, 115, 155, 195]);
    await vi.advanceTimersByTimeAsync(100);
    hub.wake();
    await vi.advanceTimersByTimeAsync(0);
    expect(begun.at(-1)).toBe(300);
  });
});
