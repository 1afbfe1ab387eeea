import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../../src/testing/test-server.ts';
import { askPage, type Edge, type List, ordersOf, type Paging, pageByTheBook } from './connections.fixture.ts';
import { CONNECTIONS, FEWEST, longestList, makeLists } from './lists.fixture.ts';

// Relay's connections specification, for every connection of both schemas as they are printed.

let server: TestServer;
let made: Awaited<ReturnType<typeof makeLists>>;
beforeAll(async () => {
  server = await startTestServer();
  made = await makeLists(server);
});
afterAll(() => server.stop());

/** Root fields of the staff schema that are for contacts refuse by rule (api 1). */
const REFUSED = ['staff: Query.myForms', 'staff: Query.companyForms', 'staff: Query.myRepairs', 'staff: Query.myApplications'];
const WALKED = CONNECTIONS.filter(([name]) => !REFUSED.includes(name));

const known = new Map<string, Promise<{ list: List; all: readonly Edge[] }>>();
async function findWhole(name: string, connection: List['connection']): Promise<{ list: List; all: readonly Edge[] }> {
  const longest = await longestList(connection, made);
  expect(longest?.total, name).toBeGreaterThanOrEqual(FEWEST);
  const { list, total } = longest!;
  const { page } = await askPage(list, { first: 100 });
  expect(page!.edges).toHaveLength(total);
  return { list, all: page!.edges };
}
/** The longest list of a connection, and all that is in it. */
function wholeOf(name: string, connection: List['connection']): Promise<{ list: List; all: readonly Edge[] }> {
  if (!known.has(name)) known.set(name, findWhole(name, connection));
  return known.get(name)!;
}

const SIZES: readonly Paging[] = [{ first: 1 }, { first: 100 }, { last: 2 }, { last: 100 }];
/** Every way to bound a page: on neither side, on either, on both, with nothing in between, and the wrong way round. */
function boundsOf(all: readonly Edge[]): Paging[] {
  const [start, second, end] = [all[0]!.cursor, all[1]!.cursor, all.at(-1)!.cursor];
  return [
    {},
    ...[start, end].flatMap((cursor) => [{ after: cursor }, { before: cursor }]),
    { after: start, before: end },
    { after: start, before: second },
    { after: end, before: start },
  ];
}

describe('a connection', () => {
  it.each(WALKED)('%s gives the edges that Relay says, each with its cursor, whatever the page', async (name, connection) => {
    const { list, all } = await wholeOf(name, connection);
    const pagings = boundsOf(all).flatMap((bounds) => SIZES.map((size) => ({ ...bounds, ...size })));
    await Promise.all(
      pagings.map(async (paging) => {
        const { page } = await askPage(list, paging);
        expect(page, JSON.stringify(paging)).toEqual({ ...pageByTheBook(all, paging), totalCount: all.length });
      }),
    );
    const cursors = all.map(({ cursor }) => cursor);
    expect(new Set(cursors).size).toBe(all.length);
    expect(cursors.filter((cursor) => !/^[\w-]+$/.test(cursor))).toEqual([]);
  });

  it.each(WALKED)('%s shows objects that can be fetched again by their ids', async (name, connection) => {
    const { list, all } = await wholeOf(name, connection);
    const ids = all.map(({ node }) => node.id);
    const { nodes } = await list.seat.query('query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }', { ids });
    expect(nodes).toEqual(all.map(({ node }) => node));
  });

  const refused: readonly Paging[] = [
    { first: 0 },
    { first: -1 },
    { first: 101 },
    { last: 0 },
    { last: -1 },
    { last: 101 },
    { first: 1, last: 1 },
    { first: 1, after: 'x' },
    { last: 1, before: '' },
    { first: 1, before: 'WyJYIiwieCIsIngiXQ' },
  ];
  it.each(WALKED)('%s refuses what is no page, at the root field whose statement it would have been', async (name, connection) => {
    const { list } = await wholeOf(name, connection);
    for (const paging of refused) {
      const { page, errors } = await askPage(list, paging);
      expect([page, errors.map(({ path: at, extensions }) => [at, extensions.code])], JSON.stringify(paging)).toEqual([
        null,
        [[[list.parent ? 'parent' : 'list'], 'BAD_REQUEST']],
      ]);
    }
  });

  it.each(REFUSED)('%s is for contacts: null and FORBIDDEN', async (name) => {
    const [, connection] = CONNECTIONS.find(([known]) => known === name)!;
    for (const seat of [made.own.admin, made.own.owner]) {
      const { page, errors } = await askPage({ connection, seat }, { first: 1 });
      expect([page, errors.map(({ extensions }) => extensions.code)]).toEqual([null, ['FORBIDDEN']]);
    }
  });
});

describe('an order', () => {
  const ordered = WALKED.flatMap(([name, connection]) => ordersOf(connection).map((field) => [name, field, connection] as const));

  it.each(ordered)(
    '%s by %s is the same list from its other end when turned, and its cursors are its own',
    async (name, field, connection) => {
      const { list } = await wholeOf(name, connection);
      const [up, down] = [`field: ${field}, direction: ASC`, `field: ${field}, direction: DESC`];
      const ids = async (paging: Paging, order: string) => (await askPage(list, paging, order)).page!.nodes.map(({ id }) => id);
      const ascending = await ids({ first: 100 }, up);
      expect(ascending.length).toBeGreaterThanOrEqual(FEWEST);
      expect(await ids({ first: 100 }, down)).toEqual(ascending.toReversed());
      expect(await ids({ last: 2 }, up)).toEqual(ascending.slice(-2));
      const { page } = await askPage(list, { first: 1 }, up);
      const after = page!.pageInfo.endCursor!;
      expect(await ids({ first: 100, after }, up)).toEqual(ascending.slice(1));
      const { errors } = await askPage(list, { first: 1, after }, down);
      expect(errors.map(({ extensions }) => extensions.code)).toEqual(['BAD_REQUEST']);
    },
  );
});
