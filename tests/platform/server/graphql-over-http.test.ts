import { once } from 'node:events';
import { request as open } from 'node:http';
import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { codesOf, RESPONSE_JSON, serve } from './server.fixture.ts';

const hello = { query: '{ me }' };

describe('answers', () => {
  it('carry the data, in the type that was asked for', async () => {
    const { post } = await serve();
    const plain = await post(hello, { authorization: 'Bearer ann' });
    expect([plain.status, plain.headers.get('content-type')]).toEqual([200, 'application/json; charset=utf-8']);
    expect(await plain.json()).toEqual({ data: { me: 'ann' } });
    const newer = await post(hello, RESPONSE_JSON);
    expect([newer.status, newer.headers.get('content-type')]).toEqual([200, 'application/graphql-response+json; charset=utf-8']);
    expect(await newer.json()).toEqual({ data: { me: 'public' } });
    expect((await post(hello, { accept: 'image/png' })).status).toBe(406);
  });

  it('have the headers of every answer, found or not', async () => {
    const { url, post } = await serve();
    for (const response of [await post(hello), await fetch(`${url}/healthz`), await fetch(`${url}/nowhere`), await post('{')]) {
      expect(response.headers.get('x-content-type-options')).toBe('nosniff');
      expect(response.headers.get('cache-control')).toBe('no-store');
      expect(response.headers.get('x-powered-by') ?? response.headers.get('server')).toBeNull();
      expect(response.headers.get('access-control-allow-origin') ?? response.headers.get('access-control-allow-credentials')).toBeNull();
    }
  });

  it.each([
    ['a fault of grammar', { query: '{' }, 'BAD_REQUEST', 400],
    ['an unknown field', { query: '{ nope }' }, 'BAD_REQUEST', 400],
    ['variables of the wrong type', { query: 'query($n: Int!) { double(of: $n) }', variables: { n: 'x' } }, 'BAD_REQUEST', 400],
    ['a missing variable', { query: 'query($n: Int!) { double(of: $n) }' }, 'BAD_REQUEST', 400],
    ['an unknown operation', { query: 'query A { me }', operationName: 'B' }, 'BAD_REQUEST', 400],
    ['several operations, none named', { query: 'query A { me } query B { me }' }, 'BAD_REQUEST', 400],
    ['a document past its limits', { query: '['.repeat(40_000) }, 'LIMIT_EXCEEDED', 400],
    ['introspection', { query: '{ __schema { queryType { name } } }' }, 'FORBIDDEN', 403],
  ])('%s: refused, 200 or by the specification', async (_name, body, code, status) => {
    const { post } = await serve();
    const plain = await post(body);
    expect(plain.status).toBe(200);
    const { errors, data } = (await plain.json()) as { errors: { extensions: Record<string, unknown> }[]; data?: unknown };
    expect(data).toBeUndefined();
    expect(errors[0]?.extensions).toEqual({ code, requestId: plain.headers.get('x-request-id') });
    const newer = await post(body, RESPONSE_JSON);
    expect([newer.status, await codesOf(newer)]).toEqual([status, [code]]);
  });

  it('refuse a bad token, and let the right seat introspect', async () => {
    const { post } = await serve();
    const bad = await post(hello, { ...RESPONSE_JSON, authorization: 'Bearer bad' });
    expect([bad.status, await codesOf(bad)]).toEqual([401, ['UNAUTHENTICATED']]);
    expect(await (await post({ query: '{ __schema { queryType { name } } }' }, { authorization: 'Bearer chief' })).json()).toHaveProperty(
      'data.__schema',
    );
  });
});

describe('requests', () => {
  it('take JSON only', async () => {
    const { post } = await serve();
    for (const type of [
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
      'text/plain',
      'application/graphql',
      'application/json; charset=latin1',
    ])
      expect((await post('query={me}', { 'content-type': type })).status).toBe(415);
    expect((await post(hello, { 'content-type': 'application/json; charset=utf-8' })).status).toBe(200);
    expect((await post(hello, { 'content-encoding': 'gzip' })).status).toBe(415);
  });

  it.each([
    ['not JSON', '{"query":'],
    ['a batch', [hello, hello]],
    ['no object', '1'],
    ['null', 'null'],
    ['nothing', ''],
    ['no query', {}],
    ['variables that are a list', { ...hello, variables: [] }],
    ['brackets', '['.repeat(40_000)],
  ])('%s: 400 BAD_REQUEST', async (_name, body) => {
    const { post } = await serve();
    const response = await post(body);
    expect([response.status, await codesOf(response)]).toEqual([400, ['BAD_REQUEST']]);
  });

  it('may be as long as the limit and no longer, told beforehand or not', async () => {
    const { post, url } = await serve();
    const body = (length: number) => `{"query":"{ me }","extensions":{"x":"${'x'.repeat(length - 40)}"}}`;
    expect(body(1000)).toHaveLength(1000);
    expect((await post(body(256 * 1024))).status).toBe(200);
    const past = await post(body(256 * 1024 + 1));
    expect([past.status, await codesOf(past)]).toEqual([413, ['LIMIT_EXCEEDED']]);
    const stream = new Blob([body(256 * 1024 + 1)]).stream();
    const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: stream, duplex: 'half' };
    expect((await fetch(`${url}/graphql`, init as RequestInit)).status).toBe(413);
    expect((await post(body(3_000_000))).status).toBe(413);
  });

  it('that stop in the middle of the body are given up', async () => {
    const { port } = await serve({ bodyMs: 50 });
    const request = open({
      port,
      path: '/graphql',
      method: 'POST',
      headers: { 'content-type': 'application/json', 'content-length': 100 },
    });
    request.write('{"query":');
    const [response] = await once(request, 'response');
    expect(response.statusCode).toBe(408);
    request.on('error', () => {});
    request.destroy();
  });

  it('that are no HTTP are answered and closed', async () => {
    const { port } = await serve();
    const socket = connect(port, '127.0.0.1').end('nonsense\r\n\r\n');
    const [answer] = await once(socket, 'data');
    expect(String(answer)).toMatch(/^HTTP\/1.1 400[\s\S]*nosniff/);
  });

  it('by GET are for queries', async () => {
    const { url } = await serve();
    const get = (search: Record<string, string>, headers = {}) => fetch(`${url}/graphql?${new URLSearchParams(search)}`, { headers });
    const query = 'query Q($n: Int!) { double(of: $n) }';
    expect(await (await get({ query, variables: '{"n":4}', operationName: 'Q' })).json()).toEqual({ data: { double: 8 } });
    expect((await get({ query, variables: '{' })).status).toBe(400);
    const mutation = await get({ query: 'mutation { note(text: "x") }' });
    expect([mutation.status, mutation.headers.get('allow'), await codesOf(mutation)]).toEqual([405, 'POST', ['BAD_REQUEST']]);
    expect((await get({ query: 'subscription { ticks }' }, { accept: 'text/event-stream' })).status).toBe(405);
    expect((await fetch(`${url}/graphql`, { method: 'PUT' })).status).toBe(405);
  });
});

describe('errors', () => {
  it('that were not meant for the client are masked, and logged without variables', async () => {
    const { post, log } = await serve();
    const response = await post({ query: 'query Secret($n: Int!) { double(of: $n) broken nothing2: me }', variables: { n: 77777 } });
    const { errors } = (await response.json()) as { errors: { message: string; extensions: object }[] };
    expect(errors).toMatchObject([
      { message: 'Unexpected error.', path: ['broken'], extensions: { code: 'INTERNAL', requestId: response.headers.get('x-request-id') } },
    ]);
    expect(JSON.stringify(errors)).not.toContain('secret');
    expect(log.find(({ msg }) => msg === 'unexpected error')).toMatchObject({
      requestId: response.headers.get('x-request-id'),
      field: 'Query.broken',
      err: { class: 'Error', frames: expect.arrayContaining([expect.stringContaining('schema.fixture.ts')]) },
    });
    expect(JSON.stringify(log)).not.toMatch(/77777|13800000003|secret/);
  });

  it("that are the server's own fault are INTERNAL also where graphql words them", async () => {
    const { post } = await serve();
    const response = await post({ query: '{ nothing }' }, RESPONSE_JSON);
    expect([response.status, await codesOf(response)]).toEqual([200, ['INTERNAL']]);
  });

  it('that are refusals keep their message, code and facts', async () => {
    const { post } = await serve();
    const { errors } = (await (await post({ query: '{ forbidden }' })).json()) as { errors: object[] };
    expect(errors).toMatchObject([{ message: 'Not yours.', extensions: { code: 'FORBIDDEN', right: 'x' } }]);
  });

  it('beyond 50 are counted', async () => {
    const { post } = await serve();
    const answer = (await (await post({ query: '{ many { no } }' })).json()) as { errors: object[]; extensions: object };
    expect(answer.errors).toHaveLength(50);
    expect(answer.extensions).toEqual({ refusals: 10 });
  });

  it('come when the time is up', async () => {
    const { post } = await serve({ requestMs: 50 });
    expect(await codesOf(await post({ query: '{ never }' }))).toEqual(['LIMIT_EXCEEDED']);
  });

  it('of variables nested without end harm nothing', async () => {
    const { post } = await serve();
    const response = await post(
      `{"query":"query($n: Int!) { double(of: $n) }","variables":{"n":${'['.repeat(100_000)}${']'.repeat(100_000)}}}`,
    );
    expect(await codesOf(response)).toEqual(['BAD_REQUEST']);
  });
});
