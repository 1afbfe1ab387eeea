import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { Exchange } from '../../../src/platform/database/exchange.ts';
import { createPool } from '../../../src/platform/database/pool.ts';
import { APP_ROLE } from '../../../src/platform/database/server-roles.ts';
import { atOnce, inReadOnlyTransaction, inSavepoint, inTransaction, type Transaction } from '../../../src/platform/database/transaction.ts';
import { uuidv7 } from '../../../src/platform/database/uuid.ts';
import { tenantEntity } from '../../../src/platform/entities/entity.ts';
import { nextMigration } from '../../../src/platform/entities/migration-writer.ts';
import { patientPool } from '../../../src/testing/patience.ts';
import { createTestDatabase, type TestDatabase } from '../../../src/testing/test-database.ts';
import { RawDatabase } from '../../support/raw-database.ts';

const organizations = tenantEntity('organizations', (t) => ({ organizationId: t.organization(), name: t.text() })).table;
const notes = tenantEntity(
  'notes',
  (t) => ({ word: t.text(), worth: t.bigint().default(0), due: t.date().nullable(), at: t.timestamptz().nullable() }),
  { indexes: { notes_word: { columns: ['word'], unique: true } } },
).table;
const [HERE, THERE] = [uuidv7(), uuidv7()];

let database: TestDatabase;
let owner: RawDatabase;
let pool: pg.Pool;
beforeAll(async () => {
  const conflict = `create function conflict() returns void language plpgsql as $$ begin raise exception 'again' using errcode = '40001'; end $$;`;
  const sql = [(await nextMigration([organizations, notes])).sql, conflict].join('\n');
  database = await createTestDatabase([{ module: 'transactions', migrations: [{ name: '0001-initial', sql }] }]);
  owner = await RawDatabase.open(database.url);
  pool = createPool({ ...patientPool, url: database.url, role: APP_ROLE, size: 2, onError: () => {} });
  for (const organization of [HERE, THERE]) {
    await inTransaction(pool, organization, (transaction) =>
      transaction.on({ organizations }).insertInto('organizations').values({ organization_id: organization, name: 'A' }).execute(),
    );
  }
});
beforeEach(() => owner.rows('truncate notes'));
afterAll(async () => {
  await pool?.end();
  await owner?.close();
  await database?.drop();
});

const add = (transaction: Transaction, word: string, organization = HERE): Promise<unknown> =>
  transaction.on({ notes }).insertInto('notes').values({ organization_id: organization, id: uuidv7(), word }).execute();
const wordsOf = (organization: string): Promise<string[]> =>
  inReadOnlyTransaction(pool, organization, async (transaction) =>
    (await transaction.on({ notes }).selectFrom('notes').select('word').orderBy('word').execute()).map(({ word }) => word),
  );
const idle = (): object => ({ inUse: pool.totalCount - pool.idleCount, waiting: pool.waitingCount });
const NOTHING_HELD = { inUse: 0, waiting: 0 };

describe('a transaction', () => {
  it('keeps everything or nothing', async () => {
    await inTransaction(pool, HERE, (transaction) => add(transaction, 'kept'));
    const failing = inTransaction(pool, HERE, async (transaction) => {
      await add(transaction, 'lost');
      throw new Error('No.');
    });
    await expect(failing).rejects.toThrow('No.');
    expect(await wordsOf(HERE)).toEqual(['kept']);
    expect(idle()).toEqual(NOTHING_HELD);
  });
  it('is of one organization: another’s rows are neither seen nor written', async () => {
    await inTransaction(pool, THERE, (transaction) => add(transaction, 'theirs', THERE));
    expect(await wordsOf(HERE)).toEqual([]);
    await expect(inTransaction(pool, HERE, (transaction) => add(transaction, 'smuggled', THERE))).rejects.toThrow('row-level security');
    const changed = await inTransaction(pool, HERE, (transaction) =>
      transaction.on({ notes }).updateTable('notes').set({ word: 'mine' }).where('word', '=', 'theirs').executeTakeFirst(),
    );
    expect(changed.numUpdatedRows).toBe(0n);
    expect(await wordsOf(THERE)).toEqual(['theirs']);
  });
  it('leaves nothing of its organization to the next on the connection', async () => {
    for (let i = 0; i < 4; i++) await wordsOf(HERE);
    await expect(pool.query('select word from notes')).rejects.toThrow();
    await expect(
      pool.query('insert into notes (organization_id, id, word) values ($1, $2, $3)', [HERE, uuidv7(), 'stray']),
    ).rejects.toThrow();
  });
  it('that only reads writes nothing', async () => {
    await expect(inReadOnlyTransaction(pool, HERE, (transaction) => add(transaction, 'x'))).rejects.toThrow('read-only');
    expect(idle()).toEqual(NOTHING_HELD);
  });
  it('that only reads sees one snapshot', async () => {
    const seen = await inReadOnlyTransaction(pool, HERE, async (transaction) => {
      const count = async (): Promise<number> => (await transaction.on({ notes }).selectFrom('notes').select('word').execute()).length;
      const before = await count();
      await inTransaction(pool, HERE, (other) => add(other, 'meanwhile'));
      return [before, await count()];
    });
    expect(seen[0]).toBe(seen[1]);
    expect(await wordsOf(HERE)).toContain('meanwhile');
  });
  it('cannot begin another one inside', async () => {
    const nested = inTransaction(pool, HERE, (transaction) =>
      transaction
        .on({ notes })
        .transaction()
        .execute(async () => 1),
    );
    await expect(nested).rejects.toThrow('one transaction already');
    expect(idle()).toEqual(NOTHING_HELD);
  });
  it('reads numbers to 2^53, days as they are written, and moments', async () => {
    const row = { word: 'values', worth: Number.MAX_SAFE_INTEGER, due: '2024-02-29', at: new Date('2026-06-01T08:00:00.123Z') };
    const read = await inTransaction(pool, THERE, async (transaction) => {
      const db = transaction.on({ notes });
      await db
        .insertInto('notes')
        .values({ organization_id: THERE, id: uuidv7(), ...row })
        .execute();
      return db.selectFrom('notes').select(['word', 'worth', 'due', 'at']).where('word', '=', 'values').executeTakeFirstOrThrow();
    });
    expect(read).toEqual(row);
  });
});

describe('a deadlock', () => {
  it('is tried again, and both get through', async () => {
    await inTransaction(pool, HERE, async (transaction) => {
      await add(transaction, 'left');
      await add(transaction, 'right');
    });
    let attempts = 0;
    let arrived = 0;
    let open = (): void => {};
    const both = new Promise<void>((resolve) => {
      open = resolve;
    });
    const raise = (transaction: Transaction, word: string) =>
      transaction
        .on({ notes })
        .updateTable('notes')
        .set((row) => ({ worth: row('worth', '+', 1) }))
        .where('word', '=', word)
        .execute();
    const run = (first: string, second: string) =>
      inTransaction(pool, HERE, async (transaction) => {
        attempts++;
        await raise(transaction, first);
        if (++arrived >= 2) open();
        await both;
        await raise(transaction, second);
      });
    await Promise.all([run('left', 'right'), run('right', 'left')]);
    expect(attempts).toBeGreaterThan(2);
    const { rows } = await inReadOnlyTransaction(pool, HERE, ({ client }) =>
      client.query<{ worth: number }>(`select worth from notes where word in ('left', 'right')`),
    );
    expect(rows.map(({ worth }) => worth)).toEqual([2, 2]);
    expect(idle()).toEqual(NOTHING_HELD);
  });
  it('is given up after a few times', async () => {
    let attempts = 0;
    const failing = inTransaction(pool, HERE, async ({ client }) => {
      attempts++;
      await client.query('select conflict()');
    });
    await expect(failing).rejects.toThrow('again');
    expect(attempts).toBe(4);
    expect(idle()).toEqual(NOTHING_HELD);
  });
  it('of another kind is not tried again', async () => {
    await inTransaction(pool, HERE, (transaction) => add(transaction, 'kept'));
    let attempts = 0;
    const failing = inTransaction(pool, HERE, async (transaction) => {
      attempts++;
      await add(transaction, 'kept');
    });
    await expect(failing).rejects.toMatchObject({ code: '23505', constraint: 'notes_word' });
    expect(attempts).toBe(1);
  });
});

describe('a savepoint', () => {
  it('undoes what failed alone', async () => {
    await inTransaction(pool, HERE, (transaction) => add(transaction, 'kept'));
    await inTransaction(pool, HERE, async (transaction) => {
      await add(transaction, 'outside');
      await expect(
        inSavepoint(transaction, async () => {
          await add(transaction, 'inside');
          await add(transaction, 'kept');
        }),
      ).rejects.toMatchObject({ code: '23505' });
      expect(await inSavepoint(transaction, async () => 'a value')).toBe('a value');
      await add(transaction, 'after');
    });
    const words = await wordsOf(HERE);
    expect(words).toEqual(expect.arrayContaining(['outside', 'after']));
    expect(words).not.toContain('inside');
  });
});

describe('a pool', () => {
  it('cancels a statement that takes too long, and goes on', async () => {
    const hasty = createPool({ url: database.url, role: APP_ROLE, size: 1, statementTimeout: 500, onError: () => {} });
    await expect(hasty.query('select pg_sleep(60)')).rejects.toMatchObject({ code: '57014' });
    expect((await hasty.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
    await hasty.end();
  });
  it('outlives the end of its connections, idle and in use', async () => {
    let told = (_: Error): void => {};
    const error = new Promise<Error>((resolve) => {
      told = resolve;
    });
    const own = createPool({ ...patientPool, url: database.url, role: APP_ROLE, size: 2, onError: told });
    const login = new pg.Client({ connectionString: database.url });
    await login.connect();
    const end = (pid: number): Promise<unknown> => login.query('select pg_terminate_backend($1)', [pid]);
    const pidOf = async (client: pg.Pool | pg.PoolClient): Promise<number> =>
      (await client.query('select pg_backend_pid() as pid')).rows[0].pid;
    const client = await own.connect();
    const pid = await pidOf(client);
    const broken = client.query('select pg_sleep(30)');
    await Promise.all([expect(broken).rejects.toThrow(), end(pid)]);
    client.release(true);
    expect(await pidOf(own)).not.toBe(pid);
    await end(await pidOf(own));
    expect(await error).toBeInstanceOf(Error);
    expect((await own.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
    await own.end();
    await login.end();
  });
});

describe('what is asked at once', () => {
  const count =
    (from: string) =>
    ({ client }: Transaction): Promise<number> =>
      client.query<{ n: number }>(`select count(*) n from ${from}`).then(({ rows }) => rows[0]!.n);

  it('leaves in one exchange with begin and commit', async () => {
    const asked = vi.spyOn(pg.Client.prototype, 'query');
    const { answer } = await inTransaction(pool, HERE, atOnce(count('notes')));
    expect(asked.mock.calls.filter(([sent]) => (sent as unknown) instanceof Exchange)).toHaveLength(1);
    expect(await answer).toBe((await wordsOf(HERE)).length);
    asked.mockRestore();
  });

  it('fails with the error of what failed, and leaves nothing behind', async () => {
    await expect(inTransaction(pool, HERE, atOnce(count('nowhere')))).rejects.toMatchObject({ code: '42P01' });
    expect(idle()).toEqual(NOTHING_HELD);
  });
});
