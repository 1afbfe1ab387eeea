import pg from 'pg';
import { expect, inject, it } from 'vitest';
import { createTestDatabase } from '../../src/testing/test-database.ts';

/** Somebody with a connection to a database, and what went wrong with it. */
async function visitor(url: string) {
  const client = new pg.Client({ connectionString: url });
  const faults: unknown[] = [];
  client.on('error', (error) => faults.push((error as pg.DatabaseError).code));
  await client.connect();
  const { rows } = await client.query<{ name: string }>('select current_database() as name');
  return { client, faults, database: rows[0]!.name };
}

it('a database of a test is dropped when whoever is leaving has left; who stays is thrown out', async () => {
  const watcher = new pg.Client({ connectionString: inject('postgres') });
  await watcher.connect();
  const isDropping = async (database: string): Promise<boolean> => {
    const { rowCount } = await watcher.query(`select 1 from pg_stat_activity where state = 'active' and query like $1`, [
      `drop database ${database}%`,
    ]);
    return rowCount === 1;
  };
  const [first, second] = [await createTestDatabase([]), await createTestDatabase([])];
  const [leaves, stays] = [await visitor(first.url), await visitor(second.url)];
  const dropped = Promise.all([first.drop(), second.drop()]);
  await expect.poll(() => isDropping(leaves.database)).toBe(true);
  await leaves.client.end();
  await dropped;
  expect(leaves.faults).toEqual([]);
  expect(stays.faults).toContain('57P01');
  await watcher.end();
});
