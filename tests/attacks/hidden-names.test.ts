import { Registry } from 'prom-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startGraphqlServer } from '../../src/app/graphql-server.ts';
import { createLogger } from '../../src/platform/log/logger.ts';
import type { RunningServer } from '../../src/platform/server/index.ts';
import { patientLimits } from '../../src/testing/patience.ts';
import type { TestOrganization } from '../../src/testing/test-organization.ts';
import { startTestServer, type TestServer } from '../../src/testing/test-server.ts';
import { connected } from '../platform/server/socket.fixture.ts';
import { bearer, post } from './attack.fixture.ts';

// Names are shown to seats that may introspect, and suggested to nobody else, wherever something is misspelt (targets 2).

let server: TestServer;
let seats: TestOrganization;
/** The same server without a demo: there contacts may not introspect. */
let real: RunningServer;
beforeAll(async () => {
  server = await startTestServer();
  seats = await server.organization();
  real = await startGraphqlServer({
    runtime: server.runtime,
    host: '127.0.0.1',
    port: 0,
    demo: false,
    allowedOrigins: [],
    limits: patientLimits,
    logger: createLogger('silent'),
    metrics: new Registry(),
  });
});
afterAll(async () => {
  await real?.stop();
  await server?.stop();
});

const CONFIRM = 'mutation ($input: ConfirmFormInput!) { confirmForm(input: $input) { __typename } }';
const FIND = 'query ($where: BusinessFormFilter) { myForms(where: $where) { totalCount } }';
const MISSPELT: readonly [string, string, object?][] = [
  ['a field', '{ viewr { name } }'],
  ['a field of an interface', '{ viewer { nam } }'],
  ['a field of one type of an interface', '{ viewer { phone } }'],
  ['an argument', '{ myForms(firs: 1) { totalCount } }'],
  ['an argument of a directive', '{ viewer @include(iff: true) { name } }'],
  ['a directive', '{ viewer @includ(if: true) { name } }'],
  ['a type', '{ viewer { ... on Contac { name } } }'],
  ['the type of a variable', 'query ($id: IDD) { viewer { name } }'],
  ['a fragment', '{ ...Fielt } fragment Field on Query { viewer { name } }'],
  ['a value of an enum', '{ myForms(where: { state: { equals: IN_REVIE } }) { totalCount } }'],
  ['a value of an enum, as a text', '{ myForms(orderBy: [{ field: "CREATED_AT", direction: ASC }]) { totalCount } }'],
  ['a field of an input', '{ myForms(where: { kin: { equals: "x" } }) { totalCount } }'],
  ['a required field of an input', 'mutation { confirmForm(input: { formI: "x" }) { __typename } }'],
  ['a selection where there is none', '{ myForms }'],
  ['a field of a variable', CONFIRM, { input: { formI: 'x' } }],
  ['a field of a field of a variable', FIND, { where: { kind: { equal: 'x' } } }],
  ['a value of an enum in a variable', FIND, { where: { state: { equals: 'IN_REVIE' } } }],
  ['another type in a variable', FIND, { where: { state: 'x' } }],
  ['an operation', 'query Forms { viewer { name } }', undefined],
];

describe.each(MISSPELT)('who misspells %s', (_, query, variables) => {
  const body = JSON.stringify({ query, variables, operationName: query.includes('query Forms') ? 'Form' : undefined });
  const said = async (url: string, token: string | undefined): Promise<string> => {
    const { text, codes } = await post(url, body, token ? bearer(token) : {});
    expect(new Set(codes)).toEqual(new Set(['BAD_REQUEST']));
    return text;
  };

  it('is told no name without a seat, nor as a contact, over HTTP or on a socket', async () => {
    for (const token of [undefined, seats.customer.token]) expect(await said(real.url, token)).not.toContain('Did you mean');
    const socket = await connected(real.url, seats.customer.token);
    socket.send({ id: '1', type: 'subscribe', payload: JSON.parse(body) });
    const { type, payload } = await socket.next();
    expect(type).toBe('error');
    expect(JSON.stringify(payload)).not.toContain('Did you mean');
    socket.socket.terminate();
    expect(await said(server.url, undefined)).not.toContain('Did you mean');
  });
});

describe('suggestions and introspection', () => {
  const HINTED = ['a field', 'an argument', 'a type', 'a field of an input', 'a value of an enum'];
  it.each(MISSPELT.filter(([name]) => HINTED.includes(name)))('help an employee who misspells %s', async (_, query) => {
    const { text } = await post(
      real.url,
      JSON.stringify({ query: query.replaceAll('myForms', 'businessForms') }),
      bearer(seats.owner.token),
    );
    expect(text).toContain('Did you mean');
  });

  const SCHEMA = JSON.stringify({ query: '{ __schema { queryType { name } } }' });
  it.each<[string, () => [url: string, token: string | undefined], boolean]>([
    ['an employee', () => [real.url, seats.owner.token], true],
    ['a contact', () => [real.url, seats.customer.token], false],
    ['nobody', () => [real.url, undefined], false],
    ['a contact of a demo', () => [server.url, seats.customer.token], true],
    ['nobody on a demo', () => [server.url, undefined], false],
  ])('for %s', async (_, asked, isAllowed) => {
    const [url, token] = asked();
    const { codes } = await post(url, SCHEMA, token ? bearer(token) : {});
    expect(codes).toEqual(isAllowed ? [] : ['FORBIDDEN']);
  });
  it('of __typename alone are for anybody', async () => {
    expect((await post(real.url, '{"query":"{ __typename }"}')).text).toBe('{"data":{"__typename":"Query"}}');
  });
});
