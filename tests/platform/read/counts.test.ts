import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decodeGlobalId } from '../../../src/platform/schema/global-id.ts';
import type { TestOrganization } from '../../../src/testing/test-organization.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { RawDatabase } from '../../support/raw-database.ts';
import { WatchedPool } from '../../support/watched-pool.ts';

// How many objects a list has is counted up to 10,000.

let server: TestServer;
let seats: TestOrganization;
let owner: RawDatabase;
beforeAll(async () => {
  server = await startTestServer();
  seats = await server.organization();
  owner = await RawDatabase.open(server.databaseUrl);
});
afterAll(async () => {
  await owner?.close();
  await server?.stop();
});

/** Entries on the customer's timeline: so many, all of them notes. */
async function entries(count: number): Promise<void> {
  const contact = decodeGlobalId('Contact', seats.customer.id);
  await owner.rows('delete from interactions where contact_id = $1', [contact]);
  await owner.rows(
    `insert into interactions (organization_id, id, contact_id, kind, at) select $1, gen_random_uuid(), $2, 'NOTE', now() from generate_series(1, ${count})`,
    [seats.id, contact],
  );
}
const timeline = async (fields: string): Promise<object> =>
  (await seats.owner.query(`query ($id: ID!) { contact(id: $id) { timeline(first: 1) { ${fields} } } }`, { id: seats.customer.id })).contact
    .timeline;

describe('a count', () => {
  it.each([
    [0, 0, true],
    [1, 1, true],
    [9_999, 9_999, true],
    [10_000, 10_000, true],
    [10_001, 10_000, false],
    [12_000, 10_000, false],
  ])('of %i is %i, exact: %s', async (count, totalCount, totalCountIsExact) => {
    await entries(count);
    expect(await timeline('totalCount totalCountIsExact')).toEqual({ totalCount, totalCountIsExact });
    expect(await timeline('totalCountIsExact')).toEqual({ totalCountIsExact });
  });

  it('is made once in the one statement, by whatever names and however often it is asked for', async () => {
    await entries(3);
    const pool = new WatchedPool(server.runtime.pools.requests);
    expect(await timeline('a: totalCount b: totalCount c: totalCountIsExact d: totalCountIsExact nodes { id }')).toMatchObject({
      a: 3,
      b: 3,
      c: true,
      d: true,
    });
    const [[statement, ...more]] = pool.reads() as [{ text: string }[]];
    expect([more, statement!.text.match(/count\(\*\)/g)]).toEqual([[], ['count(*)']]);
  });
});
