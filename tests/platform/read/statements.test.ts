import { afterAll, beforeAll, describe, expect, it, type MockInstance, vi } from 'vitest';
import type { ReadDatabase } from '../../../src/platform/database/read-database.ts';
import type { TestOrganization } from '../../../src/testing/test-organization.ts';
import type { TestSeat } from '../../../src/testing/test-seat.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { APPROVE, placeOrder } from '../../support/form-moves.ts';
import { WatchedPool } from '../../support/watched-pool.ts';

// One root field is one statement, whatever hangs beneath it (house 3). Counted twice: by the server itself, and from what PostgreSQL is sent.

let server: TestServer;
let pool: WatchedPool;
let seats: TestOrganization;
let read: MockInstance<ReadDatabase['read']>;

beforeAll(async () => {
  server = await startTestServer();
  read = vi.spyOn(server.runtime.reads, 'read');
  pool = new WatchedPool(server.runtime.pools.requests);
  seats = await server.organization();
  await placeOrder(seats.customer);
});
afterAll(() => server?.stop());

interface Counted {
  readonly counted: number;
  readonly sent: readonly number[];
  readonly plans: number;
  readonly names: readonly (string | undefined)[];
}
const seen = new WeakSet<object>();
/** How many of the statements sent since it was asked last were planned for them: a plan that is kept is the same object again. */
function plansMade(): number {
  const sent = new Set(read.mock.calls.flatMap(([, bound]) => bound.map(({ statement }) => statement)));
  const made = [...sent].filter((statement) => !seen.has(statement));
  for (const statement of made) seen.add(statement);
  read.mockClear();
  return made.length;
}

/** How many statements an answer took, by the server's own count and in each transaction that PostgreSQL saw. */
async function statementsOf(seat: TestSeat, query: string, variables: Record<string, unknown> = {}): Promise<Counted> {
  pool.forget();
  plansMade();
  const before = server.runtime.reads.statements;
  const { errors } = await seat.ask(query, variables);
  expect(errors.filter(({ extensions }) => extensions.code !== 'FORBIDDEN')).toEqual([]);
  const reads = pool.reads();
  return {
    counted: server.runtime.reads.statements - before,
    sent: reads.map((checkout) => checkout.length),
    plans: plansMade(),
    names: reads.flat().map(({ name }) => name),
  };
}

const DEEP: Readonly<Record<string, string>> = {
  'lists in lists':
    '{ contacts(first: 2) { nodes { tags { group { tags { nodes { group { name } } } } } sharedWith(first: 3) { nodes { employee { departments { supervisors { name } } } } } } } }',
  'relations four deep': '{ contacts { nodes { owner { mainDepartment { parent { supervisors { mainDepartment { name } } } } } } } }',
  'edges and cursors':
    '{ contacts { totalCount pageInfo { hasNextPage endCursor } edges { cursor node { history { edges { cursor node { actor { name } } } } } } } }',
  'fragments on kinds': `{ contacts(first: 5) { nodes { timeline { nodes { ...Entry } } businessForms(first: 5) { nodes { __typename ...Form } } } } }
    fragment Entry on Interaction { kind ... on ShareInteraction { employee { name } } ... on TagInteraction { tag { group { name } } } }
    fragment Form on BusinessForm { tasks(first: 5) { nodes { earlierDecisions { id } form { number } } } ... on Order { total { amount } lines { product { name } } } }`,
  'what the seat may do':
    '{ contacts { nodes { viewerRoles viewerAccess { role through } viewerCan { edit delete } businessForms { nodes { viewerCan { readInside } } } } } }',
  'an inbox':
    '{ myTasks { liveCursor nodes { viewerCan { decide } form { liveCursor contact { company { name } } answers { value { text } } } } } }',
  'any object': '{ viewer { id organization { name } ... on Employee { departments { members { nodes { name } } } } } }',
};

describe('a root field', () => {
  it.each(Object.entries(DEEP))('is one statement: %s', async (_, query) => {
    for (const seat of [seats.owner, seats.admin, seats.scopedAdmin])
      expect(await statementsOf(seat, query)).toMatchObject({ counted: 1, sent: [1] });
  });

  it('of a contact is one as well', async () => {
    const query =
      '{ myForms { nodes { ... on Order { lines { product { price { amount } } } } contact { owner { name } company { name } } } } }';
    expect(await statementsOf(seats.customer, query)).toMatchObject({ counted: 1, sent: [1] });
  });

  it('finds its objects by ids with one, whatever their types and number', async () => {
    const ids = [...seats.tagIds, seats.owner.id, seats.customer.id, seats.unowned.id, 'no id'];
    const query = 'query ($ids: [ID!]!) { nodes(ids: $ids) { id ... on Contact { tags { name } } ... on Employee { name } } }';
    expect(await statementsOf(seats.owner, query, { ids })).toMatchObject({ counted: 1, sent: [1] });
  });
});

describe('a page', () => {
  const textOf = async (query: string): Promise<string> => {
    read.mockClear();
    await seats.owner.query(query);
    return read.mock.calls[0]![1][0]!.statement.text;
  };
  it('is read one row further where it is asked whether the list goes on, and nowhere else', async () => {
    const [alone, further] = [
      await textOf('{ contacts(first: 7) { nodes { id } } }'),
      await textOf('{ contacts(first: 7) { nodes { id } pageInfo { hasNextPage } } }'),
    ];
    expect(alone).toMatch(/limit 7\b/);
    expect(alone).not.toMatch(/limit 8\b|row_number/);
    expect(further).toMatch(/limit 8\b/);
  });
});

describe('two root fields', () => {
  it.each([
    ['of one kind', '{ contacts { nodes { name } } employees { nodes { name } } }'],
    ['for anybody and for some', '{ viewer { id } contacts { nodes { name } } }'],
    ['with and without a check of their own', '{ organization { name } contacts(list: MINE) { totalCount } }'],
    ['one of them many', 'query { nodes(ids: []) { id } employees { totalCount } }'],
    ['beside what is no statement', '{ contacts { totalCount } plugins { name } myTasks { totalCount } __typename }'],
  ])('are two statements in one transaction on one connection: %s', async (_, query) => {
    await seats.owner.query(query);
    expect(await statementsOf(seats.owner, query)).toMatchObject({ counted: 2, sent: [2] });
  });

  it('see one snapshot, each under its own alias', async () => {
    const aliases = Array.from({ length: 10 }, (_, i) => `a${i}: contacts { totalCount }`).join(' ');
    expect(await statementsOf(seats.owner, `{ ${aliases} }`)).toMatchObject({ counted: 10, sent: [10] });
  });
});

describe('a known document', () => {
  const query = 'query ($id: ID!, $first: Int) { contact(id: $id) { name timeline(first: $first) { nodes { kind } } } }';

  it('is planned once; other values and other seats of one kind are its parameters', async () => {
    expect((await statementsOf(seats.owner, query, { id: seats.customer.id, first: 3 })).plans).toBe(1);
    for (const [seat, id, first] of [
      [seats.owner, seats.customer.id, 3],
      [seats.owner, seats.rival.id, 5],
      [seats.colleague, seats.rival.id, 1],
    ] as const) {
      expect((await statementsOf(seat, query, { id, first })).plans).toBe(0);
    }
  });
  it('is planned again for a seat that holds other roles', async () => {
    expect((await statementsOf(seats.admin, query, { id: seats.customer.id, first: 3 })).plans).toBe(1);
    expect((await statementsOf(seats.admin, query, { id: seats.customer.id, first: 3 })).plans).toBe(0);
  });
  it('is prepared under one name from the second time on', async () => {
    const again = 'query ($id: ID!) { employee(id: $id) { name position } }';
    const names: (string | undefined)[] = [];
    for (const seat of [seats.owner, seats.owner, seats.sharee]) names.push(...(await statementsOf(seat, again, { id: seat.id })).names);
    expect(names).toEqual([undefined, expect.stringMatching(/^s_[\w-]{20}$/), names[1]]);
  });
  it('written by somebody else in other words is the same statement', async () => {
    const words = [
      '{ departments { nodes { name } } }',
      'query Others { departments { nodes { name } } }',
      '{ departments { nodes { ...N } } } fragment N on Department { name }',
    ];
    const names = [];
    for (const text of words) names.push(...(await statementsOf(seats.owner, text)).names);
    expect(names).toEqual([undefined, expect.any(String), names[1]]);
  });
});

describe('a mutation', () => {
  const SHARE = `mutation ($input: ShareContactInput!) { shareContact(input: $input) {
    __typename ... on ShareContactSuccess { contact { name tags { name } sharedWith { nodes { employee { departments { name } } } } } } } }`;

  /** The statements of its one transaction. */
  async function statementsIn(query: string, input: object): Promise<readonly string[]> {
    expect(await statementsOf(seats.owner, query, { input })).toMatchObject({ counted: 0, sent: [] });
    expect(pool.connections).toBe(1);
    return pool.statements.filter((text) => !text.startsWith('reset all')); // with which the connection goes back, sooner or later
  }
  const READ = expect.stringMatching(/^select coalesce\(\(select \(/);

  it('reads its payload by one statement more, before its commit', async () => {
    const sent = await statementsIn(SHARE, { contactId: seats.customer.id, employeeId: seats.colleague.id });
    expect(sent.slice(-2)).toEqual([READ, 'commit']);
  });
  it('reads two objects of its payload by one statement each', async () => {
    const [task] = (await seats.owner.query('{ myTasks { nodes { id version } } }')).myTasks.nodes;
    const sent = await statementsIn(APPROVE, { taskId: task.id, expectedVersion: task.version });
    expect(sent.slice(-3)).toEqual([READ, READ, 'commit']);
  });
  it('reads much of its payload when nothing is locked any more', async () => {
    const much = SHARE.replace('tags { name }', 'timeline(first: 100) { nodes { contact { history(first: 50) { nodes { at } } } } }');
    const input = { contactId: seats.customer.id, employeeId: seats.admin.id };
    expect(await statementsOf(seats.owner, much, { input })).toMatchObject({ counted: 1, sent: [1] });
  });
  it('that is refused reads what its refusal shows, and nothing where that is nothing', async () => {
    const [task] = (await seats.owner.query('{ myTasks(state: DECIDED) { nodes { id version } } }')).myTasks.nodes;
    expect(await statementsOf(seats.owner, APPROVE, { input: { taskId: task.id, expectedVersion: 1 } })).toMatchObject({
      counted: 1,
      sent: [1],
    });
    expect(await statementsOf(seats.owner, APPROVE, { input: { taskId: 'no id', expectedVersion: 1 } })).toMatchObject({
      counted: 0,
      sent: [],
    });
  });
});
