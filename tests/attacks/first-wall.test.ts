import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestOrganization } from '../../src/testing/test-organization.ts';
import type { TestSeat } from '../../src/testing/test-seat.ts';
import { startTestServer, type TestServer } from '../../src/testing/test-server.ts';
import { documentFor, rootFields, variablesFor } from '../rules/root-questions.ts';
import { asOwner, type Thing, thingsOf } from '../rules/rows.fixture.ts';
import { placeOrder } from '../support/form-moves.ts';

// The read path keeps organizations apart by itself: here PostgreSQL's row level security is switched off on every table (promise 1).

let server: TestServer;
let ours: TestOrganization;
let theirs: TestOrganization;
let things: readonly Thing[];
beforeAll(async () => {
  server = await startTestServer();
  [ours, theirs] = [await server.organization(), await server.organization({ name: 'Other Works' })];
  for (const { customer } of [ours, theirs]) await placeOrder(customer);
  const secured = `select oid::regclass::text as name from pg_class where relrowsecurity`;
  expect((await asOwner(server, secured)).length).toBeGreaterThan(20);
  // Each by itself: locks of many tables at once cross those of what the server does meanwhile.
  const off = "execute format('alter table %s no force row level security, disable row level security', secured.name)";
  await asOwner(server, `do $$ declare secured record; begin for secured in ${secured} loop ${off}; commit; end loop; end $$`);
  expect(await asOwner(server, secured)).toEqual([]);
  things = [...(await thingsOf(server)).values()];
});
afterAll(() => server?.stop());

const idsOf = ({ id }: TestOrganization): string[] => things.flatMap((thing) => (thing.organizationId === id ? [thing.globalId] : []));
const NODES = 'query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }';
const nodes = async (seat: TestSeat, all: readonly string[]): Promise<unknown[]> => {
  const found: unknown[] = [];
  for (let at = 0; at < all.length; at += 100) found.push(...(await seat.query(NODES, { ids: all.slice(at, at + 100) })).nodes);
  return found;
};

describe('without row level security', () => {
  it('a role of requests does see the rows of all: nothing else stands between', async () => {
    const { rows } = await server.runtime.pools.requests.query('select distinct organization_id from contacts');
    expect(rows).toHaveLength(2);
  });

  it.each(['admin', 'customer'] as const)('no id of another organization names anything for the %s', async (key) => {
    expect((await nodes(ours[key], idsOf(ours))).some((node) => node !== null)).toBe(true);
    const foreign = idsOf(theirs);
    expect(foreign.length).toBeGreaterThan(50);
    expect(await nodes(ours[key], foreign)).toEqual(foreign.map(() => null));
  });

  it.each(
    (['staff', 'portal'] as const).flatMap((surface) =>
      rootFields(surface, 'query').map((root) => [root.field.name, surface, root] as const),
    ),
  )('%s of the surface %s shows none of them', async (_, surface, root) => {
    const variables = variablesFor(root, () => theirs.customer.id);
    const answer = await ours[surface === 'staff' ? 'admin' : 'customer'].ask(documentFor(root, variables), variables);
    const text = JSON.stringify(answer);
    for (const id of idsOf(theirs)) expect(text).not.toContain(id);
    expect(text).not.toContain('INTERNAL');
  });

  it('lists and counts are of the own rows, whatever they are filtered by', async () => {
    const asked = `query ($owner: ID!, $tag: ID!) {
      all: contacts(list: ORGANIZATION) { totalCount } owned: contacts(where: { owner: { equals: $owner } }) { totalCount }
      tagged: contacts(where: { tags: { any: [$tag] } }) { totalCount } found: contacts(search: "customer") { totalCount }
      others: contacts(where: { not: { owner: { equals: $owner } } }) { totalCount } }`;
    const { data } = await ours.admin.ask(asked, { owner: theirs.owner.id, tag: theirs.tagIds[0] });
    expect(Object.fromEntries(Object.entries(data).map(([name, list]) => [name, (list as { totalCount: number }).totalCount]))).toEqual({
      all: 3,
      owned: 0,
      tagged: 0,
      found: 1,
      others: 3,
    });
  });
});
