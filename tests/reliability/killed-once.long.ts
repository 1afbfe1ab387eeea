import { expect, it } from 'vitest';
import { migrationSets, modulesOf } from '../../src/app/installation.ts';
import { createTestDatabase } from '../../src/testing/test-database.ts';
import { killServer, killUnderLoad } from './killing.ts';

// Promise 4, in short; kill.long.ts kills a hundred times, and the database too.

it('a server that is killed while clients write loses nothing that was answered, and does nothing twice', async () => {
  const database = await createTestDatabase(migrationSets(await modulesOf([])));
  const environment = { DATABASE_URL: database.url };
  const { faults, answered } = await killUnderLoad({
    environment,
    kills: 1,
    databaseUrl: async () => database.url,
    kill: (running) => killServer(running, environment),
  });
  await database.drop();
  expect(faults).toEqual([]);
  expect(answered).toBeGreaterThan(1);
});
