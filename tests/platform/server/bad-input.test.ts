import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestOrganization } from '../../../src/testing/test-organization.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { say } from '../../support/raw-connection.ts';
import { RESPONSE_JSON } from './server.fixture.ts';

// What no front end of ours sends, against the whole server: it is refused in words, and nothing of it is our fault.

let server: TestServer;
let organization: TestOrganization;
beforeAll(async () => {
  server = await startTestServer();
  organization = await server.organization();
});
afterAll(() => server.stop());

const post = (body: BodyInit, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`${server.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${organization.owner.token}`, ...headers },
    body,
  });
const asked = (query: unknown, rest: object = {}): string => JSON.stringify({ query, ...rest });
interface Refused {
  readonly errors: { readonly message: string; readonly extensions: { readonly code: string; readonly requestId: string } }[];
}
async function refusal(response: Response): Promise<Refused['errors'][number]> {
  expect(response.headers.get('x-content-type-options')).toBe('nosniff');
  expect(response.headers.get('cache-control')).toBe('no-store');
  expect(response.headers.get('x-powered-by')).toBeNull();
  const { errors } = (await response.json()) as Refused;
  expect(errors[0]!.extensions.requestId).toBe(response.headers.get('x-request-id'));
  expect(JSON.stringify(errors)).not.toMatch(/\bat .*\.ts|node_modules|select /);
  return errors[0]!;
}

describe('a body', () => {
  it.each([
    ['that is empty', '', 400],
    ['cut off', '{"query":"{ viewer { name } }"', 400],
    ['of brackets', '['.repeat(40_000), 400],
    ['of objects in objects', `${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`, 400],
    ['that is a text', '"{ viewer { name } }"', 400],
    ['that is a number', '42', 400],
    ['that is a list', '[{"query":"{ viewer { name } }"}]', 400],
    ['with a query that is no text', asked({ viewer: 1 }), 400],
    ['with an empty query', asked(''), 400],
    ['with variables that are a text', asked('{ viewer { name } }', { variables: '{}' }), 400],
    ['with variables that are a list', asked('{ viewer { name } }', { variables: [1] }), 400],
    ['with extensions that are a number', asked('{ viewer { name } }', { extensions: 1 }), 400],
    ['with a name that is an object', asked('{ viewer { name } }', { operationName: {} }), 400],
    ['that is no UTF-8', new Uint8Array([0x7b, 0xff, 0xfe, 0x7d]), 400],
    ['of a megabyte', asked(`{ viewer { name } } #${'x'.repeat(1_048_576)}`), 413],
  ])('%s', async (_case, body, status) => {
    const response = await post(body as BodyInit);
    expect(response.status).toBe(status);
    expect((await refusal(response)).extensions.code).toBe(status === 413 ? 'LIMIT_EXCEEDED' : 'BAD_REQUEST');
  });

  it.each([
    ['application/x-www-form-urlencoded', 'query=%7Bviewer%7Bname%7D%7D'],
    ['multipart/form-data; boundary=x', '--x\r\n\r\n--x--'],
    ['text/plain', asked('{ viewer { name } }')],
    ['application/graphql', '{ viewer { name } }'],
    ['application/json; charset=utf-16', asked('{ viewer { name } }')],
    ['', asked('{ viewer { name } }')],
  ])('of the type "%s": 415', async (type, body) => {
    const response = await post(body, { 'content-type': type });
    expect([response.status, (await refusal(response)).extensions.code]).toEqual([415, 'BAD_REQUEST']);
  });

  it('with members that nobody knows is taken, as the specification asks', async () => {
    const response = await post(asked('{ viewer { name } }', { id: 1, doc_id: 'x', __proto__: { admin: true } }));
    expect(await response.json()).toEqual({ data: { viewer: { name: 'The owner' } } });
  });
});

describe('a document', () => {
  const add = 'mutation ($input: AddContactInput!) { addContact(input: $input) { __typename } }';
  it.each([
    ['that does not parse', '{ viewer {', {}, 'BAD_REQUEST'],
    ['with an unknown field', '{ viewer { shoeSize } }', {}, 'BAD_REQUEST'],
    ['with an unknown argument', '{ contacts(size: 3) { totalCount } }', {}, 'BAD_REQUEST'],
    ['with an unknown type', '{ viewer { ... on Martian { name } } }', {}, 'BAD_REQUEST'],
    ['with fragments in a circle', '{ viewer { ...A } } fragment A on Seat { ...B } fragment B on Seat { ...A }', {}, 'BAD_REQUEST'],
    ['with a literal of the wrong type', '{ contacts(first: "three") { totalCount } }', {}, 'BAD_REQUEST'],
    ['with a number beyond all numbers', '{ contacts(first: 99999999999999999999) { totalCount } }', {}, 'BAD_REQUEST'],
    ['of definitions only', 'type Query { a: Int }', {}, 'BAD_REQUEST'],
    ['of a fragment only', 'fragment A on Seat { name }', {}, 'BAD_REQUEST'],
    ['without the operation that is named', 'query A { viewer { name } }', { operationName: 'B' }, 'BAD_REQUEST'],
    ['with two operations and no name', 'query A { viewer { name } } query B { viewer { name } }', {}, 'BAD_REQUEST'],
    ['with a variable that is missing', add, {}, 'BAD_REQUEST'],
    ['with a variable that is null', add, { variables: { input: null } }, 'BAD_REQUEST'],
    ['with a text for an object', add, { variables: { input: 'Hu Yan' } }, 'BAD_REQUEST'],
    ['with an object of other fields', add, { variables: { input: { shoeSize: 44 } } }, 'BAD_REQUEST'],
    ['with a list for a text', add, { variables: { input: { name: ['a'], phone: 'b', tagIds: [] } } }, 'BAD_REQUEST'],
    ['with 40 kB of brackets', '['.repeat(40_000), {}, 'LIMIT_EXCEEDED'],
    ['with 40 kB of braces', '{a'.repeat(20_000), {}, 'LIMIT_EXCEEDED'],
    ['with a thousand aliases', `{ ${Array.from({ length: 1000 }, (_, i) => `a${i}: viewer { name }`).join(' ')} }`, {}, 'LIMIT_EXCEEDED'],
    ['with a NUL', '{ viewer { na\u0000me } }', {}, 'BAD_REQUEST'],
  ])('%s', async (_case, query, rest, code) => {
    const response = await post(asked(query, rest), RESPONSE_JSON);
    expect(response.status).toBe(400);
    expect((await refusal(response)).extensions.code).toBe(code);
  });

  it('that is a mutation or a subscription is not taken by GET', async () => {
    for (const query of ['mutation { signOut { __typename } }', 'subscription { myForms { kind } }']) {
      const response = await fetch(`${server.url}/graphql?${new URLSearchParams({ query })}`, { headers: { accept: 'application/json' } });
      expect([response.status, (await refusal(response)).extensions.code]).toEqual([405, 'BAD_REQUEST']);
    }
  });

  it.each(['name\u0000', '\ud800', '💥'.repeat(5000)])('with the text %j in a variable is answered', async (name) => {
    const input = { name, phone: '+8613855550000', tagIds: organization.tagIds.slice(0, 1) };
    const answer = await organization.owner.ask(add, { input });
    expect(answer).toMatchObject({ data: { addContact: { __typename: 'ValidationFailed' } }, errors: [] });
  });
});

describe('a token', () => {
  it.each(['Bearer', 'Bearer x', `Bearer ${'x'.repeat(4000)}`, 'Basic YTpi', 'Bearer null', 'bearer\tx', 'x'.repeat(43)])(
    '%s',
    async (authorization) => {
      const response = await post(asked('{ viewer { name } }'), { ...RESPONSE_JSON, authorization });
      expect([response.status, (await refusal(response)).extensions.code]).toEqual([401, 'UNAUTHENTICATED']);
    },
  );
});

describe('bytes on a connection', () => {
  const get = (lines: string): string => `GET /graphql HTTP/1.1\r\nHost: x\r\n${lines}\r\n\r\n`;

  it.each([
    ['a TLS greeting', Buffer.from('16030100a5010000a10303', 'hex'), 400],
    ['no HTTP', 'hello\r\n\r\n', 400],
    ['a header too long', get(`A: ${'a'.repeat(40_000)}`), 431],
    ['two lengths', 'POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n', 400],
    ['a length that is no number', 'POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Length: two\r\n\r\n', 400],
    ['a socket without a key', get('Connection: Upgrade\r\nUpgrade: websocket'), 400],
    [
      'a socket of a version to come',
      get('Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 99'),
      400,
    ],
  ])('%s', async (_case, bytes, status) => {
    const answer = await say(server.url, bytes);
    expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    expect(answer).toMatch(/X-Content-Type-Options: nosniff\r\nCache-Control: no-store/);
  });

  it.each([
    ['no host', 'GET /healthz HTTP/1.1\r\n\r\n', 400],
    ['an address that cannot be read', 'GET http://[ HTTP/1.1\r\nHost: x\r\n\r\n', 400],
    ['an expectation', 'GET /healthz HTTP/1.1\r\nHost: x\r\nExpect: cake\r\n\r\n', 200],
    [
      'an offer of HTTP/2',
      'GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n\r\n',
      200,
    ],
    ['a method that nobody has', 'PROPFIND /graphql HTTP/1.1\r\nHost: x\r\n\r\n', 405],
  ])('%s', async (_case, bytes, status) => {
    const answer = await say(server.url, bytes, /\r\n0\r\n\r\n$|\}$/);
    expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    expect(answer).toMatch(/X-Content-Type-Options: nosniff\r\nCache-Control: no-store/);
  });
});

it('after all this the server answers as before', async () => {
  expect(await organization.owner.query('{ viewer { name } }')).toEqual({ viewer: { name: 'The owner' } });
});
