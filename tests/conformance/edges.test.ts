import { createClient } from 'graphql-ws';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import type { TestOrganization } from '../../src/testing/test-organization.ts';
import { startTestServer, type TestServer } from '../../src/testing/test-server.ts';

// What clients send that is nearly right: taken for what it means, or refused in words; never passed over in silence.

let server: TestServer;
let seats: TestOrganization;
beforeAll(async () => {
  server = await startTestServer();
  seats = await server.organization();
});
afterAll(() => server?.stop());

const NAME = '{ viewer { name } }';
const post = (body: object, headers: Record<string, string>): Promise<Response> =>
  fetch(`${server.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
const viewerOf = async (response: Response): Promise<string | null> => (await response.json()).data.viewer?.name ?? null;

describe('over HTTP', () => {
  it.each(['Bearer', 'bearer', 'BEARER', 'Bearer  '])('the scheme %j is taken', async (scheme) =>
    expect(await viewerOf(await post({ query: NAME }, { authorization: `${scheme} ${seats.admin.token}` }))).toBe('The admin'),
  );
  it('an operation name that is empty is none', async () => {
    const headers = { authorization: `Bearer ${seats.admin.token}` };
    expect(await viewerOf(await post({ query: NAME, operationName: '' }, headers))).toBe('The admin');
    const search = `query=${encodeURIComponent(NAME)}&operationName=`;
    expect(await viewerOf(await fetch(`${server.url}/graphql?${search}`, { headers }))).toBe('The admin');
  });
  it.each([
    ['http://localhost:5173', true],
    ['http://127.0.0.1:3000', true],
    ['http://[::1]:8080', true],
    ['https://localhost', true],
    ['http://localhost.example', false],
    ['http://example.localhost.evil', false],
    ['http://192.168.0.1:5173', false],
    ['file://localhost', false],
    ['null', false],
  ])('a demo lets a page of %s ask: %s', async (origin, allowed) => {
    const response = await fetch(`${server.url}/graphql`, {
      method: 'OPTIONS',
      headers: { origin, 'access-control-request-method': 'POST', 'sec-fetch-site': 'cross-site' },
    });
    expect([response.status, response.headers.get('access-control-allow-origin')]).toEqual(allowed ? [204, origin] : [403, null]);
  });
});

describe('connectionParams', () => {
  /** The viewer's name, or how the socket was closed. */
  const opened = async (connectionParams: Record<string, unknown> | undefined): Promise<unknown> => {
    const client = createClient({
      url: `${server.url.replace('http', 'ws')}/graphql`,
      webSocketImpl: WebSocket,
      retryAttempts: 0,
      ...(connectionParams ? { connectionParams } : {}),
    });
    try {
      for await (const { data } of client.iterate<{ viewer: { name: string } | null }>({ query: NAME })) return data!.viewer?.name ?? null;
    } catch (closed) {
      return (closed as { code: number }).code;
    } finally {
      await client.dispose();
    }
  };
  const bearer = (): string => `Bearer ${seats.admin.token}`;
  it.each<[string, () => Record<string, unknown> | undefined, unknown]>([
    ['none', () => undefined, null],
    ['that are empty', () => ({}), null],
    ['authorization', () => ({ authorization: bearer() }), 'The admin'],
    ['Authorization', () => ({ Authorization: bearer() }), 'The admin'],
    ['headers', () => ({ headers: { Authorization: bearer(), 'accept-language': 'en' } }), 'The admin'],
    ['headers without one', () => ({ headers: {} }), null],
    ['a token by another name', () => ({ token: seats.admin.token }), 4400],
    ['a token beside', () => ({ authorization: bearer(), authToken: 'x' }), 4400],
    ['two tokens', () => ({ authorization: bearer(), headers: { authorization: bearer() } }), 4400],
    ['null for a token', () => ({ authorization: null }), 4400],
    ['a number for a token', () => ({ authorization: 7 }), 4400],
    ['headers that are none', () => ({ headers: 'authorization' }), 4400],
    ['a token that is not one', () => ({ authorization: 'nonsense' }), 4403],
    ['a token that is empty', () => ({ authorization: '' }), 4403],
  ])('%s', async (_, params, expected) => expect(await opened(params())).toBe(expected));
});

describe('null and nothing', () => {
  it('null for an argument is its default', async () => {
    const { a, b, c } = await seats.admin.query(
      '{ a: contacts(list: null) { totalCount } b: contacts { totalCount } c: contacts(list: BIN) { totalCount } }',
    );
    expect([a, c.totalCount]).toEqual([b, 0]);
    expect(b.totalCount).toBeGreaterThan(0);
    const bin = await seats.admin.query('query ($list: ContactList) { contacts(list: $list) { totalCount } }', { list: null });
    expect(bin.contacts).toEqual(b);
  });
  it('null for the state of tasks is open', async () => {
    const product = await seats.admin.does(
      'mutation ($input: AddProductInput!) { addProduct(input: $input) { __typename ... on AddProductSuccess { product { id } } } }',
      { input: { name: 'Saw', unit: 'piece', price: { amount: 100, currency: 'CNY' }, stock: 10 } },
    );
    await seats.customer.does('mutation ($input: PlaceOrderInput!) { placeOrder(input: $input) { __typename } }', {
      input: { lines: [{ productId: product.product.id, quantity: 1 }], note: '' },
    });
    const { a, b, c } = await seats.owner.query(
      '{ a: myTasks(state: null) { totalCount } b: myTasks { totalCount } c: myTasks(state: DECIDED) { totalCount } }',
    );
    expect([a, b, c]).toEqual([{ totalCount: 1 }, { totalCount: 1 }, { totalCount: 0 }]);
  });
  it('an empty text that is needed is refused', async () => {
    const { switchPlugin } = await seats.admin.query(
      'mutation { switchPlugin(input: { plugin: "\u2800", enabled: true }) { __typename ... on ValidationFailed { issues { path code } } } }',
    );
    const empty = await seats.admin.query(
      'mutation { switchPlugin(input: { plugin: "", enabled: true }) { __typename ... on ValidationFailed { issues { path code } } } }',
    );
    const issues = [{ path: ['input', 'plugin'], code: 'TOO_SHORT' }];
    expect([switchPlugin, empty.switchPlugin]).toEqual([
      { __typename: 'ValidationFailed', issues },
      { __typename: 'ValidationFailed', issues },
    ]);
  });
  it('an empty text that may be left out is left out, and a name is not', async () => {
    const SHARE =
      'mutation ($input: ShareContactInput!) { shareContact(input: $input) { __typename ... on ShareContactSuccess { share { reason } } } }';
    const { contact } = await seats.owner.does(
      'mutation ($input: AddContactInput!) { addContact(input: $input) { __typename ... on AddContactSuccess { contact { id version } } } }',
      { input: { name: '👨‍👩‍👧‍👦'.repeat(100), phone: '+8613812349876', tagIds: [seats.tagIds[0]], remark: ' ', position: '\u200b' } },
    );
    const { share } = await seats.owner.does(SHARE, { input: { contactId: contact.id, employeeId: seats.colleague.id, reason: '' } });
    expect(share).toEqual({ reason: null });
    const RENAME = `mutation ($input: UpdateContactInput!) { updateContact(input: $input) { __typename ... on ValidationFailed { issues { path code message } } } }`;
    for (const [name, code] of [
      ['', 'TOO_SHORT'],
      ['\u200b', 'TOO_SHORT'],
      ['\u2800', 'TOO_SHORT'],
      ['\u3164 ', 'TOO_SHORT'],
      ['👍'.repeat(101), 'TOO_LONG'],
    ]) {
      const input = { contactId: contact.id, expectedVersion: contact.version, name };
      const { data } = await seats.owner.ask(RENAME, { input }, { 'accept-language': 'zh-CN,en;q=0.5' });
      const [issue] = (data as unknown as { updateContact: { issues: { path: string[]; code: string; message: string }[] } }).updateContact
        .issues;
      expect(issue).toEqual({ path: ['input', 'name'], code, message: expect.stringMatching(/\p{Script=Han}/u) });
    }
  });
  it('a cursor is taken by its own list alone', async () => {
    const { contacts } = await seats.admin.query('{ contacts(first: 1) { pageInfo { endCursor } } }');
    const pageOf = (list: string) =>
      seats.admin.ask(`query ($c: Cursor) { ${list}(after: $c) { totalCount } }`, { c: contacts.pageInfo.endCursor });
    expect((await pageOf('contacts')).errors).toEqual([]);
    for (const list of ['employees', 'businessForms', 'auditEntries', 'products'])
      expect((await pageOf(list)).errors.map(({ extensions }) => extensions.code)).toEqual(['BAD_REQUEST']);
  });
});

describe('what goes wrong is said in Chinese to whoever asks for it', () => {
  it.each<[string, () => Promise<{ errors: readonly { message: string }[] }>]>([
    ['a document', () => seats.admin.ask('{', {}, CHINESE)],
    ['a field', () => seats.admin.ask('{ nothing }', {}, CHINESE)],
    ['a variable', () => seats.admin.ask('query ($n: Int) { contacts(first: $n) { totalCount } }', { n: 'x' }, CHINESE)],
    [
      'a scalar',
      () => seats.admin.ask('query ($d: DateTime) { contacts(where: { createdAt: { after: $d } }) { totalCount } }', { d: 'x' }, CHINESE),
    ],
    ['a size', () => seats.admin.ask('{ contacts(first: 1000) { totalCount } }', {}, CHINESE)],
    ['a limit', () => seats.admin.ask(`{ ${'viewer { id } '.repeat(11)} }`, {}, CHINESE)],
    ['a filter', () => seats.admin.ask('{ contacts(where: { not: { not: { not: {} } } }) { totalCount } }', {}, CHINESE)],
    ['a cursor', () => seats.admin.ask('{ contacts(after: "x") { totalCount } }', {}, CHINESE)],
    ['a search', () => seats.admin.ask(`{ contacts(search: "${'x'.repeat(200)}") { totalCount } }`, {}, CHINESE)],
    ['a refusal', () => seats.colleague.ask('{ contacts(list: BIN) { totalCount } }', {}, CHINESE)],
    ['nobody', () => server.nobody.ask('{ myForms { totalCount } }', {}, CHINESE)],
    ['a token', async () => (await post({ query: NAME }, { ...CHINESE, authorization: 'Bearer nonsense' })).json() as never],
    ['a body', async () => (await post([], CHINESE)).json() as never],
    ['an address', async () => (await fetch(`${server.url}/nothing`, { headers: CHINESE })).json() as never],
  ])('%s', async (_, ask) => {
    const { errors } = await ask();
    expect(errors.length).toBeGreaterThan(0);
    for (const { message } of errors) expect(message).toMatch(/\p{Script=Han}/u);
  });
  const CHINESE = { 'accept-language': 'zh-CN' };
});
