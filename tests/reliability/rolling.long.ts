import { expect, it } from 'vitest';
import { migrationSets, modulesOf } from '../../src/app/installation.ts';
import { createTestDatabase } from '../../src/testing/test-database.ts';
import { RawDatabase } from '../support/raw-database.ts';
import { rollUnderLoad } from './rolling.ts';

// Promise 6: two servers on one PostgreSQL, restarted in turn under load. ROUNDS=1 tries it small.

const ROUNDS = Number(process.env.ROUNDS ?? 10);

it(
  'a rolling restart under load fails no request, closes sockets with 1001 and ends each server within 15 s',
  async () => {
    const database = await createTestDatabase(migrationSets(await modulesOf([])));
    const { failed, closed, exitCodes, ...figures } = await rollUnderLoad(database.url, ROUNDS);
    const raw = await RawDatabase.open(database.url);
    const [kept] = await raw.rows<{ count: number }>(`select count(*)::int as count from contacts where name like 'Number %'`);
    await raw.close();
    await database.drop();
    console.log({ restarts: closed.length, failed: failed.length, ...figures });
    expect(failed).toEqual([]);
    expect(kept!.count).toBe(figures.added);
    expect(closed).toEqual(Array(2 * ROUNDS).fill(1001));
    expect(exitCodes).toEqual(Array(2 * ROUNDS).fill(0));
    expect(figures.longestStop).toBeLessThan(15_000);
  },
  600_000 + ROUNDS * 60_000,
);
