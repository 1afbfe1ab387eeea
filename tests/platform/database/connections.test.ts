import type pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Attendance } from '../../../src/platform/database/attendance.ts';
import { Connections } from '../../../src/platform/database/connections.ts';
import { createPool } from '../../../src/platform/database/pool.ts';
import { readDatabase } from '../../../src/platform/database/read-database.ts';
import { NobodyWaitsError, Shares } from '../../../src/platform/database/shares.ts';
import { inReadOnlyTransaction, inTransaction } from '../../../src/platform/database/transaction.ts';
import { uuidv7 } from '../../../src/platform/database/uuid.ts';
import { createTestDatabase, type TestDatabase } from '../../../src/testing/test-database.ts';
import { RawDatabase } from '../../support/raw-database.ts';

// What nobody waits for any more ends in PostgreSQL itself, and who waits for a lock keeps no connection from others.

const SIZE = 10;
const organization = uuidv7();
const ann = { organization, seat: 'ann' };
let database: TestDatabase;
let pool: pg.Pool;
let owner: RawDatabase;
let connections: Connections;
beforeAll(async () => {
  const sql =
    'create table hot (id int primary key, value int not null default 0); insert into hot values (1), (2); grant all on hot to public';
  database = await createTestDatabase([{ module: 'connections', migrations: [{ name: '0001-initial', sql }] }]);
  pool = createPool({ url: database.url, size: SIZE, statementTimeout: 600_000, onError: () => {} });
  owner = await RawDatabase.open(database.url);
});
beforeEach(() => {
  connections = new Connections(pool, new Shares({ connections: SIZE, plugins: 0, patience: 600_000 }));
});
afterAll(async () => {
  await owner?.close();
  await pool?.end();
  await database?.drop();
});

const SLEEP = 'select pg_sleep(600)::text as json';
/** Statements that PostgreSQL is at. */
const running = (like: string): Promise<{ pid: number }[]> =>
  owner.rows(
    `select pid from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and state = 'active' and query like '%${like}%'`,
  );
const held = (): number => pool.totalCount - pool.idleCount;

describe('what nobody waits for any more', () => {
  it.each<[string, (attendance: Attendance) => Promise<unknown>]>([
    [
      'a read',
      async (attendance) => {
        const [result] = await readDatabase(connections).read({ ...ann, attendance }, [{ statement: { text: SLEEP }, values: [] }]);
        if (result!.status === 'rejected') throw result!.reason;
      },
    ],
    [
      'a read of several fields: none is begun afterwards',
      (attendance) =>
        readDatabase(connections).read(
          { ...ann, attendance },
          Array.from({ length: 5 }, () => ({ statement: { text: SLEEP }, values: [] })),
        ),
    ],
    [
      'a transaction',
      (attendance) =>
        inTransaction(connections.for({ ...ann, attendance }), organization, ({ client }) => client.query(SLEEP.replace('600', '600.0'))),
    ],
    [
      'a transaction that reads',
      (attendance) => inReadOnlyTransaction(connections.for({ ...ann, attendance }), organization, ({ client }) => client.query(SLEEP)),
    ],
  ])('is cancelled in PostgreSQL: %s', async (_, work) => {
    const attendance = new Attendance();
    const outcome = work(attendance).then(
      () => 'done',
      (error: { code?: string }) => error.code ?? error.constructor.name,
    );
    await expect.poll(() => running('pg_sleep')).toHaveLength(1);
    attendance.end();
    expect(['57014', NobodyWaitsError.name]).toContain(await outcome);
    await expect.poll(() => running('pg_sleep')).toEqual([]);
    await expect.poll(held).toBe(0);
  });

  it('because its time is up is cancelled as well, although its work goes on asking', async () => {
    const late = inTransaction(connections.for(ann), organization, ({ client }) => client.query(SLEEP), 50);
    await expect(late).rejects.toThrow('not done in its time');
    await expect.poll(() => running('pg_sleep')).toEqual([]);
  });

  it('meets nobody else: the connection is closed, and all that is asked afterwards is answered', async () => {
    for (let i = 0; i < 20; i++) {
      const attendance = new Attendance();
      const read = readDatabase(connections).read({ ...ann, attendance }, [{ statement: { text: `select '1' as json` }, values: [] }]);
      queueMicrotask(() => attendance.end());
      await read.catch((error: unknown) => expect(error).toBeInstanceOf(NobodyWaitsError));
      const { rows } = await inReadOnlyTransaction(connections.for(ann), organization, ({ client }) => client.query('select 1 as one'));
      expect(rows).toEqual([{ one: 1 }]);
    }
    await expect.poll(held).toBe(0);
  });

  it('is not cancelled where it was answered before, and another asks on its connection', async () => {
    const [attendance, others] = [new Attendance(), new Attendance()];
    const one = createPool({ url: database.url, size: 1, statementTimeout: 600_000, onError: () => {} });
    const single = new Connections(one, new Shares({ connections: SIZE, plugins: 0, patience: 600_000 }));
    await readDatabase(single).read({ ...ann, attendance }, [{ statement: { text: `select '1' as json` }, values: [] }]);
    const asked = readDatabase(single).read({ organization, seat: 'bob', attendance: others }, [
      { statement: { text: SLEEP }, values: [] },
    ]);
    await expect.poll(() => running('pg_sleep')).toHaveLength(1);
    const sleeping = await running('pg_sleep');
    attendance.end();
    for (let i = 0; i < 20; i++) await pool.query('select 1');
    expect(await running('pg_sleep')).toEqual(sleeping);
    others.end();
    await asked.catch(() => {});
    await one.end();
  });

  it('and waits for its turn is never asked', async () => {
    const attendance = new Attendance();
    const busy = new Attendance();
    const sleeping = Array.from({ length: 3 }, () =>
      readDatabase(connections).read({ ...ann, attendance: busy }, [{ statement: { text: SLEEP }, values: [] }]),
    );
    const waiting = readDatabase(connections).read({ ...ann, attendance }, [{ statement: { text: SLEEP }, values: [] }]);
    await expect.poll(() => running('pg_sleep')).toHaveLength(3);
    attendance.end();
    await expect(waiting).rejects.toBeInstanceOf(NobodyWaitsError);
    expect(await running('pg_sleep')).toHaveLength(3);
    busy.end();
    await Promise.allSettled(sleeping);
    await expect.poll(() => running('pg_sleep')).toEqual([]);
  });
});

describe('a lock that somebody holds for long', () => {
  const UPDATE = 'update hot set value = value + 1 where id = 1';
  const change = (seat: string): Promise<unknown> =>
    inTransaction(connections.for({ organization, seat }), organization, ({ client }) => client.query(UPDATE));

  it('is waited for on a third of the connections, by however many; others read and write, and each is done once in the end', async () => {
    await owner.rows('update hot set value = 0');
    await owner.rows('begin');
    await owner.rows(UPDATE);
    const all = Array.from({ length: 40 }, (_, i) => change(`s${i}`));
    await expect.poll(() => connections.shares.waiting.slow).toBe(37);
    expect(held()).toBe(3);
    // who waits among those who take long waits to the end, not for moments again and again
    const patient = `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and clock_timestamp() - query_start > interval '400 ms'`;
    await expect.poll(() => owner.rows(patient)).toHaveLength(3);
    const other = connections.for({ organization, seat: 'other' });
    await inTransaction(other, organization, ({ client }) => client.query('update hot set value = 7 where id = 2'));
    const read = await readDatabase(connections).read({ organization, seat: 'more' }, [
      { statement: { text: `select value::text as json from hot where id = 2` }, values: [] },
    ]);
    expect(read).toEqual([{ status: 'fulfilled', value: '7' }]);
    await owner.rows('commit');
    await Promise.all(all);
    expect(await owner.rows('select value from hot where id = 1')).toEqual([{ value: 41 }]);
    await expect.poll(held).toBe(0);
  });
});
