import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestOrganization } from '../../../src/testing/test-organization.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { placeOrder } from '../../support/form-moves.ts';

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
/** How many answers differ: where none does, the sets show nothing. */
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
