import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestOrganization } from '../../src/testing/test-organization.ts';
import { startTestServer, type TestServer } from '../../src/testing/test-server.ts';
import { connected } from '../platform/server/socket.fixture.ts';
import { WatchedPool } from '../support/watched-pool.ts';
import { bearer, countedFrom, post } from './attack.fixture.ts';

// Documents, variables and bodies that are short to write and long to read: refused before anything runs, in words, and quickly.

let server: TestServer;
let seats: TestOrganization;
let pool: WatchedPool;
beforeAll(async () => {
  server = await startTestServer();
  seats = await server.organization();
  for (const seat of [seats.admin, seats.customer]) await seat.query('{ viewer { id } }');
  pool = new WatchedPool(server.runtime.pools.requests);
});
afterAll(() => server?.stop());

const times = (count: number, part: (index: number) => string): string => Array.from({ length: count }, (_, i) => part(i)).join(' ');
const nested = (levels: number, opening: string, closing: string, inmost = ''): string =>
  opening.repeat(levels) + inmost + closing.repeat(levels);

describe('a document', () => {
  it.each<[string, string, string]>([
    ['40 kB of [', '['.repeat(40_000), 'LIMIT_EXCEEDED'],
    ['40 kB of {', '{'.repeat(40_000), 'LIMIT_EXCEEDED'],
    ['40 kB of (', '('.repeat(40_000), 'LIMIT_EXCEEDED'],
    ['19 kB of [ in an argument', `{ contact(id: ${'['.repeat(1_900)}`, 'LIMIT_EXCEEDED'],
    ['19 kB of {a: in an argument', `{ contact(id: ${'{a:'.repeat(600)}`, 'LIMIT_EXCEEDED'],
    ['19 kB of { in selections', `{${'a{'.repeat(900)}`, 'LIMIT_EXCEEDED'],
    ['lists in the type of a variable', `query ($a: ${nested(900, '[', ']', 'ID')}) { viewer { id } }`, 'LIMIT_EXCEEDED'],
    ['lists in the default of a variable', `query ($a: ID = ${nested(900, '[', ']')}) { viewer { id } }`, 'LIMIT_EXCEEDED'],
    ['exclamation marks', `query ($a: ID${'!'.repeat(1_900)}) { viewer { id } }`, 'BAD_REQUEST'],
    ['dots', '{ '.concat('... '.repeat(1_900), '}'), 'BAD_REQUEST'],
    ['a text without an end', `{ contact(id: "${'x'.repeat(19_000)}`, 'BAD_REQUEST'],
    ['a block text of quotes', `{ contact(id: """${'\\"""'.repeat(4_700)}`, 'BAD_REQUEST'],
    ['a number of 19 kB', `{ contacts(first: ${'9'.repeat(19_000)}) { totalCount } }`, 'BAD_REQUEST'],
    ['comments only', '#'.repeat(20_000), 'BAD_REQUEST'],
    ['a thousand operations', times(150, (i) => `query Q${i} { viewer { id } }`), 'BAD_REQUEST'],
    ['a thousand aliases', `{ ${times(300, (i) => `a${i}: viewer { id }`)} }`, 'LIMIT_EXCEEDED'],
    ['aliases of a mutation', `mutation { ${times(30, (i) => `a${i}: signOut { __typename }`)} }`, 'LIMIT_EXCEEDED'],
    [
      'aliases of a fragment in a fragment',
      `{ viewer { ${'...A '.repeat(4)} } } fragment A on Seat { ${'...B '.repeat(4)} } fragment B on Seat { x: id }`,
      'LIMIT_EXCEEDED',
    ],
    ['four hundred directives', `{ viewer { id ${'@include(if: true) '.repeat(300)} } }`, 'LIMIT_EXCEEDED'],
    ['directives that nobody has', `{ viewer { id ${times(31, (i) => `@d${i}`)} } }`, 'LIMIT_EXCEEDED'],
    ['directives on every variable', `query (${times(31, (i) => `$v${i}: ID @d`)}) { viewer { id } }`, 'LIMIT_EXCEEDED'],
    ['a fragment of itself', '{ ...A } fragment A on Query { viewer { id } ...A }', 'BAD_REQUEST'],
    [
      'three fragments in a circle',
      '{ ...A } fragment A on Query { ...B } fragment B on Query { ...C } fragment C on Query { ...A }',
      'BAD_REQUEST',
    ],
    ['a circle that nobody enters', '{ viewer { id } } fragment A on Query { ...B } fragment B on Query { ...A }', 'BAD_REQUEST'],
    [
      'fragments that double thirty times',
      `{ ...F0 } ${times(30, (i) => `fragment F${i} on Query { ...F${i + 1} ...F${i + 1} }`)} fragment F30 on Query { viewer { id } }`,
      'LIMIT_EXCEEDED',
    ],
    [
      'fragments that double, without a field',
      `{ ...F0 } ${times(30, (i) => `fragment F${i} on Query { ...F${i + 1} ...F${i + 1} }`)} fragment F30 on Query { ...F0 }`,
      'BAD_REQUEST',
    ],
    [
      'a list in a list of contacts',
      `{ contact(id: "x") { ${nested(8, 'businessForms { nodes { contact { ', '} } }', 'id')} } }`,
      'LIMIT_EXCEEDED',
    ],
  ])('of %s is refused, over HTTP and on a socket', async (_, query, code) => {
    await countedFrom(server, pool, seats.admin, seats.customer);
    expect(new Set((await post(server.url, JSON.stringify({ query }), bearer(seats.admin.token))).codes)).toEqual(new Set([code]));
    const socket = await connected(server.url, seats.admin.token);
    socket.subscribe('1', query);
    const { type, payload } = await socket.next();
    expect([type, (payload as { extensions: { code: string } }[])[0]!.extensions.code]).toEqual(['error', code]);
    socket.socket.terminate();
    expect(pool.connections).toBe(0);
  });
});

describe('variables', () => {
  const FIND = 'query ($v: ContactFilter) { contacts(where: $v) { totalCount } }';
  const SETTINGS = 'mutation ($v: JSON!) { updatePluginSettings(input: { plugin: "ordering", settings: $v }) { __typename } }';
  const FORM =
    'mutation ($v: [FieldValueInput!]!) { submitForm(input: { templateId: "x", values: $v, idempotencyKey: "k" }) { __typename } }';
  const LIST = 'query ($v: [ID!]!) { nodes(ids: $v) { id } }';
  const DEEP = 30_000;
  it.each<[string, string, string]>([
    ['lists in JSON', SETTINGS, nested(DEEP, '[', ']')],
    ['objects in JSON', SETTINGS, nested(DEEP, '{"a":', '}', '1')],
    ['lists in the answers of a form', FORM, nested(DEEP, '[', ']')],
    ['lists in a value of a form', FORM, `{"field":${nested(DEEP, '[', ']')}}`],
    ['lists in a list', LIST, nested(DEEP, '[', ']')],
    ['not in not', FIND, nested(DEEP, '{"not":', '}', '{}')],
    ['and in and', FIND, nested(20_000, '{"and":[', ']}', '{}')],
    ['or in or', FIND, nested(20_000, '{"or":[', ']}', '{}')],
  ])('of %s without end are BAD_REQUEST, over HTTP and on a socket', async (_, query, value) => {
    await countedFrom(server, pool, seats.admin, seats.customer);
    for (const seat of [seats.admin, seats.customer].filter(({ name }) => name === 'admin' || query === FORM)) {
      const text = `{"query":${JSON.stringify(query)},"variables":{"v":${value}}}`;
      expect((await post(server.url, text, bearer(seat.token))).codes).toEqual(['BAD_REQUEST']);
      const socket = await connected(server.url, seat.token);
      const short = text.replace(value, nested(3_000, value.startsWith('[') ? '[' : '{"a":', value.startsWith('[') ? ']' : '}', '1'));
      socket.socket.send(`{"id":"1","type":"subscribe","payload":${short}}`);
      expect(await socket.next()).toMatchObject({ type: 'error', payload: [{ extensions: { code: 'BAD_REQUEST' } }] });
      socket.socket.terminate();
    }
    expect(pool.connections).toBe(0);
  });

  it('may be 64 deep and no deeper', async () => {
    const asked = (levels: number) => post(server.url, `{"query":"{ viewer { name } }","variables":{"v":${nested(levels - 1, '[', ']')}}}`);
    expect((await asked(64)).codes).toEqual([]);
    expect((await asked(65)).codes).toEqual(['BAD_REQUEST']);
  });

  it('of a hundred thousand items are refused, or passed over', async () => {
    const many = JSON.stringify(Array(60_000).fill(1));
    expect((await post(server.url, `{"query":${JSON.stringify(LIST)},"variables":{"v":${many}}}`)).codes).toEqual(['BAD_REQUEST']);
    const keys = JSON.stringify(Object.fromEntries(Array.from({ length: 20_000 }, (_, i) => [`k${i}`, 1])));
    const answer = await post(server.url, `{"query":"{ viewer { name } }","variables":${keys}}`, bearer(seats.admin.token));
    expect(answer.text).toBe('{"data":{"viewer":{"name":"The admin"}}}');
  });
});

describe('a batch', () => {
  const ONE = { query: '{ viewer { name } }' };
  it.each<[string, string]>([
    ['of one', JSON.stringify([ONE])],
    ['of a thousand', JSON.stringify(Array(1_000).fill(ONE))],
    ['in a batch', JSON.stringify([[ONE]])],
    ['of nothing', '[]'],
    ['as an object', JSON.stringify({ 0: ONE, 1: ONE, length: 2 })],
    ['as lines', `${JSON.stringify(ONE)}\n${JSON.stringify(ONE)}`],
    ['of brackets in a body', '['.repeat(200_000)],
  ])('%s is BAD_REQUEST', async (_, body) => {
    const { status, codes } = await post(server.url, body, bearer(seats.admin.token));
    expect([status, codes]).toEqual([400, ['BAD_REQUEST']]);
  });
});
