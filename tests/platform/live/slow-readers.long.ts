import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decodeGlobalId } from '../../../src/platform/schema/global-id.ts';
import type { TestOrganization } from '../../../src/testing/test-organization.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { placeOrder } from '../../support/form-moves.ts';
import { formsNow } from '../../support/live-places.ts';
import { type ManyEvents, placeAt, writeEvents } from '../../support/many-events.ts';
import { RawDatabase } from '../../support/raw-database.ts';
import { connected, type TestSocket } from '../server/socket.fixture.ts';

// Promise 8, over real connections: who does not read has a bounded number of events waiting, and costs whoever reads nothing.

/** What makes an event so large that a connection which nobody reads is soon full. */
const LARGE = 'x'.repeat(15_000);
const SLOW = `subscription { myForms { ${LARGE}: at } }`;
const QUICK = 'subscription { myForms { at } }';
const [AT_ONCE, TOTAL] = [500, 3_000];

let server: TestServer;
let own: TestOrganization;
let database: RawDatabase;
let events: ManyEvents;
beforeAll(async () => {
  server = await startTestServer();
  own = await server.organization();
  const formId = decodeGlobalId('BusinessForm', await placeOrder(own.customer));
  await formsNow(server, own.customer);
  database = await RawDatabase.open(server.databaseUrl);
  await database.rows('set session_replication_role = replica'); // nobody checks the foreign keys of thousands of events
  events = { organizationId: own.id, stream: decodeGlobalId('Contact', own.customer.id), formId };
});
afterAll(async () => {
  await database.close();
  await server.stop();
});

let written = 0;
async function write(count: number): Promise<void> {
  await writeEvents(database, events, written, count);
  server.runtime.hub.wake();
  written += count;
}
const counted = (from: number, count: number): number[] => Array.from({ length: count }, (_, i) => from + i);
const placeIn = (data: unknown): number =>
  placeAt(Object.values((data as { data: Record<string, { [alias: string]: string }> }).data)[0]![LARGE]!);

const following = async (): Promise<number> =>
  Number(/^graphql_active_subscriptions (\d+)$/m.exec(await server.runtime.metrics.metrics())![1]);
/** Subscribes and waits until it is told of what comes. */
async function subscribe(socket: TestSocket, id: string, query: string): Promise<void> {
  const before = await following();
  socket.subscribe(id, query);
  await expect.poll(following).toBe(before + 1);
}

/** A socket that reads what is written, and has to get all of it while others do not read. */
async function quickly(count: number): Promise<void> {
  const socket = await connected(server.url, own.customer.token);
  await subscribe(socket, 'quick', QUICK);
  await write(1);
  const first = await placeOf(socket);
  const places = [first];
  for (let left = count; left > 0; left -= AT_ONCE) {
    await write(AT_ONCE);
    for (let i = 0; i < AT_ONCE; i++) places.push(await placeOf(socket));
  }
  expect(places).toEqual(counted(first, count + 1));
  socket.socket.terminate();
}
const placeOf = async (socket: TestSocket): Promise<number> =>
  placeAt(((await socket.next()).payload as { data: { myForms: { at: string } } }).data.myForms.at);

/** Places without a gap, up to where a subscription broke off. */
function expectToBreakOff(places: readonly number[], codes: readonly string[]): void {
  expect(places).toEqual(counted(places[0]!, places.length));
  expect(places.length).toBeLessThan(TOTAL);
  expect(codes).toEqual(['RESYNC_REQUIRED']);
}
const codesIn = (errors: unknown): string[] => (errors as { extensions: { code: string } }[]).map(({ extensions }) => extensions.code);

describe('who does not read', () => {
  it('over a socket is told to read afresh, and may follow again; who reads gets everything meanwhile', async () => {
    const slow = await connected(server.url, own.customer.token);
    await subscribe(slow, 'slow', SLOW);
    await write(1);
    const places = [placeIn((await slow.next()).payload)];
    slow.socket.pause();
    await quickly(TOTAL);
    slow.socket.resume();
    let message = await slow.next();
    for (; message.type === 'next'; message = await slow.next()) places.push(placeIn(message.payload));
    expectToBreakOff(places, codesIn(message.payload));
    await subscribe(slow, 'again', QUICK);
    await write(1);
    expect(await slow.next()).toMatchObject({ id: 'again', type: 'next' });
    slow.socket.terminate();
  });

  it('over an event stream is told so as well, and the stream ends', async () => {
    const headers = { 'content-type': 'application/json', accept: 'text/event-stream', authorization: `Bearer ${own.customer.token}` };
    const asked = request(`${server.url}/graphql`, { method: 'POST', headers }).end(JSON.stringify({ query: SLOW }));
    const [slow]: IncomingMessage[] = await once(asked, 'response');
    await write(1);
    await once(slow!.setEncoding('utf8'), 'data');
    slow!.pause();
    await quickly(TOTAL);
    const read = (await slow!.toArray()).join('');
    const data = [...read.matchAll(/^data: (\{.*\})$/gm)].map(([, text]) => JSON.parse(text!));
    const last = data.pop();
    expectToBreakOff(data.map(placeIn), codesIn(last.errors));
  });
});
