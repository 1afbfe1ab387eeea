import type pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createPool } from '../../../src/platform/database/pool.ts';
import { APP_ROLE } from '../../../src/platform/database/server-roles.ts';
import { inSavepoint, inTransaction, type Transaction } from '../../../src/platform/database/transaction.ts';
import { uuidv7 } from '../../../src/platform/database/uuid.ts';
import { tenantEntity } from '../../../src/platform/entities/entity.ts';
import { nextMigration } from '../../../src/platform/entities/migration-writer.ts';
import { patientPool } from '../../../src/testing/patience.ts';
import { createTestDatabase, type TestDatabase } from '../../../src/testing/test-database.ts';
import { inSteps } from '../../support/in-steps.ts';

// Statements whose answers nobody waits for.

const organizations = tenantEntity('organizations', (t) => ({ organizationId: t.organization(), name: t.text() })).table;
const notes = tenantEntity('notes', (t) => ({ word: t.text() }), { indexes: { notes_word: { columns: ['word'], unique: true } } }).table;
const { sql } = await nextMigration([organizations, notes]);
const ORGANIZATION = uuidv7();
const TAKEN = { code: '23505', constraint: 'notes_word' };

let database: TestDatabase;
let pool: pg.Pool;
beforeAll(async () => {
  database = await createTestDatabase([{ module: 'sending', migrations: [{ name: '0001-initial', sql }] }]);
  pool = createPool({ ...patientPool, url: database.url, role: APP_ROLE, size: 2, onError: () => {} });
  await inTransaction(pool, ORGANIZATION, (transaction) =>
    transaction.on({ organizations }).insertInto('organizations').values({ organization_id: ORGANIZATION, name: 'A' }).execute(),
  );
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

const note = (transaction: Transaction, word: string): void =>
  transaction.send(transaction.on({ notes }).insertInto('notes').values({ organization_id: ORGANIZATION, id: uuidv7(), word }));
const words = (transaction: Transaction): Promise<string[]> =>
  transaction
    .on({ notes })
    .selectFrom('notes')
    .select('word')
    .orderBy('id')
    .execute()
    .then((rows) => rows.map(({ word }) => word));
const inOne = <T>(work: (transaction: Transaction) => Promise<T>): Promise<T> => inTransaction(pool, ORGANIZATION, work);

inSteps('a statement that is sent', () => {
  it('is done before what follows it, and kept with the rest', async () => {
    const seen = await inOne(async (transaction) => {
      note(transaction, 'first');
      note(transaction, 'second');
      return words(transaction);
    });
    expect(seen).toEqual(['first', 'second']);
    expect(await inOne(words)).toEqual(seen);
  });

  it('that fails, fails the transaction with its own error, also where nothing follows', async () => {
    const alone = inOne(async (transaction) => {
      note(transaction, 'lost');
      note(transaction, 'first');
    });
    await expect(alone).rejects.toMatchObject(TAKEN);
    const followed = inOne(async (transaction) => {
      note(transaction, 'first');
      await words(transaction);
      note(transaction, 'lost');
    });
    await expect(followed).rejects.toMatchObject(TAKEN);
    expect(await inOne(words)).toEqual(['first', 'second']);
  });

  it('goes back where the work fails otherwise', async () => {
    const failing = inOne(async (transaction) => {
      note(transaction, 'lost');
      throw new Error('something later');
    });
    await expect(failing).rejects.toThrow('something later');
    expect(await inOne(words)).toEqual(['first', 'second']);
  });

  it('fails the savepoint that it is in, and no more', async () => {
    const seen = await inOne(async (transaction) => {
      const failing = inSavepoint(transaction, async () => note(transaction, 'second'));
      await expect(failing).rejects.toMatchObject(TAKEN);
      note(transaction, 'third');
      return words(transaction);
    });
    expect(seen).toEqual(['first', 'second', 'third']);
    expect(await inOne(words)).toEqual(seen);
  });

  it('leaves its connection fit for others', async () => {
    const failing = Array.from({ length: 20 }, () => inOne(async (transaction) => note(transaction, 'first')));
    for (const one of await Promise.allSettled(failing)) expect(one).toMatchObject({ status: 'rejected', reason: TAKEN });
    expect(await inOne(words)).toHaveLength(3);
    expect(pool.totalCount).toBeLessThanOrEqual(2);
  });
});
