import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestOrganization } from '../../src/testing/test-organization.ts';
import { TestSeat } from '../../src/testing/test-seat.ts';
import { startTestServer, type TestServer } from '../../src/testing/test-server.ts';
import { connected, type TestSocket } from '../platform/server/socket.fixture.ts';
import { WatchedPool } from '../support/watched-pool.ts';
import { countedFrom } from './attack.fixture.ts';

// Every limit of a document and of its variables, at the limit and one past it (targets 2): over HTTP, over a socket, and where the
// executor answers what needs none.

let server: TestServer;
let executing: TestServer;
let seats: TestOrganization;
let socket: TestSocket;
let pool: WatchedPool;
beforeAll(async () => {
  server = await startTestServer();
  seats = await server.organization();
  socket = await connected(server.url, seats.admin.token);
  await seats.admin.query('{ viewer { id } }');
  executing = await startTestServer({ databaseUrl: server.databaseUrl, straight: false });
  pool = new WatchedPool(server.runtime.pools.requests);
});
afterAll(async () => {
  socket?.socket.terminate();
  await executing?.stop();
  await server?.stop();
});

type Variables = Record<string, unknown>;
type Asked = readonly [document: string, variables?: Variables];
interface Told {
  readonly extensions: { readonly code: string };
}
const codesIn = (errors: readonly Told[]): string[] => [...new Set(errors.map(({ extensions }) => extensions.code))];
let asked = 0;
const askedByExecutor = (...[document, variables]: Asked) =>
  new TestSeat({ ...seats.admin, token: seats.admin.token, url: executing.url }).ask(document, variables);

const WAYS: Readonly<Record<string, (...asked: Asked) => Promise<string[]>>> = {
  HTTP: async (document, variables) => codesIn((await seats.admin.ask(document, variables)).errors),
  'the executor': async (document, variables) => codesIn((await askedByExecutor(document, variables)).errors),
  'a socket': async (document, variables) => {
    socket.subscribe(String(++asked), document, variables);
    const { type, payload } = await socket.next();
    if (type === 'error') return codesIn(payload as Told[]);
    expect(await socket.next()).toMatchObject({ type: 'complete' });
    return codesIn((payload as { errors?: Told[] }).errors ?? []);
  },
};

/** The seats of open sockets are looked up from time to time, whoever asks what meanwhile: that is no document's doing. */
const WRITES = /^(insert|update|delete|with)/i;
const times = (count: number, part: (index: number) => string): string => Array.from({ length: count }, (_, i) => part(i)).join(' ');
/** Fields below each other, by turns of a form and of a contact. */
const below = (depth: number, onContact: boolean): string => {
  if (depth === 1) return 'id';
  return onContact ? `businessForms(first: 1) { nodes { ${below(depth - 1, false)} } }` : `contact { ${below(depth - 1, true)} }`;
};
const introspected = (depth: number): string =>
  `{ __schema { queryType { ${'ofType { '.repeat(depth - 3)} name ${'}'.repeat(depth - 3)} } } }`;
const DELETE = 'mutation ($ids: [ID!]!) { deleteContacts(input: { contactIds: $ids }) { __typename } }';
const SUBMIT =
  'mutation ($values: [FieldValueInput!]!) { submitForm(input: { templateId: "never issued", values: $values }) { __typename } }';
const FIND = 'query ($in: [ID!]) { contacts(where: { owner: { in: $in } }) { totalCount } }';
const none = (count: number): string[] => Array.from({ length: count }, () => 'never issued');

const LIMITS: readonly [what: string, at: number, make: (figure: number) => Asked, code?: string][] = [
  ['bytes', 20 * 1024, (size) => [`{ viewer { id } } #${'x'.repeat(size - 19)}`]],
  [
    'bytes of letters that take several',
    20 * 1024,
    (size) => [`{ viewer { id } } #${'é'.repeat((size - 19) >> 1)}${'x'.repeat((size - 19) % 2)}`],
  ],
  [
    'tokens',
    2_000,
    (count) => [`mutation { updatePluginSettings(input: { plugin: "x", settings: [${'1 '.repeat(count - 20)}] }) { __typename } }`],
  ],
  ['depth', 12, (depth) => [`{ contact(id: "x") { ${below(depth - 1, true)} } }`]],
  ['root fields', 10, (count) => [`{ ${'viewer { id } '.repeat(count)} }`]],
  ['root fields through fragments', 10, (count) => [`{ ...F } fragment F on Query { ${'viewer { id } '.repeat(count)} }`]],
  ['aliases', 15, (count) => [`{ viewer { ${times(count, (i) => `a${i}: id`)} } }`]],
  ['aliases through fragments', 15, (count) => [`{ viewer { ${times(count, () => '...F')} } } fragment F on Seat { a: id }`]],
  ['directives', 30, (count) => [`{ viewer { ${times(count, () => 'id @include(if: true)')} } }`]],
  ['selection sets', 40, (depth) => [`{ viewer { ${'... { '.repeat(depth - 2)} id ${'} '.repeat(depth - 2)} } }`]],
  ['depth of introspection', 20, (depth) => [introspected(depth)]],
  ['times __schema', 1, (count) => [`{ ${times(count, () => '__schema { queryType { name } }')} }`]],
  ['times __type', 1, (count) => [`{ ${times(count, () => '__type(name: "Query") { name }')} }`]],
  [
    'objects',
    10_000,
    (count) => [
      `{ contacts(first: 100) { nodes { timeline(first: 99) { nodes { id } } } } ${count > 10_000 ? 'departments(first: 1) { nodes { id } }' : ''} }`,
    ],
  ],
  [
    'levels of a filter',
    3,
    (levels) => [`{ contacts(where: ${'{ not: '.repeat(levels - 1)}{}${' }'.repeat(levels - 1)}) { totalCount } }`],
  ],
  ['comparisons', 20, (count) => [`{ contacts(where: { or: [${times(count, () => '{ owner: { isNull: true } }')}] }) { totalCount } }`]],
  [
    'characters of a search',
    100,
    (count) => ['query ($s: String) { contacts(search: $s) { totalCount } }', { s: '👨‍👩‍👧‍👦'.repeat(count) }],
    'BAD_REQUEST',
  ],
  [
    'characters that are compared',
    500,
    (count) => ['query ($s: String!) { employees(where: { name: { in: ["a", $s] } }) { totalCount } }', { s: '👍'.repeat(count) }],
    'BAD_REQUEST',
  ],
  ['characters of a text', 32_000, (count) => ['{ viewer { id } }', { v: 'x'.repeat(count) }], 'BAD_REQUEST'],
  [
    'fields of an object',
    250,
    (count) => ['{ viewer { id } }', { v: Object.fromEntries(none(count).map((of, i) => [`${i}`, of])) }],
    'BAD_REQUEST',
  ],
  ['items of an input', 250, (count) => [DELETE, { ids: none(count) }], 'BAD_REQUEST'],
  ['values of a form', 500, (count) => [SUBMIT, { values: Array.from({ length: count }, (_, i) => ({ field: `f${i}` })) }], 'BAD_REQUEST'],
  ['items of a filter', 250, (count) => [FIND, { in: none(count) }], 'BAD_REQUEST'],
  ['ids', 100, (count) => ['query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids: none(count) }], 'BAD_REQUEST'],
];

describe.each(Object.keys(WAYS))('over %s', (way) => {
  it.each(LIMITS)('%s: %i and no more', async (_, at, make, code = 'LIMIT_EXCEEDED') => {
    expect(await WAYS[way]!(...make(at))).toEqual([]);
    await countedFrom(server, pool, seats.admin);
    expect(await WAYS[way]!(...make(at + 1))).toEqual([code]);
    expect(pool.reads()).toEqual([]);
    expect(pool.statements.filter((text) => WRITES.test(text))).toEqual([]);
  });

  it('fifty faults of variables and a word that there are more', async () => {
    const states = 'query ($in: [BusinessFormState!]) { businessForms(where: { state: { in: $in } }) { totalCount } }';
    const variables = { in: Array(250).fill(1) };
    if (way === 'HTTP') return expect((await seats.admin.ask(states, variables)).errors.length).toBe(51);
    if (way === 'the executor') return expect((await askedByExecutor(states, variables)).errors.length).toBe(51);
    socket.subscribe(String(++asked), states, variables);
    expect((await socket.next()).payload).toHaveLength(51);
  });

  it('five errors of a document, and no more', async () => {
    const wrong = (count: number): string => `{ viewer { ${times(count, (i) => `wrong${i}`)} } }`;
    const errorsOf = async (count: number): Promise<number> => {
      if (way === 'HTTP') return (await seats.admin.ask(wrong(count))).errors.length;
      if (way === 'the executor') return (await askedByExecutor(wrong(count))).errors.length;
      socket.subscribe(String(++asked), wrong(count));
      return ((await socket.next()).payload as Told[]).length;
    };
    expect([await errorsOf(5), await errorsOf(6)]).toEqual([5, 5]);
  });
});
