import { serverAudits } from 'graphql-http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../../src/testing/test-server.ts';

// The audits of graphql-http, the reference implementation of the GraphQL-over-HTTP specification, each for a seat that may introspect and
// for nobody. Those that ask `__type` are refused to nobody (targets 2); they are asserted as such.

let server: TestServer;
let token: string;
beforeAll(async () => {
  server = await startTestServer();
  token = (await server.organization()).owner.token!;
});
afterAll(() => server.stop());

type Fetch = typeof fetch;
const auditsFor = (ask: Fetch) => serverAudits({ url: () => `${server.url}/graphql`, fetchFn: ask });
const asEmployee: Fetch = (address, init) => fetch(address, { ...init, headers: { ...init?.headers, authorization: `Bearer ${token}` } });

/** Audits that want an answer to a document with `__type`. */
const INTROSPECTING = ['2EA1', '28B9', 'D6D5', '6A70'];
const introspects = ([name]: readonly [string, unknown]): boolean => INTROSPECTING.includes(name.slice(0, 4));
const named = (ask: Fetch) => auditsFor(ask).map(({ id, name, fn }) => [`${id} ${name}`, fn] as const);

describe('an employee', () => {
  it.each(named(asEmployee))('%s', async (_, audit) => {
    expect(await audit()).toMatchObject({ status: 'ok' });
  });
});

describe('nobody', () => {
  it.each(named(fetch).filter((one) => !introspects(one)))('%s', async (_, audit) => {
    expect(await audit()).toMatchObject({ status: 'ok' });
  });

  it.each(named(fetch).filter(introspects))('may not introspect: %s', async (_, audit) => {
    const result = await audit();
    const { response } = result as { response: Response };
    expect(result).toMatchObject({ status: expect.stringMatching(/^(notice|warn|error)$/) });
    const { errors } = (await response.json()) as { errors: { extensions: { code: string } }[] };
    expect(errors.map(({ extensions }) => extensions.code)).toEqual(['FORBIDDEN']);
  });
});

it('there are as many audits as were read for this file, of every level', () => {
  const levels = Object.entries(Object.groupBy(auditsFor(fetch), ({ name }) => /^(MUST|SHOULD|MAY)/.exec(name)![0]));
  expect(Object.fromEntries(levels.map(([level, audits]) => [level, audits!.length]))).toEqual({ MUST: 13, SHOULD: 23, MAY: 25 });
});
