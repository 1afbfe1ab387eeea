import { afterAll, beforeAll, expect, it } from 'vitest';
import { openInstallation } from '../../../src/app/installation.ts';
import { readSettings } from '../../../src/app/settings.ts';
import { createLogger } from '../../../src/platform/log/logger.ts';
import { createTestDatabase, type TestDatabase } from '../../../src/testing/test-database.ts';
import { RawDatabase } from '../../support/raw-database.ts';

// A server whose settings do not say whether it is a demo looks whether there is an organization that is none.

let database: TestDatabase;
let owner: RawDatabase;
beforeAll(async () => {
  database = await createTestDatabase([]);
  owner = await RawDatabase.open(database.url);
});
afterAll(async () => {
  await owner.close();
  await database.drop();
});

/** As with the embedded database, which would be slow to make here. */
async function isDemo(demo: boolean | undefined): Promise<boolean> {
  const settings = { ...readSettings({}), databaseUrl: database.url, demo };
  const installation = await openInstallation({ settings, logger: createLogger('silent') });
  await installation.close();
  return installation.demo;
}
const organizations = async (): Promise<number> => (await owner.rows('select from organizations')).length;

it('is a demo until an organization exists that is none', async () => {
  expect(await isDemo(false)).toBe(false);
  expect(await organizations()).toBe(0);
  expect(await isDemo(undefined)).toBe(true);
  expect(await organizations()).toBe(2);
  expect(await isDemo(undefined)).toBe(true);
  await owner.rows(`insert into identity.seats (organization_id, seat_id, kind, phone, is_demo, created_at)
    values (gen_random_uuid(), gen_random_uuid(), 'EMPLOYEE', '+8613811110000', false, now())`);
  expect(await isDemo(undefined)).toBe(false);
  expect(await isDemo(true)).toBe(true);
});
