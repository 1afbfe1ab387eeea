import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestOrganization } from '../../src/testing/test-organization.ts';
import { startTestServer, type TestServer } from '../../src/testing/test-server.ts';
import { serve } from '../platform/server/server.fixture.ts';
import { say } from '../support/raw-connection.ts';
import { bearer, post } from './attack.fixture.ts';

// Names that mean something to JavaScript, and headers that mean something to whoever reads them next.

let server: TestServer;
let seats: TestOrganization;
beforeAll(async () => {
  server = await startTestServer();
  seats = await server.organization();
});
afterAll(() => server?.stop());

const isClean = (): void => {
  expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  expect(Object.keys(Object.prototype)).toEqual([]);
};

describe('a name that JavaScript knows', () => {
  const TRAPS = [
    '{"__proto__":{"polluted":1}}',
    '{"constructor":{"prototype":{"polluted":1}}}',
    '{"prototype":{"polluted":1}}',
    '{"toString":1,"valueOf":1,"hasOwnProperty":1}',
    '{"then":"x"}',
    '{"toJSON":"x"}',
  ];
  it.each(TRAPS)('changes nothing as variables or members of a request: %s', async (trap) => {
    const query = JSON.stringify('query ($v: String) { viewer { name } contacts(search: $v) { totalCount } }');
    for (const body of [
      `{"query":${query},"variables":${trap}}`,
      `{"query":${query},"extensions":${trap}}`,
      `{"query":${query},${trap.slice(1)}`,
    ]) {
      const { text } = await post(server.url, body, bearer(seats.owner.token));
      expect(text).toMatch(/^{"data":{"viewer":{"name":"The owner"},"contacts":{"totalCount":\d+}}}$/);
    }
    isClean();
  });

  it.each(TRAPS)('is an unknown name as an input, a filter, settings or answers: %s', async (trap) => {
    for (const [query, variables] of [
      ['mutation ($v: AddContactInput!) { addContact(input: $v) { __typename } }', trap],
      ['query ($v: ContactFilter) { contacts(where: $v) { totalCount } }', trap],
    ]) {
      const { codes } = await post(
        server.url,
        `{"query":${JSON.stringify(query)},"variables":{"v":${variables}}}`,
        bearer(seats.admin.token),
      );
      expect(new Set(codes)).toEqual(new Set(['BAD_REQUEST']));
    }
    const settings =
      'mutation ($v: JSON!) { updatePluginSettings(input: { plugin: "ordering", settings: $v }) { __typename ... on UserError { code } } }';
    const { text } = await post(server.url, `{"query":${JSON.stringify(settings)},"variables":{"v":${trap}}}`, bearer(seats.admin.token));
    expect(text).toContain('VALIDATION_FAILED');
    isClean();
  });

  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])(
    'is no operation, no plugin, no number and no id: %s',
    async (name) => {
      const { admin } = seats;
      const { codes } = await post(server.url, JSON.stringify({ query: 'query A { viewer { name } }', operationName: name }));
      expect(codes).toEqual(['BAD_REQUEST']);
      const plugin = `mutation { switchPlugin(input: { plugin: "${name}", enabled: false }) { __typename ... on UserError { code } } }`;
      expect(JSON.stringify(await admin.ask(plugin))).toMatch(/VALIDATION_FAILED|NOT_FOUND/);
      const asked = `{ businessForm(number: "${name}") { id } node(id: "${name}") { id } ${name}: viewer { id } }`;
      const { text } = await post(server.url, JSON.stringify({ query: asked }), bearer(admin.token));
      expect(text).toBe(`{"data":{"businessForm":null,"node":null,"${name}":{"id":"${admin.id}"}}}`);
      isClean();
    },
  );
});

describe('a header', () => {
  it.each([
    ['a line more', 'abcdefgh\r\nSet-Cookie: a=b'],
    ['a line more, bare', 'abcdefgh\nSet-Cookie: a=b'],
    ['a line more, encoded', 'abcdefgh%0d%0aSet-Cookie: a=b'],
    ['markup', '<script>alert(1)</script>'],
    ['a colour of the terminal', 'abcdefgh\u001b[31m'],
    ['another script', 'ａｂｃｄｅｆｇｈ'],
    ['too many letters', 'a'.repeat(65)],
    ['a number of somebody', '13800000003'],
    ['a quote', 'abcdefgh"}'],
  ])('X-Request-Id with %s is not given back, nor written down', async (_, id) => {
    const { url, log } = await serve();
    const body = '{"query":"{ requestId }"}';
    const said = await say(
      url,
      `POST /graphql HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\nX-Request-Id: ${id}\r\n\r\n${body}`,
    );
    const [headers = ''] = said.split('\r\n\r\n');
    expect(headers).not.toMatch(/^set-cookie/im);
    expect(said).not.toContain(id);
    expect(JSON.stringify(log)).not.toContain(JSON.stringify(id).slice(1, -1));
  });

  it.each([
    ['of an operation with a line more', 'A\nB'],
    ['of an operation in colour', '\u001b[31mA'],
    ['of an operation of a thousand letters', 'A'.repeat(1_000)],
  ])('%s leads to no line of the log', async (_, operationName) => {
    const { log, post: ask } = await serve();
    await ask({ query: 'query A { me }', operationName });
    expect(JSON.stringify(log)).not.toContain(JSON.stringify(operationName).slice(1, -1));
  });

  it.each([
    ['Accept', ','.repeat(12_000)],
    ['Accept', 'application/json;q='.concat('9'.repeat(12_000))],
    ['Accept-Language', 'zh-'.repeat(4_000)],
    ['Accept-Language', '\u00ff'.repeat(4_000)],
    ['Content-Type', `application/json${' ;'.repeat(6_000)}`],
    ['Content-Encoding', 'gzip, '.repeat(2_000)],
    ['Sec-Fetch-Site', 'x'.repeat(12_000)],
    ['Origin', `http://${'a.'.repeat(6_000)}x`],
    ['Cookie', 'a=b; '.repeat(2_400)],
    ['X-Forwarded-For', '10.0.0.1, '.repeat(1_200)],
  ])('%s of many letters is answered', async (name, value) => {
    const { status } = await post(server.url, '{"query":"{ viewer { name } }"}', { [name]: value });
    expect([200, 403, 406, 415]).toContain(status);
  });
});
