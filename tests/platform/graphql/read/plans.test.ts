import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestOrganization } from '../../../../src/testing/test-organization.ts';
import { startTestServer, type TestServer } from '../../../../src/testing/test-server.ts';
import { placeOrder } from '../../../support/form-moves.ts';
import { WatchedPool } from '../../../support/watched-pool.ts';

// What changes a statement must change its plan, in whatever order a document is asked with its variables and by its seats.

let server: TestServer;
let seats: TestOrganization;
beforeAll(async () => {
  server = await startTestServer();
  seats = await server.organization();
  await placeOrder(seats.customer);
});
afterAll(() => server?.stop());

type Variables = Record<string, unknown>;
/** Asks with each set of variables alone, then the same document in all orders of two, and expects the same answers. */
async function sameInAnyOrder(write: (name: string) => string, sets: readonly Variables[], askers = [seats.admin]): Promise<unknown[]> {
  const asked = sets.flatMap((variables) => askers.map((seat) => ({ seat, variables })));
  const alone = [];
  for (const [i, { seat, variables }] of asked.entries()) alone.push(comparable(await seat.ask(write(`Alone${i}`), variables)));
  const document = write('Together');
  for (const [i] of asked.entries()) {
    for (const [j] of asked.entries()) {
      for (const k of [i, j]) {
        const { seat, variables } = asked[k]!;
        expect(comparable(await seat.ask(document, variables)), `${seat.name} ${JSON.stringify(variables)}`).toEqual(alone[k]);
      }
    }
  }
  return alone;
}
const comparable = ({ data, errors }: { data: unknown; errors: readonly { path?: unknown; extensions: { code: string } }[] }) => ({
  data,
  errors: errors.map(({ path, extensions: { code } }) => ({ path, code })),
});
/** Answers that are all different: otherwise the sets show nothing. */
const distinct = (answers: readonly unknown[]): number => new Set(answers.map((answer) => JSON.stringify(answer))).size;

describe('variables that change the statement', () => {
  it.each<[string, (name: string) => string, Variables[]]>([
    [
      'include and skip',
      (name) => `query ${name}($a: Boolean!, $b: Boolean!) { contacts { nodes { id name @include(if: $a) tags @skip(if: $b) { name } } } }`,
      [
        { a: true, b: true },
        { a: true, b: false },
        { a: false, b: true },
        { a: false, b: false },
      ],
    ],
    [
      'include at the root, of nodes that are merged',
      (name) =>
        `query ${name}($a: Boolean!, $b: Boolean!) { ... @include(if: $a) { viewer { id } } ... @include(if: $b) { viewer { name } } viewer { __typename } }`,
      [
        { a: true, b: true },
        { a: true, b: false },
        { a: false, b: true },
        { a: false, b: false },
      ],
    ],
    [
      'include in a fragment that is spread twice',
      (name) =>
        `query ${name}($a: Boolean!, $b: Boolean!) { contacts(first: 1) { nodes { ...F @include(if: $a) owner { ...N } ...F @skip(if: $b) } } } fragment F on Contact { phone } fragment N on Seat { name @include(if: $b) id }`,
      [
        { a: true, b: true },
        { a: false, b: true },
        { a: false, b: false },
      ],
    ],
    [
      'a place to go on from, or none',
      (name) =>
        `query ${name}($after: Cursor) { departments(first: 2, after: $after) { nodes { name } pageInfo { hasPreviousPage hasNextPage } } }`,
      [{}, { after: null }, { after: 'FIRST' }],
    ],
    [
      'the shape of a filter',
      (name) => `query ${name}($where: ContactFilter) { contacts(where: $where) { totalCount nodes { name } } }`,
      [
        {},
        { where: {} },
        { where: { owner: { isNull: true } } },
        { where: { not: { owner: { isNull: true } } } },
        { where: { or: [{ owner: { isNull: true } }, { source: { equals: 'MANUAL' } }] } },
        { where: { tags: { any: ['TAG'] } } },
        { where: { tags: { none: ['TAG'] } } },
        { where: { tags: { all: [] } } },
      ],
    ],
    [
      'the word of a list',
      (name) => `query ${name}($list: ContactList) { contacts(list: $list) { nodes { name } } }`,
      [{}, { list: null }, { list: 'MINE' }, { list: 'UNOWNED' }, { list: 'BIN' }, { list: 'ORGANIZATION' }],
    ],
    [
      'sizes',
      (name) =>
        `query ${name}($first: Int, $last: Int) { departments(first: $first, last: $last) { nodes { name } pageInfo { hasNextPage hasPreviousPage } } }`,
      [
        {},
        { first: 1 },
        { first: 2 },
        { first: 5 },
        { last: 2 },
        { last: 100 },
        { first: null, last: 1 },
        { first: 0 },
        { first: 1, last: 1 },
      ],
    ],
    [
      'the order',
      (name) => `query ${name}($by: [EmployeeOrder!]) { employees(orderBy: $by) { nodes { name } edges { cursor } } }`,
      [
        {},
        { by: [] },
        { by: [{ field: 'NAME', direction: 'ASC' }] },
        { by: [{ field: 'NAME', direction: 'DESC' }] },
        { by: [{ field: 'CREATED_AT', direction: 'ASC' }] },
      ],
    ],
    [
      'an argument that is given or not',
      (name) =>
        `query ${name}($id: ID, $number: String, $kinds: [InteractionKind!]) { businessForm(id: $id, number: $number) { number contact { timeline(kinds: $kinds) { totalCount } } } }`,
      [{ id: 'FORM' }, { number: 'NUMBER' }, { id: 'FORM', kinds: ['FORM'] }, { id: 'FORM', kinds: [] }, {}],
    ],
    [
      'ids of other types',
      (name) => `query ${name}($id: ID!, $ids: [ID!]!) { node(id: $id) { id ... on Seat { name } } nodes(ids: $ids) { __typename id } }`,
      [
        { id: 'OWNER', ids: ['TAG'] },
        { id: 'CUSTOMER', ids: ['OWNER', 'TAG', 'CUSTOMER'] },
        { id: 'none', ids: [] },
        { id: 'TAG', ids: ['TAG', 'TAG', 'none'] },
      ],
    ],
    [
      'a search for something or for nothing',
      (name) => `query ${name}($search: String) { contacts(search: $search) { nodes { name } } }`,
      [{}, { search: '' }, { search: 'rival' }, { search: 'nobody at all' }],
    ],
  ])('give their own answers: %s', async (_, write, sets) => {
    const known = await knownValues();
    const filled = JSON.parse(JSON.stringify(sets), (_key, value) => known[value as string] ?? value) as Variables[];
    const answers = await sameInAnyOrder(write, filled);
    expect(distinct(answers)).toBeGreaterThan(1);
  });

  async function knownValues(): Promise<Record<string, string>> {
    const { departments, businessForms } = await seats.admin.query(
      '{ departments(first: 1) { pageInfo { endCursor } } businessForms { nodes { id number } } }',
    );
    const [form] = businessForms.nodes;
    return {
      FIRST: departments.pageInfo.endCursor,
      TAG: seats.tagIds[0]!,
      FORM: form.id,
      NUMBER: form.number,
      OWNER: seats.owner.id,
      CUSTOMER: seats.customer.id,
    };
  }
});

describe('seats of different roles', () => {
  it('get their own answers from one document', async () => {
    const write = (name: string): string =>
      `query ${name}($id: ID!) { contact(id: $id) { phone viewerRoles viewerCan { edit delete } } contacts { nodes { name } } businessForms { totalCount } }`;
    const { admin, formsAdmin, supervisor, sharee } = seats;
    const askers = [admin, formsAdmin, supervisor, sharee];
    const answers = await sameInAnyOrder(write, [{ id: seats.customer.id }, { id: seats.unowned.id }], askers);
    expect(distinct(answers)).toBeGreaterThan(askers.length);
  });
});

describe('a document', () => {
  it('may ask one field several times with other arguments', async () => {
    const { all, a, b, c, d } = await seats.admin.query(
      '{ all: contacts { nodes { name } } a: contacts(first: 1) { nodes { name } } b: contacts(last: 1) { nodes { name } } c: contacts(list: UNOWNED) { nodes { name } } d: contacts { nodes { x: timeline(first: 1) { totalCount } y: timeline(kinds: []) { totalCount } } } }',
    );
    expect([a.nodes, b.nodes]).toEqual([[all.nodes[0]], [all.nodes[2]]]);
    expect(c.nodes).toEqual([{ name: 'The unowned' }]);
    const counts = d.nodes.map(({ x, y }: Record<string, { totalCount: number }>) => [x!.totalCount, y!.totalCount]);
    expect(Math.max(...counts.map(([all]: number[]) => all!))).toBeGreaterThan(0);
    expect(counts.map(([, none]: number[]) => none)).toEqual([0, 0, 0]);
  });

  it('may use one response key for other fields in other types', async () => {
    const query = `query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Contact { it: name of: company { name } } ... on Employee { it: name of: mainDepartment { name } } ... on Tag { it: name of: group { name } } } }`;
    const { nodes } = await seats.admin.query(query, { ids: [seats.customer.id, seats.owner.id, seats.tagIds[0]] });
    expect(nodes).toEqual([
      { it: 'The customer', of: { name: 'Riverside' } },
      { it: 'The owner', of: { name: 'Sales East' } },
      { it: 'Key account', of: { name: 'Level' } },
    ]);
  });

  it('may select the same of all kinds, or of each its own', async () => {
    const kinds = `{ contacts(where: { owner: { isNull: false } }) { nodes { timeline { nodes { __typename kind ...Any ... on FormInteraction { id } ... on TagInteraction { tag { name } } } } } } }
      fragment Any on Interaction { contact { name } ... on Node { id } }`;
    const { contacts } = await seats.admin.query(kinds);
    const entries = contacts.nodes.flatMap(({ timeline }: { timeline: { nodes: object[] } }) => timeline.nodes);
    const expected: Record<string, string> = {
      FORM: 'FormInteraction',
      TAG: 'TagInteraction',
      SHARE: 'ShareInteraction',
      OWNER: 'OwnerInteraction',
    };
    expect(new Set(entries.map(({ kind }: { kind: string }) => kind)).size).toBeGreaterThan(1);
    for (const entry of entries) {
      expect(entry.__typename).toBe(expected[entry.kind]);
      expect(entry.id).toMatch(/^.{24}$/);
      expect(entry.contact.name).toMatch(/^The /);
      expect('tag' in entry).toBe(entry.kind === 'TAG');
    }
  });

  it('may name types everywhere, and look at the schema beside data', async () => {
    const answer = await seats.admin.query(
      '{ __typename contacts(first: 1, where: { owner: { isNull: false } }) { __typename pageInfo { __typename } edges { __typename node { __typename owner { __typename } viewerCan { __typename edit } viewerAccess { __typename role } } } } __type(name: "Tag") { name fields { name } } __schema { queryType { name } } }',
    );
    expect(answer).toMatchObject({
      __typename: 'Query',
      contacts: {
        __typename: 'ContactConnection',
        pageInfo: { __typename: 'PageInfo' },
        edges: [
          {
            __typename: 'ContactEdge',
            node: {
              __typename: 'Contact',
              owner: { __typename: 'Employee' },
              viewerCan: { __typename: 'ContactViewerCan', edit: true },
              viewerAccess: [
                { __typename: 'AccessReason', role: 'ADMIN' },
                { __typename: 'AccessReason', role: 'COLLEAGUE' },
              ],
            },
          },
        ],
      },
      __type: { name: 'Tag', fields: expect.arrayContaining([{ name: 'group' }]) },
      __schema: { queryType: { name: 'Query' } },
    });
  });

  it('of several operations has plans of its own for each', async () => {
    const both = 'query A { it: employees(first: 1) { nodes { name } } } query B { it: departments(first: 1) { nodes { name } } }';
    const ask = async (operationName: string): Promise<string> => {
      const headers = { 'content-type': 'application/json', authorization: `Bearer ${seats.admin.token}` };
      const response = await fetch(`${server.url}/graphql`, {
        method: 'POST',
        headers,
        body: JSON.stringify({ query: both, operationName }),
      });
      return ((await response.json()) as { data: { it: { nodes: { name: string }[] } } }).data.it.nodes[0]!.name;
    };
    expect([await ask('A'), await ask('B'), await ask('A'), await ask('B')]).toEqual([
      'The colleague',
      'Warehouse',
      'The colleague',
      'Warehouse',
    ]);
  });

  it('whose shapes have no end starts afresh after 32 plans, and stays right', async () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f'];
    const definitions = names.map((name) => `$${name}: Boolean!`).join(', ');
    const fields = ['name', 'position', 'leftAt', 'id', 'phone', 'staffNumber'];
    const query = `query (${definitions}) { employees(first: 1) { nodes { __typename ${fields.map((field, i) => `${field} @include(if: $${names[i]})`).join(' ')} } } }`;
    for (let round = 0; round < 2; round++) {
      for (let shape = 0; shape < 64; shape++) {
        const variables = Object.fromEntries(names.map((name, i) => [name, Boolean(shape & (1 << i))]));
        const { employees } = await seats.admin.query(query, variables);
        expect(Object.keys(employees.nodes[0])).toEqual(['__typename', ...fields.filter((_, i) => shape & (1 << i))]);
      }
    }
  });
});

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

  it('takes the first page of the benchmark', async () => {
    const { contacts } = await seats.admin.query(
      '{ contacts(first: 50) { nodes { name phone tags { name group { name } } sharedWith { nodes { name } } owner { name supervisors { name } } } } }',
    );
    expect(contacts.nodes).toHaveLength(3);
  });

  it.each([
    'first: 101',
    'last: 101',
    'first: 0',
    'first: -1',
    'last: 0',
    'first: 1, last: 1',
    'last: 1, after: "x"',
    'first: 1, before: "x"',
    'before: "x"',
  ])('is BAD_REQUEST, not cut in silence: %s', async (sizes) => {
    for (const field of ['contacts', 'departments']) {
      const { data, errors } = await seats.admin.ask(`{ ${field}(${sizes}) { totalCount } }`);
      expect(data).toEqual({ [field]: null });
      expect(errors.map(({ path, extensions }) => [path, extensions.code])).toEqual([[[field], 'BAD_REQUEST']]);
    }
  });
  it('takes a hundred', async () => {
    expect((await seats.admin.query('{ contacts(first: 100) { nodes { id } } }')).contacts.nodes).toHaveLength(3);
  });
});
