import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestOrganization } from '../../../src/testing/test-organization.ts';
import type { TestSeat } from '../../../src/testing/test-seat.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { added, outcome, SHARE } from './contact.fixture.ts';

const PAGE = `query ($list: ContactList, $orderBy: [ContactOrder!], $where: ContactFilter, $search: String, $first: Int, $after: Cursor, $last: Int, $before: Cursor) {
  contacts(list: $list, orderBy: $orderBy, where: $where, search: $search, first: $first, after: $after, last: $last, before: $before) {
    totalCount edges { cursor node { id name } } nodes { id } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`;
const NAMES = ['Zoe', '张伟', 'anna', '阿明', 'Bo', '张薇', 'Bo', 'Chen', '陈', '曾红', 'bo', 'ｂｏ'];
const BY_SOUND = ['阿明', 'anna', 'Bo', 'Bo', 'bo', 'ｂｏ', 'Chen', '陈', '曾红', '张伟', '张薇', 'Zoe'];
let server: TestServer;
let own: TestOrganization;
beforeAll(async () => {
  server = await startTestServer();
  own = await server.organization({ contacts: [] });
  for (const name of NAMES) {
    const { id } = await added(own.owner, own, { name });
    await outcome(own.owner, SHARE, { contactId: id, employeeId: own.sharee.id });
  }
  for (const name of NAMES.slice(0, 3)) await added(own.supervisor, own, { name: `Own ${name}` });
});
afterAll(() => server.stop());

type Edge = { readonly cursor: string; readonly node: { readonly id: string; readonly name: string } };
type Variables = Readonly<Record<string, unknown>>;

/** Every edge, page by page, from the start or from the end. */
async function walk(seat: TestSeat, size: number, more: Variables, backward = false): Promise<Edge[]> {
  const edges: Edge[] = [];
  let cursor: string | undefined;
  for (let goesOn = true; goesOn; ) {
    const page = backward ? { last: size, before: cursor } : { first: size, after: cursor };
    const { contacts } = await seat.query(PAGE, { ...more, ...page });
    const { pageInfo } = contacts;
    expect(contacts.nodes.map(({ id }: { id: string }) => id)).toEqual(contacts.edges.map(({ node }: Edge) => node.id));
    expect([pageInfo.startCursor, pageInfo.endCursor]).toEqual([contacts.edges[0]?.cursor ?? null, contacts.edges.at(-1)?.cursor ?? null]);
    expect(backward ? pageInfo.hasNextPage : pageInfo.hasPreviousPage).toBe(cursor !== undefined);
    if (backward) edges.unshift(...contacts.edges);
    else edges.push(...contacts.edges);
    goesOn = backward ? pageInfo.hasPreviousPage : pageInfo.hasNextPage;
    cursor = backward ? pageInfo.startCursor : pageInfo.endCursor;
  }
  return edges;
}
const whole = async (seat: TestSeat, more: Variables): Promise<Edge[]> => (await seat.query(PAGE, { ...more, first: 100 })).contacts.edges;

describe('walking through a list gives every row once, in order', () => {
  const orders = [undefined, ...['NAME', 'CREATED_AT'].flatMap((field) => ['ASC', 'DESC'].map((direction) => [{ field, direction }]))];
  const cases = orders.flatMap((orderBy) =>
    (['owner', 'sharee', 'supervisor', 'admin'] as const).map((name) => [name, { orderBy }] as const),
  );
  it.each(cases)('%s, %j', async (name, more) => {
    const all = await whole(own[name], more);
    expect(all.length).toBe({ owner: 12, sharee: 12, supervisor: 15, admin: 15 }[name]);
    expect(await walk(own[name], 4, more)).toEqual(all);
    expect(await walk(own[name], 4, more, true)).toEqual(all);
  });

  it.each([1, 11, 12, 13])('%i a page', async (size) => {
    const all = await whole(own.owner, {});
    expect(await walk(own.owner, size, {})).toEqual(all);
    expect(await walk(own.owner, size, {}, true)).toEqual(all);
  });

  it('with a filter and with a search that drive', async () => {
    for (const more of [
      { where: { tags: { any: [own.tagIds[0]] } } },
      { search: 'bo' },
      { search: 'bo', orderBy: [{ field: 'NAME', direction: 'DESC' }] },
    ]) {
      const all = await whole(own.supervisor, more);
      expect(all.length).toBeGreaterThan(3);
      expect(await walk(own.supervisor, 3, more)).toEqual(all);
      expect(await walk(own.supervisor, 3, more, true)).toEqual(all);
    }
  });
});

describe('the orders of a list (spec 3.6)', () => {
  const names = async (orderBy?: object) => (await whole(own.owner, { orderBy })).map(({ node }) => node.name);
  it('newest first, where none is asked for', async () => {
    expect(await names()).toEqual([...NAMES].reverse());
    expect(await names([{ field: 'CREATED_AT', direction: 'ASC' }])).toEqual(NAMES);
  });
  it('by name, as names sound, up and down', async () => {
    expect((await names([{ field: 'NAME', direction: 'ASC' }])).map((name) => name.normalize('NFKC').toLowerCase())).toEqual(
      BY_SOUND.map((name) => name.normalize('NFKC').toLowerCase()),
    );
    expect(await names([{ field: 'NAME', direction: 'DESC' }])).toEqual(
      [...(await names([{ field: 'NAME', direction: 'ASC' }]))].reverse(),
    );
  });
  it('is one order: two are BAD_REQUEST', async () => {
    const orderBy = ['NAME', 'CREATED_AT'].map((field) => ({ field, direction: 'ASC' }));
    expect((await own.owner.ask(PAGE, { orderBy })).errors[0]!.extensions.code).toBe('BAD_REQUEST');
  });
});

describe('pages', () => {
  it('hold twenty where nothing is said, and tell whether there is more', async () => {
    const apart = await server.organization({ contacts: [] });
    for (let i = 0; i < 21; i++) await added(apart.owner, apart, { name: `Many ${i}` });
    const { contacts } = await apart.owner.query(PAGE, {});
    expect([contacts.nodes.length, contacts.totalCount, contacts.pageInfo.hasNextPage]).toEqual([20, 21, true]);
  });

  it('count all that the list holds, wherever the page is', async () => {
    const { contacts } = await own.owner.query(PAGE, { first: 2 });
    const { contacts: next } = await own.owner.query(PAGE, { first: 2, after: contacts.pageInfo.endCursor });
    expect([contacts.totalCount, next.totalCount]).toEqual([12, 12]);
  });

  it('count without reading a row', async () => {
    expect(await own.owner.query('{ contacts { totalCount } }')).toEqual({ contacts: { totalCount: 12 } });
  });

  it('go on after a row that is gone meanwhile', async () => {
    const apart = await server.organization({ contacts: [] });
    for (const name of NAMES) await added(apart.owner, apart, { name });
    const { contacts } = await apart.owner.query(PAGE, { first: 3 });
    const { id } = contacts.nodes[2];
    await apart.admin.query('mutation ($input: TransferContactsInput!) { transferContacts(input: $input) { __typename } }', {
      input: { contactIds: [id], ownerId: apart.supervisor.id },
    });
    const { contacts: next } = await apart.owner.query(PAGE, { first: 3, after: contacts.pageInfo.endCursor });
    expect(next.edges.map(({ node }: Edge) => node.name)).toEqual([...NAMES].reverse().slice(3, 6));
  });

  it.each<[string, Variables]>([
    ['first: 0', { first: 0 }],
    ['first: 101', { first: 101 }],
    ['first: -1', { first: -1 }],
    ['last: 0', { last: 0 }],
    ['last: 101', { last: 101 }],
    ['first and last', { first: 1, last: 1 }],
    ['last after', { last: 1, after: 'x' }],
    ['before without last', { first: 1, before: 'x' }],
    ['a cursor that is none', { after: 'forged' }],
    ['an empty cursor', { after: '' }],
    ['a cursor of somebody’s own making', { after: Buffer.from('["CREATED_AT DESC", "x", "y"]').toString('base64url') }],
  ])('are BAD_REQUEST with %s', async (_, variables) => {
    const { data, errors } = await own.owner.ask(PAGE, variables);
    expect(data?.contacts ?? null).toBeNull();
    expect(errors.map(({ extensions }) => extensions.code)).toEqual(['BAD_REQUEST']);
  });

  it('are BAD_REQUEST with a cursor of another order', async () => {
    const cursorOf = async (orderBy?: object) => (await own.owner.query(PAGE, { first: 1, orderBy })).contacts.pageInfo.endCursor;
    const up = [{ field: 'NAME', direction: 'ASC' }];
    const down = [{ field: 'NAME', direction: 'DESC' }];
    for (const [made, used] of [
      [undefined, up],
      [up, down],
      [down, undefined],
    ]) {
      const { errors } = await own.owner.ask(PAGE, { orderBy: used, after: await cursorOf(made) });
      expect(errors[0]!.extensions.code).toBe('BAD_REQUEST');
    }
  });
});
