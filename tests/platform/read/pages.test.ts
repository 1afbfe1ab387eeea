import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestSeat } from '../../../src/testing/test-seat.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { contactList } from '../../support/naive/contact-list.ts';
import { ENTITIES } from '../../support/naive/entities.ts';
import { type Args, World } from '../../support/naive/world.ts';
import { Random, seedOf } from '../../support/random.ts';
import { type Asker, type RandomOrganization, randomOrganization } from '../../support/random-organization.ts';

const NOW = new Date('2026-06-01T08:00:00.000Z');
const SEED = seedOf(51);
const WALKS = 40;
const LISTS = ['VISIBLE', 'MINE', 'SHARED_WITH_ME', 'MY_TEAM', 'ORGANIZATION', 'UNOWNED', 'BIN'];
const FIELDS = ['CREATED_AT', 'NAME', 'VALUE'];
const OWN_FIELDS = ['plate', '车龄', 'worth', 'nothing'];
const DIRECTIONS = ['ASC', 'DESC'];
const PAGE = `query ($list: ContactList, $orderBy: [ContactOrder!], $first: Int, $after: Cursor, $last: Int, $before: Cursor) {
  contacts(list: $list, orderBy: $orderBy, first: $first, after: $after, last: $last, before: $before) {
    totalCount edges { cursor node { id } } nodes { id } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  }
}`;
interface Page {
  readonly totalCount: number;
  readonly edges: readonly { readonly cursor: string; readonly node: { readonly id: string } }[];
  readonly nodes: readonly { readonly id: string }[];
  readonly pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string | null; endCursor: string | null };
}

let server: TestServer;
let client: pg.Client;
let organizations: RandomOrganization[];

beforeAll(async () => {
  server = await startTestServer({ now: () => NOW });
  client = new pg.Client({ connectionString: server.databaseUrl });
  await client.connect();
  organizations = [];
  for (const contacts of [1, 12, 40]) {
    organizations.push(await randomOrganization(server, client, new Random(SEED + contacts), { now: NOW, contacts }));
  }
});
afterAll(async () => {
  await client?.end();
  await server?.stop();
});

/** Every contact of a list in its order, by plain loops over plain rows. */
function expected({ rows }: RandomOrganization, { naive }: Asker, args: Args): string[] {
  const world = new World(ENTITIES, rows, naive, NOW);
  const { nodes } = contactList(world, { ...args, first: Number.MAX_SAFE_INTEGER }) as { nodes: Parameters<World['ask']>[0][] };
  return nodes.map((node) => String(world.ask(node, 'id', {})));
}

/** Walks a list to its end, and checks of each page what Relay promises of it. */
async function walk(seat: TestSeat, args: Args, whole: readonly string[], size: number, backward: boolean): Promise<string[]> {
  const found: string[] = [];
  let bound: string | null = null;
  for (let pages = 0; pages <= whole.length; pages++) {
    const paging: Args = backward ? { last: size, before: bound } : { first: size, after: bound };
    const { edges, nodes, pageInfo, totalCount }: Page = (await seat.query(PAGE, { ...args, ...paging })).contacts;
    const ids = edges.map(({ node }) => node.id);
    expect(nodes.map(({ id }) => id)).toEqual(ids);
    expect(totalCount).toBe(whole.length);
    expect([pageInfo.startCursor, pageInfo.endCursor]).toEqual([edges[0]?.cursor ?? null, edges.at(-1)?.cursor ?? null]);
    if (backward) found.unshift(...ids);
    else found.push(...ids);
    const [goesOn, cameFrom] = backward
      ? [pageInfo.hasPreviousPage, pageInfo.hasNextPage]
      : [pageInfo.hasNextPage, pageInfo.hasPreviousPage];
    expect(cameFrom).toBe(bound !== null);
    expect(goesOn).toBe(found.length < whole.length);
    if (!goesOn) return found;
    expect(ids).toHaveLength(size);
    bound = backward ? pageInfo.startCursor : pageInfo.endCursor;
  }
  throw new Error('The list has no end.');
}

describe('walking a list of contacts, forward and backward', () => {
  it('gives every row that the seat may see exactly once, in order', async () => {
    const random = new Random(SEED);
    let seen = 0;
    for (let i = 0; i < WALKS; i++) {
      const organization = random.pick(organizations);
      const asker = random.pick(organization.askers.filter(({ naive }) => naive.kind === 'EMPLOYEE'));
      const isAdmin = asker.seat.name === 'admin';
      const list = random.pick(isAdmin ? LISTS : LISTS.slice(0, 4));
      const order = { field: random.pick(FIELDS), direction: random.pick(DIRECTIONS) };
      const args = { list, orderBy: [order.field === 'VALUE' ? { ...order, value: random.pick(OWN_FIELDS) } : order] };
      const whole = expected(organization, asker, args);
      const size = random.whole(1, 9);
      const where = `seed ${SEED}, walk ${i}: ${asker.seat.name} ${JSON.stringify(args)} by ${size}`;
      expect(await walk(asker.seat, args, whole, size, false), where).toEqual(whole);
      expect(await walk(asker.seat, args, whole, size, true), where).toEqual(whole);
      seen += whole.length;
    }
    expect(seen).toBeGreaterThan(WALKS);
  });

  it('ends each page at the one before it, whatever the sizes', async () => {
    const [, , organization] = organizations;
    const admin = organization!.askers.find(({ seat }) => seat.name === 'admin')!;
    const args = { list: 'ORGANIZATION', orderBy: [{ field: 'NAME', direction: 'ASC' }] };
    const whole = expected(organization!, admin, args);
    const first = (await admin.seat.query(PAGE, { ...args, first: 7 })).contacts as Page;
    const second = (await admin.seat.query(PAGE, { ...args, first: 5, after: first.pageInfo.endCursor })).contacts as Page;
    const back = (await admin.seat.query(PAGE, { ...args, last: 100, before: second.pageInfo.startCursor })).contacts as Page;
    expect([first, second].flatMap(({ nodes }) => nodes.map(({ id }) => id))).toEqual(whole.slice(0, 12));
    expect(back.nodes).toEqual(first.nodes);
    expect(back.pageInfo).toMatchObject({ hasPreviousPage: false, hasNextPage: true });
  });
});

describe('a page', () => {
  const NAMES = (selection: string): string => `query ($list: ContactList) { contacts(list: $list, first: 100) { ${selection} } }`;

  it('shows a row once that is found in several ways', async () => {
    const { organization } = await randomOrganization(server, client, new Random(SEED), { now: NOW, contacts: 0 });
    const { owner, supervisor, customer } = organization;
    // the supervisor of the owner, and a sharee in person and through two departments
    const departments = await organization.admin.query('{ departments(first: 100) { nodes { id name } } }');
    const idOf = (name: string): string => departments.departments.nodes.find((one: { name: string }) => one.name === name).id;
    const SHARE = 'mutation ($input: ShareContactInput!) { shareContact(input: $input) { __typename } }';
    for (const target of [{ employeeId: supervisor.id }, { departmentId: idOf('Sales') }]) {
      await owner.does(SHARE, { input: { contactId: customer.id, ...target } });
    }
    for (const list of ['VISIBLE', 'MY_TEAM', 'SHARED_WITH_ME']) {
      const { contacts } = await supervisor.query(NAMES('totalCount nodes { id viewerRoles }'), { list });
      const own = contacts.nodes.filter(({ id }: { id: string }) => id === customer.id);
      expect(own).toEqual([{ id: customer.id, viewerRoles: ['OWNERS_SUPERVISOR', 'SHAREE', 'COLLEAGUE'] }]);
      expect(contacts.totalCount).toBe(contacts.nodes.length);
    }
  });

  it.each([
    ['nothing but the count', 'totalCount', { totalCount: 0 }],
    ['no rows', 'nodes { id } edges { cursor }', { nodes: [], edges: [] }],
    [
      'where it stands',
      'pageInfo { hasNextPage hasPreviousPage startCursor endCursor }',
      { pageInfo: { hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null } },
    ],
    ['its type', '__typename', { __typename: 'ContactConnection' }],
  ])('of an empty list shows %s', async (_, selection, shown) => {
    const [{ organization }] = organizations as [RandomOrganization];
    const nobodys = (await organization.formsAdmin.query(NAMES('nodes { id }'), { list: 'MY_TEAM' })).contacts.nodes;
    expect(nobodys).toEqual([]);
    expect((await organization.formsAdmin.query(NAMES(selection), { list: 'MY_TEAM' })).contacts).toEqual(shown);
  });

  it('can be the count alone, or any part alone, of a list that has rows', async () => {
    const organization = organizations[2]!;
    const admin = organization.askers.find(({ seat }) => seat.name === 'admin')!;
    const whole = expected(organization, admin, { list: 'ORGANIZATION' });
    const parts: readonly [string, object][] = [
      ['totalCount', { totalCount: whole.length }],
      ['a: totalCount b: totalCount', { a: whole.length, b: whole.length }],
      ['edges { __typename }', { edges: whole.map(() => ({ __typename: 'ContactEdge' })) }],
      ['nodes { __typename }', { nodes: whole.map(() => ({ __typename: 'Contact' })) }],
      [
        'edges { node { id } } more: edges { id: node { id } }',
        { edges: whole.map((id) => ({ node: { id } })), more: whole.map((id) => ({ id: { id } })) },
      ],
      ['pageInfo { hasNextPage }', { pageInfo: { hasNextPage: false } }],
    ];
    for (const [selection, shown] of parts) {
      expect((await admin.seat.query(NAMES(selection), { list: 'ORGANIZATION' })).contacts, selection).toEqual(shown);
    }
  });
});

describe('a list that changes between pages', () => {
  const ADD = `mutation ($input: AddContactInput!) { addContact(input: $input) { __typename ... on AddContactSuccess { contact { id } } } }`;
  const DELETE = `mutation ($input: DeleteContactsInput!) { deleteContacts(input: $input) { __typename ... on DeleteContactsSuccess { results { __typename } } } }`;
  const names = ['b', 'd', 'f', 'h'];

  it('repeats nothing and loses nothing that stayed', async () => {
    const organization = await server.organization();
    const { colleague, admin, tagIds } = organization;
    let phones = 0;
    const add = async (name: string): Promise<string> => {
      const input = { name, phone: `+8613711110${String(phones++).padStart(3, '0')}`, tagIds: [tagIds[0]] };
      return (await colleague.does(ADD, { input })).contact.id;
    };
    const ids = new Map<string, string>();
    for (const name of names) ids.set(name, await add(name));
    const args = { list: 'MINE', orderBy: [{ field: 'NAME', direction: 'ASC' }] };
    const first = (await colleague.query(PAGE, { ...args, first: 2 })).contacts as Page;
    expect(first.nodes.map(({ id }) => id)).toEqual([ids.get('b'), ids.get('d')]);
    const [before, behind] = [await add('a'), await add('e')];
    await admin.does(DELETE, { input: { contactIds: [ids.get('d'), ids.get('h')] } }); // the row that the cursor names is gone
    const second = (await colleague.query(PAGE, { ...args, first: 2, after: first.pageInfo.endCursor })).contacts as Page;
    expect(second.nodes.map(({ id }) => id)).toEqual([behind, ids.get('f')]);
    expect(second.pageInfo.hasNextPage).toBe(true); // the rival, whom the colleague owns from the start
    const back = (await colleague.query(PAGE, { ...args, last: 5, before: second.pageInfo.startCursor })).contacts as Page;
    expect(back.nodes.map(({ id }) => id)).toEqual([before, ids.get('b')]);
  });
});
