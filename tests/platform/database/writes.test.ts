import type pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createPool } from '../../../src/platform/database/pool.ts';
import { APP_ROLE } from '../../../src/platform/database/server-roles.ts';
import { inSavepoint, inTransaction, type Transaction } from '../../../src/platform/database/transaction.ts';
import { uuidv7 } from '../../../src/platform/database/uuid.ts';
import { RAISED } from '../../../src/platform/database/write.ts';
import { tenantEntity } from '../../../src/platform/entities/entity.ts';
import { nextMigration } from '../../../src/platform/entities/migration-writer.ts';
import { patientPool } from '../../../src/testing/patience.ts';
import { createTestDatabase, type TestDatabase } from '../../../src/testing/test-database.ts';
import { inSteps } from '../../support/in-steps.ts';
import { WatchedPool } from '../../support/watched-pool.ts';

// Writes that nobody waits for are gathered: several leave as one statement.

const organizations = tenantEntity('organizations', (t) => ({ organizationId: t.organization(), name: t.text() })).table;
const notes = tenantEntity('notes', (t) => ({ word: t.text(), worth: t.integer().default(7), facts: t.json<unknown>().nullable() }), {
  indexes: { notes_word: { columns: ['word'], unique: true } },
}).table;
const marks = tenantEntity('marks', (t) => ({ mark: t.text().primary() })).table;
const { sql } = await nextMigration([organizations, notes, marks]);
const [HERE, THERE] = [uuidv7(), uuidv7()];

let database: TestDatabase;
let pool: pg.Pool;
let watched: WatchedPool;
beforeAll(async () => {
  database = await createTestDatabase([{ module: 'writes', migrations: [{ name: '0001-initial', sql }] }]);
  pool = createPool({ ...patientPool, url: database.url, role: APP_ROLE, size: 2, onError: () => {} });
  watched = new WatchedPool(pool);
  for (const organization_id of [HERE, THERE])
    await inTransaction(pool, organization_id, (tx) =>
      tx.on({ organizations }).insertInto('organizations').values({ organization_id, name: 'A' }).execute(),
    );
});
afterAll(async () => {
  await pool?.end();
  await database?.drop();
});

const here = <T>(work: (tx: Transaction) => Promise<T>): Promise<T> => inTransaction(pool, HERE, work);
const all = (tx: Transaction) => tx.on({ notes }).selectFrom('notes').select(['word', 'worth', 'facts']).orderBy('id').execute();
const words = async (tx: Transaction): Promise<string[]> => (await all(tx)).map(({ word }) => word);
/** What was sent between the beginning, which names the organization, and the commit. */
async function sentBy(work: (tx: Transaction) => Promise<unknown>): Promise<string[]> {
  watched.forget();
  await here(work);
  return watched.statements.slice(2, -1);
}

inSteps('writes', () => {
  it('of several tables leave as one statement, and are done before what is asked next', async () => {
    const id = uuidv7();
    const sent = await sentBy(async (tx) => {
      tx.insert(notes, { id, word: 'first', facts: ['a', { b: 1 }] });
      tx.insert(marks, { mark: 'x' });
      expect(await all(tx)).toEqual([{ word: 'first', worth: 7, facts: ['a', { b: 1 }] }]);
      tx.update(notes, { id }, { worth: RAISED, facts: null });
    });
    expect(sent).toHaveLength(3);
    expect(sent[0]).toMatch(/^with w0 as \(insert into notes .*\), w1 as \(insert into marks .*\) select 1$/);
    expect(await here(all)).toEqual([{ word: 'first', worth: 8, facts: null }]);
  });

  it('of one table keep their order: each sees what was done before', async () => {
    const id = uuidv7();
    const sent = await sentBy(async (tx) => {
      tx.insert(notes, { id, word: 'second' });
      tx.update(notes, { id }, { worth: RAISED });
      tx.update(notes, { id }, { worth: RAISED, word: '2nd' });
    });
    expect(sent).toHaveLength(3);
    expect(await here(all)).toMatchObject([{ word: 'first' }, { word: '2nd', worth: 9 }]);
  });

  it('leave a known row alone where it is to be kept, and fail otherwise', async () => {
    await here(async (tx) => tx.insert(marks, [{ mark: 'x' }, { mark: 'y' }], 'kept'));
    await expect(here(async (tx) => tx.insert(marks, { mark: 'y' }))).rejects.toMatchObject({ code: '23505' });
    expect(await here((tx) => tx.on({ marks }).selectFrom('marks').select('mark').orderBy('mark').execute())).toHaveLength(2);
  });

  it('of more values than PostgreSQL takes leave in parts, given at once or one by one', async () => {
    const many = (tag: string) => Array.from({ length: 25_000 }, (_, i) => ({ mark: `${tag}${i}` }));
    const count = await here(async (tx) => {
      tx.insert(marks, many('a'));
      for (const part of [many('b').slice(0, 15_000), many('b').slice(15_000)]) tx.insert(marks, part);
      const { all } = await tx
        .on({ marks })
        .selectFrom('marks')
        .select((of) => of.fn.countAll().as('all'))
        .where('mark', '~', '^[ab]')
        .executeTakeFirstOrThrow();
      await tx.on({ marks }).deleteFrom('marks').where('mark', '~', '^[ab]').execute();
      return Number(all);
    });
    expect(count).toBe(50_000);
  });

  it('of many rows have one parameter a column, whatever is in them', async () => {
    const odd = ['NULL', '', '{a,"b"}', "it's \\ so", '王伟\n2', 'null'];
    const rows = Array.from({ length: 120 }, (_, i) => ({
      id: uuidv7(),
      word: `many ${i} ${odd[i % odd.length]}`,
      facts: i % 3 ? { text: odd[i % odd.length], list: [i, null] } : null,
    }));
    const sent = await sentBy(async (tx) => tx.insert(notes, rows));
    expect(sent).toHaveLength(1);
    expect(sent[0]).toMatch(/ from unnest\(\$2::uuid\[\], \$3::text\[\], \$4::text\[\]\) /);
    const kept = await here((tx) =>
      tx.on({ notes }).selectFrom('notes').select(['id', 'word', 'facts', 'worth']).where('word', 'like', 'many %').orderBy('id').execute(),
    );
    expect(kept).toEqual(rows.map((row) => ({ ...row, worth: 7 })));
    await here((tx) => tx.on({ notes }).deleteFrom('notes').where('word', 'like', 'many %').execute());
  });

  it('reach their own organization alone', async () => {
    const id = uuidv7();
    await inTransaction(pool, THERE, async (tx) => tx.insert(notes, { id, word: 'theirs' }));
    await here(async (tx) => tx.update(notes, { id }, { word: 'ours' }));
    expect(await inTransaction(pool, THERE, words)).toEqual(['theirs']);
  });

  it('are undone with their savepoint, those included that were not sent yet', async () => {
    const seen = await here(async (tx) => {
      const failing = inSavepoint(tx, async () => {
        tx.insert(notes, { id: uuidv7(), word: 'lost' });
        throw new Error('No.');
      });
      await expect(failing).rejects.toThrow('No.');
      tx.insert(notes, { id: uuidv7(), word: 'third' });
      return words(tx);
    });
    expect(seen).toEqual(['first', '2nd', 'third']);
  });

  it.each<[string, (tx: Transaction) => void, RegExp]>([
    ['without the whole key of a row', (tx) => tx.update(notes, {}, { word: 'all' }), /needs its whole key: id/],
    [
      'whose rows differ in their columns',
      (tx) =>
        tx.insert(notes, [
          { id: uuidv7(), word: 'a' },
          { id: uuidv7(), word: 'b', worth: 1 },
        ]),
      /have the same columns/,
    ],
    [
      'one of whose rows lacks a column',
      (tx) =>
        tx.insert(notes, [
          { id: uuidv7(), word: 'a', worth: 1 },
          { id: uuidv7(), word: 'b' },
        ]),
      /have the same columns/,
    ],
  ])('%s are refused at once, and change nothing', async (_, write, message) => {
    const before = await here(all);
    await expect(here(async (tx) => write(tx))).rejects.toThrow(message);
    expect(await here(all)).toEqual(before);
  });
});
