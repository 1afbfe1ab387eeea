import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { TestSeat } from '../../../src/testing/test-seat.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { KnownValues } from '../../support/naive/values.ts';
import { Random, seedOf } from '../../support/random.ts';
import { randomDocument } from '../../support/random-document.ts';
import { type RandomOrganization, randomOrganization } from '../../support/random-organization.ts';

// What takes the short way is answered as it is by the pipeline, to the byte: status, headers and body.

const SEED = seedOf(11);
const DOCUMENTS = 40;
const NOW = new Date('2026-06-01T08:00:00.000Z');
const TYPES = ['application/json', 'application/graphql-response+json', '*/*'];
let short: TestServer;
let long: TestServer;
/** How many operations of the first server the pipeline has executed. */
let piped = 0;
let client: pg.Client;
let organization: RandomOrganization;
beforeAll(async () => {
  const counting = { plugin: { onExecute: () => void piped++ }, operations: ['Nothing'] };
  short = await startTestServer({ now: () => NOW, yoga: [counting] });
  long = await startTestServer({ now: () => NOW, databaseUrl: short.databaseUrl, lane: false });
  client = new pg.Client({ connectionString: short.databaseUrl });
  await client.connect();
  organization = await randomOrganization(short, client, new Random(SEED), { now: NOW, contacts: 20 });
});
afterAll(async () => {
  await client?.end();
  await long?.stop();
  await short?.stop();
});

/** What tells one request from another. */
const OWN_HEADERS = new Set(['x-request-id', 'date']);
async function told(server: TestServer, seat: TestSeat | undefined, body: object, accept: string): Promise<unknown> {
  const authorization = seat?.token ? { authorization: `Bearer ${seat.token}` } : undefined;
  const headers = { 'content-type': 'application/json', accept, ...authorization };
  const response = await fetch(`${server.url}/graphql`, { method: 'POST', headers, body: JSON.stringify(body) });
  const requestId = response.headers.get('x-request-id')!;
  const text = (await response.text()).replaceAll(requestId, 'REQUEST');
  return [response.status, [...response.headers].filter(([name]) => !OWN_HEADERS.has(name)), text];
}

/** The first time its text is new, the second it is known; the third server has no short way. */
async function alike(seat: TestSeat | undefined, body: object, accept: string): Promise<void> {
  const expected = await told(long, seat, body, accept);
  for (let time = 0; time < 2; time++) expect(await told(short, seat, body, accept), JSON.stringify(body)).toEqual(expected);
}

it.each(['EMPLOYEE', 'CONTACT'] as const)('random documents of %s', async (kind) => {
  const random = new Random(SEED);
  const values = new KnownValues(random, [organization.rows]);
  const schema = short.runtime.schemas[kind === 'EMPLOYEE' ? 'staff' : 'portal'];
  const askers = organization.askers.filter(({ naive }) => naive.kind === kind);
  const before = piped;
  for (let n = 0; n < DOCUMENTS; n++) {
    const made = randomDocument(schema, random, values);
    await alike(random.pick(askers).seat, { query: made.text, variables: made.variables() }, TYPES[n % TYPES.length]!);
  }
  expect(piped - before).toBeLessThanOrEqual(DOCUMENTS); // the second time none was the pipeline's
});

const NAMELESS = { query: 'query A { viewer { name } } query B { organization { name } }' };
it.each([
  ['nothing signed in', undefined, { query: '{ contacts { nodes { name } } viewer { name } }' }],
  ['a field that is refused', 'CONTACT', { query: '{ contacts { nodes { name } } }' }],
  ['one of two operations', 'EMPLOYEE', { ...NAMELESS, operationName: 'B' }],
  ['none of two operations', 'EMPLOYEE', NAMELESS],
  ['a variable of a wrong type', 'EMPLOYEE', { query: 'query ($n: Int) { contacts(first: $n) { nodes { id } } }', variables: { n: 'x' } }],
  ['a page that is too long', 'EMPLOYEE', { query: '{ contacts(first: 101) { nodes { id } } }' }],
  ['what is computed', 'EMPLOYEE', { query: '{ contacts { nodes { phoneFormatted } } permissions { name } }' }],
  [
    'a mutation that is refused',
    'EMPLOYEE',
    { query: 'mutation { addContact(input: { name: "" }) { __typename ... on UserError { message code path } } }' },
  ],
  ['a mutation of nobody', undefined, { query: 'mutation { addContact(input: { name: "x", phone: "+8613912345678" }) { __typename } }' }],
] as const)('%s', async (_, kind, body) => {
  const seat = organization.askers.find(({ naive }) => naive.kind === kind)?.seat;
  for (const accept of TYPES) await alike(seat, body, accept);
});

it('a mutation that is done once is answered alike ever after', async () => {
  const admin = organization.askers.find(({ naive }) => naive.kind === 'EMPLOYEE')!.seat;
  const query = `mutation Add($key: String) { addContact(input: { name: "Short", phone: "+8613987654321", idempotencyKey: $key }) {
    __typename ... on AddContactSuccess { contact { id name phone createdAt } } ... on UserError { message } } }`;
  const body = { query, variables: { key: 'short-way' } };
  const first = await told(short, admin, body, TYPES[0]!);
  expect(await told(long, admin, body, TYPES[0]!)).toEqual(first);
  expect(await told(short, admin, body, TYPES[0]!)).toEqual(first);
});
