import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestOrganization } from '../../../src/testing/test-organization.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { placeOrder } from '../../support/form-moves.ts';
import { WatchedPool } from '../../support/watched-pool.ts';

// What would ask PostgreSQL for too much is refused while it is planned.

let server: TestServer;
let seats: TestOrganization;
beforeAll(async () => {
  server = await startTestServer();
  seats = await server.organization();
  await placeOrder(seats.customer);
});
afterAll(() => server?.stop());

type Variables = Record<string, unknown>;
const aliased = (count: number, field: (i: number) => string): string =>
  Array.from({ length: count }, (_, i) => `a${i}: ${field(i)}`).join(' ');

describe('a request for very much', () => {
  const LISTS = 'contacts(first: 100) { nodes { timeline(first: 100) { nodes { id } } } }';
  it.each<[string, string, Variables?]>([
    ['literal sizes', `{ ${LISTS} }`],
    ['variable sizes', 'query ($n: Int) { contacts(first: $n) { nodes { timeline(first: $n) { nodes { id } } } } }', { n: 100 }],
    ['sizes from the end', '{ contacts(last: 100) { edges { node { timeline(last: 100) { edges { node { id } } } } } } }'],
    [
      'sizes that were not said',
      '{ businessForms { nodes { tasks { nodes { form { history { nodes { id } } contact { timeline { nodes { id } } } } } } } } }',
    ],
    [
      'ids',
      `query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Contact { timeline(first: 100) { nodes { id } } } } }`,
      { ids: Array.from({ length: 100 }, () => 'CUSTOMER') },
    ],
    [
      'root fields together',
      `{ ${Array.from({ length: 6 }, (_, i) => `a${i}: contacts(first: 20) { nodes { timeline(first: 100) { nodes { id } } } }`).join(' ')} }`,
    ],
    ['ten counts of what is found', `{ ${aliased(10, (i) => `contacts(search: "${i}") { totalCount }`)} }`],
    [
      'ten searches and counts with variables',
      `query ($q: String) { ${aliased(10, () => 'contacts(search: $q) { totalCount }')} }`,
      { q: '1' },
    ],
    [
      'counts of filters, given as a variable',
      `query ($w: ContactFilter) { ${aliased(10, () => 'contacts(where: $w, first: 1) { totalCount nodes { id } }')} }`,
      { w: { and: Array.from({ length: 20 }, () => ({ source: { equals: 'MANUAL' } })) } },
    ],
    ['whether counts are exact', `{ ${aliased(10, (i) => `contacts(search: "${i}") { totalCountIsExact }`)} }`],
    [
      'counts in a list in a list',
      '{ contacts(first: 100) { nodes { timeline(first: 10) { nodes { contact { timeline { totalCount } } } } } } }',
    ],
    [
      'hundreds of empty parts of a filter',
      'query ($w: ContactFilter) { contacts(where: $w) { nodes { id } } }',
      { w: { and: Array(250).fill({}) } },
    ],
    [
      'a list in each of a hundred fragments',
      `{ contacts(first: 100) { nodes { ...F ...G } } } fragment F on Contact { a: timeline(first: 50) { nodes { id } } } fragment G on Contact { b: history(first: 50) { nodes { id } } }`,
    ],
  ])('is LIMIT_EXCEEDED before anything runs: %s', async (_, query, variables = {}) => {
    await seats.admin.query('{ viewer { id } }');
    const pool = new WatchedPool(server.runtime.pools.requests);
    const known = JSON.parse(JSON.stringify(variables), (__, value) => (value === 'CUSTOMER' ? seats.customer.id : value)) as Variables;
    const { data, errors } = await seats.admin.ask(query, known);
    expect(new Set(errors.map(({ extensions }) => extensions.code))).toEqual(new Set(['LIMIT_EXCEEDED']));
    expect(Object.values(data ?? {}).every((value) => value === null)).toBe(true);
    expect(pool.reads()).toEqual([]);
  });

  it('is LIMIT_EXCEEDED where a short document would write itself out without end', async () => {
    const next = (i: number): string => (i === 5 ? 'id' : `...F${i}`);
    const both = (i: number): string =>
      `tasks(first: 1) { nodes { form { ${next(i + 1)} } } } contact { businessForms(first: 1) { nodes { ${next(i + 1)} } } }`;
    const fragments = Array.from(
      { length: 5 },
      (_, i) =>
        `fragment F${i} on BusinessForm { ... on Order { note ${both(i)} } ... on GeneralForm { ${both(i)} } ... on UnavailableForm { state ${both(i)} } }`,
    );
    const query = `{ businessForms(first: 1) { nodes { ...F0 } } } ${fragments.join(' ')}`;
    const { data, errors } = await seats.admin.ask(query);
    expect([data, errors.map(({ extensions }) => extensions.code)]).toEqual([{ businessForms: null }, ['LIMIT_EXCEEDED']]);
  });
  it('grows with its depth alone where all kinds are asked for the same', async () => {
    const nested = (levels: number): string =>
      levels === 0 ? 'number' : `tasks(first: 1) { nodes { form { __typename ${nested(levels - 1)} } } }`;
    const lengthOf = async (levels: number): Promise<number> => {
      const pool = new WatchedPool(server.runtime.pools.requests);
      await seats.admin.query(`{ businessForms(first: 1) { nodes { ${nested(levels)} } } }`);
      return pool.reads()[0]![0]!.text.length;
    };
    const [one, two, four] = [await lengthOf(1), await lengthOf(2), await lengthOf(4)];
    expect((four - two) / 2).toBeLessThan((two - one) * 1.1);
  });

  it('counts nothing where no objects are asked for, nor the one object behind a relation', async () => {
    await seats.admin.query(
      '{ contacts(first: 100) { totalCount nodes { timeline(first: 98) { totalCount pageInfo { hasNextPage } } } } }',
    );
    await seats.admin.query(
      '{ contacts(first: 100) { nodes { timeline(first: 98) { nodes { actor { mainDepartment { parent { name } } } contact { company { name } } } } } } }',
    );
  });

  it('takes what a page of a front end counts and searches', async () => {
    const { a0 } = await seats.admin.query(
      `{ ${aliased(5, (i) => `contacts(search: "${i}", where: { source: { equals: MANUAL } }) { totalCount totalCountIsExact nodes { id timeline(first: 3) { totalCount } } }`)} }`,
    );
    expect(a0.totalCountIsExact).toBe(true);
  });

  it('takes the first page of the benchmark', async () => {
    const { contacts } = await seats.admin.query(
      '{ contacts(first: 50) { nodes { name phone tags { name group { name } } sharedWith { nodes { name } } owner { name supervisors { name } } } } }',
    );
    expect(contacts.nodes).toHaveLength(3);
  });

  it.each(['first: 101', 'last: 101', 'first: 0', 'first: -1', 'last: 0', 'first: 1, last: 1'])(
    'is BAD_REQUEST, not cut in silence: %s',
    async (sizes) => {
      for (const field of ['contacts', 'departments']) {
        const { data, errors } = await seats.admin.ask(`{ ${field}(${sizes}) { totalCount } }`);
        expect(data).toEqual({ [field]: null });
        expect(errors.map(({ path, extensions }) => [path, extensions.code])).toEqual([[[field], 'BAD_REQUEST']]);
      }
    },
  );
  it('takes a hundred', async () => {
    expect((await seats.admin.query('{ contacts(first: 100) { nodes { id } } }')).contacts.nodes).toHaveLength(3);
  });
});
