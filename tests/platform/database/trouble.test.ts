import type pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createPool } from '../../../src/platform/database/pool.ts';
import { troubleOf } from '../../../src/platform/database/trouble.ts';
import type { TestOrganization } from '../../../src/testing/test-organization.ts';
import type { TestSeat } from '../../../src/testing/test-seat.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { RawDatabase } from '../../support/raw-database.ts';

// What a caller is told while the database cannot work, and that all goes on afterwards.

const POOL = 2;
let hasRoom = true;
let server: TestServer;
let seats: TestOrganization;
let owner: RawDatabase;
beforeAll(async () => {
  server = await startTestServer({ poolSize: POOL, hasRoom: () => hasRoom });
  seats = await server.organization();
  owner = await RawDatabase.open(server.databaseUrl);
});
afterAll(async () => {
  await owner?.close();
  await server?.stop();
});
afterEach(() => {
  hasRoom = true;
});

const NAMES = '{ contacts { nodes { name } } }';
const RENAME = 'mutation ($id: ID!, $name: String!) { renameTag(input: { tagId: $id, name: $name }) { __typename } }';
const rename = (name: string) => seats.admin.ask(RENAME, { id: seats.tagIds[0], name });
const told = ({ errors }: Awaited<ReturnType<TestSeat['ask']>>) => errors.map(({ message, extensions }) => [extensions.code, message]);
const FULL = ['INTERNAL', 'The server’s disk is full: nothing was written, and nothing can be for now.'];
const BUSY = ['LIMIT_EXCEEDED', 'The server has more to do than it can: try again in a moment.'];
const AWAY = ['INTERNAL', 'The database cannot be reached: try again in a moment.'];

async function allWork(): Promise<void> {
  const answers = await Promise.all(Array.from({ length: 20 }, (_, i) => (i % 4 ? seats.admin.ask(NAMES) : rename(`Name ${i}`))));
  for (const answer of answers) expect(told(answer)).toEqual([]);
  const { totalCount, idleCount, waitingCount } = server.runtime.pools.requests;
  expect([totalCount - idleCount, waitingCount]).toEqual([0, 0]);
}

/** Takes every connection of a pool whose callers wait for a moment only. */
async function exhausted(pool: pg.Pool, work: () => Promise<void>): Promise<void> {
  const { connectionTimeoutMillis } = pool.options;
  const held = await Promise.all(Array.from({ length: pool.options.max }, () => pool.connect()));
  pool.options.connectionTimeoutMillis = 50;
  try {
    await work();
  } finally {
    pool.options.connectionTimeoutMillis = connectionTimeoutMillis;
    for (const client of held) client.release();
  }
}

describe('where no connection is free in time', () => {
  it('requests are told to try again, reads and writes, and all goes on when there is one', async () => {
    const { requests } = server.runtime.pools;
    await seats.admin.query(NAMES); // from here on the server knows who is asking
    await exhausted(requests, async () => {
      const [read, written] = await Promise.all([seats.admin.ask(NAMES), rename('Never')]);
      expect([read.data, written.data]).toEqual([{ contacts: null }, { renameTag: null }]);
      expect([...told(read), ...told(written)]).toEqual([BUSY, BUSY]);
      expect(read.errors[0]!.extensions).toMatchObject({ retryAfter: 1, requestId: expect.any(String) });
      expect(requests.waitingCount).toBe(0);
    });
    await allWork();
    expect(JSON.stringify(await seats.admin.query('{ tagGroups { nodes { tags { nodes { name } } } } }'))).not.toContain('Never');
  });

  it('so are those of whom it is not known yet who they are', async () => {
    const stranger = await server.seat(seats.plan.employees[0]!.phone, seats.id);
    await exhausted(server.runtime.pools.identity, async () => {
      const answer = await stranger.ask(NAMES);
      expect([answer.data, told(answer)]).toEqual([null, [BUSY]]);
    });
    expect(told(await stranger.ask(NAMES))).toEqual([]);
  });

  it('some wait, and are served when their turn comes', async () => {
    const { requests } = server.runtime.pools;
    const held = await Promise.all(Array.from({ length: POOL }, () => requests.connect()));
    const asked = Array.from({ length: 10 }, () => seats.admin.ask(NAMES));
    await expect.poll(() => requests.waitingCount).toBeGreaterThan(0);
    for (const client of held) client.release();
    for (const answer of await Promise.all(asked)) expect(told(answer)).toEqual([]);
  });
});

describe('where the disk is full', () => {
  it('nothing is written any more before the database is in danger; reads go on', async () => {
    hasRoom = false;
    const [read, written] = await Promise.all([seats.admin.ask(NAMES), rename('Never')]);
    expect([written.data, told(written)]).toEqual([{ renameTag: null }, [FULL]]);
    expect(told(read)).toEqual([]);
    hasRoom = true;
    await allWork();
  });

  it('and the database says so, that is what the caller is told', async () => {
    await owner.rows(
      `create function fails() returns trigger language plpgsql as $$ begin raise exception 'could not extend file' using errcode = '53100'; end $$`,
    );
    await owner.rows('create trigger tags_full before update on tags for each row execute function fails()');
    const written = await rename('Never');
    expect([written.data, told(written)]).toEqual([{ renameTag: null }, [FULL]]);
    expect(told(await seats.admin.ask(NAMES))).toEqual([]);
    await owner.rows('drop trigger tags_full on tags');
    await allWork();
  });
});

describe('where the database is away', () => {
  it('the caller is told to try again', async () => {
    const pool = createPool({ url: 'postgres://nobody@127.0.0.1:1/nowhere', size: 1, onError: () => {} });
    expect(await pool.query('select 1').catch(troubleOf)).toBe('away');
    expect(await pool.connect().catch(troubleOf)).toBe('away');
    await pool.end();
  });

  it('in the middle of a statement as well', async () => {
    await owner.rows('begin');
    await owner.rows('lock table tags in access exclusive mode');
    const asked = seats.admin.ask('{ contacts { nodes { tags { name } } } }');
    const waiting = `select pid from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
    await expect.poll(() => owner.rows(waiting)).toHaveLength(1);
    await owner.rows(
      `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
    );
    expect(told(await asked)).toEqual([AWAY]);
    await owner.rows('rollback');
    await allWork();
  });

  it.each<[string, unknown]>([
    ['an error of a plugin’s own connection', Object.assign(new Error('connect ECONNREFUSED 10.0.0.1:80'), { code: 'ECONNREFUSED' })],
    ['a fault of ours', new TypeError('x is not a function')],
    ['no error at all', 'timeout exceeded when trying to connect'],
  ])('is not what is told of %s', (_case, error) => {
    expect(troubleOf(error)).toBeUndefined();
  });
});
