import { connect, type Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { TestOrganization } from '../../src/testing/test-organization.ts';
import type { TestSeat } from '../../src/testing/test-seat.ts';
import { startTestServer, type TestServer } from '../../src/testing/test-server.ts';
import { connected } from '../platform/server/socket.fixture.ts';
import { RawDatabase } from '../support/raw-database.ts';
import { WatchedPool } from '../support/watched-pool.ts';

// One seat asks for as much as it can, over HTTP and sockets: nobody else is refused anything, and what it has left PostgreSQL does not go on
// with. Whatever reads tags takes as long as the test wants: they are locked.

const POOL = 10;
let server: TestServer;
let seats: TestOrganization;
let owner: RawDatabase;
beforeAll(async () => {
  server = await startTestServer({ poolSize: POOL });
  seats = await server.organization();
  owner = await RawDatabase.open(server.databaseUrl);
  for (const seat of [seats.admin, seats.owner, seats.colleague, seats.customer]) await seat.query('{ viewer { name } }');
});
afterEach(async () => {
  await owner.rows('rollback');
  await expect.poll(held).toBe(0);
  await expect.poll(stuck).toBe(0);
});
afterAll(async () => {
  await owner?.close();
  await server?.stop();
});

const SLOW = '{ contacts { nodes { tags { name } } } }';
const QUICK = '{ viewer { name } contacts { nodes { name } } }';
const held = (): number => server.runtime.pools.requests.totalCount - server.runtime.pools.requests.idleCount;
/** Statements that wait for the lock. */
const stuck = async (): Promise<number> =>
  (
    await owner.rows<{ count: number }>(
      `select count(*)::int from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
    )
  )[0]!.count;
async function lockTags(): Promise<void> {
  await owner.rows('begin');
  await owner.rows('lock table tags in access exclusive mode');
}
const isAsked = (seat: TestSeat, query = SLOW): Promise<unknown> => seat.ask(query).catch(() => undefined);

/** Somebody who has asked for nothing yet: what a seat has spent it is given back with time alone. */
const somebody = async (): Promise<TestSeat> => (await server.organization()).owner;

/** A connection on which a query was sent; closed, its client has gone. */
function send(seat: TestSeat, query: string): Socket {
  const body = JSON.stringify({ query });
  const { hostname, port } = new URL(server.url);
  const head = `POST /graphql HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${seat.token}\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n`;
  const socket = connect(Number(port), hostname);
  socket.on('error', () => {});
  socket.write(head + body);
  return socket;
}

describe('a seat that asks for more than it can be given', () => {
  it('holds a third of the connections; all others are answered meanwhile, and the server is ready', async () => {
    const greedy = seats.owner;
    await lockTags();
    const asked = Array.from({ length: 100 }, () => isAsked(greedy));
    await expect.poll(stuck).toBe(3);
    const others = [seats.admin, seats.colleague, seats.customer];
    for (let i = 0; i < 10; i++)
      for (const other of others) {
        const { errors } = await other.ask(other === seats.customer ? '{ viewer { name } }' : QUICK);
        expect(errors).toEqual([]);
      }
    expect((await fetch(`${server.url}/readyz`)).status).toBe(200);
    expect([held(), server.runtime.connections.shares.waiting.seat]).toEqual([3, 97]);
    await owner.rows('rollback');
    await Promise.all(asked);
  });

  it('is told so, and when to try again, past 250 that wait', async () => {
    const greedy = await somebody();
    await lockTags();
    const asked = Array.from({ length: 253 }, () => isAsked(greedy));
    await expect.poll(() => server.runtime.connections.shares.waiting.seat).toBe(250);
    const { errors } = await greedy.ask(QUICK);
    expect(errors.map(({ message, extensions }) => [extensions, message])).toEqual(
      Array.from({ length: 2 }, () => [
        expect.objectContaining({ code: 'LIMIT_EXCEEDED', retryAfter: 1 }),
        expect.stringContaining('as much under way as one seat may'),
      ]),
    );
    expect((await seats.admin.ask(QUICK)).errors).toEqual([]);
    await owner.rows('rollback');
    await Promise.all(asked);
  });
});

describe('an account with many sessions', () => {
  it('is looked up once a request, and its seat once, whatever the number of aliases', async () => {
    const { phone } = seats.plan.employees[0]!;
    const all = [];
    for (let i = 0; i < 20; i++) all.push(await server.seat(phone, seats.id));
    const [one] = all;
    await one!.query('{ viewer { name } }');
    const [requests, identity] = [new WatchedPool(server.runtime.pools.requests), new WatchedPool(server.runtime.pools.identity)];
    const aliases = Array.from({ length: 5 }, (_, i) => `a${i}: sessions { seat { name } } b${i}: seats { name }`).join(' ');
    const { a4, b4 } = await one!.query(`{ ${aliases} }`);
    expect([a4.length, b4.length]).toEqual([expect.any(Number), 1]);
    expect(a4.length).toBeGreaterThanOrEqual(20);
    expect([identity.connections, requests.connections]).toEqual([2, 2]);
  });
});

describe('what nobody waits for any more', () => {
  it('is cancelled in PostgreSQL where the client has gone, and what waited for its turn is not begun', async () => {
    const greedy = await somebody();
    await lockTags();
    const sockets = Array.from({ length: 12 }, () => send(greedy, SLOW));
    await expect.poll(stuck).toBe(3);
    await expect.poll(() => server.runtime.connections.shares.waiting.seat).toBe(9);
    for (const socket of sockets) socket.destroy();
    await expect.poll(stuck).toBe(0);
    await expect.poll(held).toBe(0);
    expect(server.runtime.connections.shares.waiting.seat).toBe(0);
  });

  it.each(['complete', 'close'])('is cancelled on a socket: %s', async (how) => {
    const socket = await connected(server.url, (await somebody()).token);
    await lockTags();
    socket.subscribe('1', SLOW);
    socket.subscribe('2', SLOW);
    await expect.poll(stuck).toBe(2);
    if (how === 'complete') socket.send({ id: '1', type: 'complete' });
    else socket.socket.terminate();
    await expect.poll(stuck).toBe(how === 'complete' ? 1 : 0);
    socket.socket.terminate();
  });

  it('is done to its end where it is a mutation', async () => {
    const { admin, tagIds } = await server.organization();
    await lockTags();
    const rename = `mutation { renameTag(input: { tagId: "${tagIds[0]}", name: "Kept in mind" }) { __typename } }`;
    const [socket, other] = [send(admin, rename), send(admin, SLOW)];
    await expect.poll(stuck).toBe(2);
    socket.destroy();
    other.destroy();
    await expect.poll(stuck).toBe(1); // the server has seen that both have gone
    await owner.rows('rollback');
    await expect.poll(() => owner.rows(`select 1 from tags where name = 'Kept in mind'`)).toHaveLength(1);
  });
});

describe('a server all of whose connections are taken', () => {
  it('is ready, and believes whom it knows', async () => {
    const { requests, identity } = server.runtime.pools;
    await seats.admin.ask('{ __typename }'); // its use is written down once a minute
    const taken = await Promise.all([
      ...Array.from({ length: POOL }, () => requests.connect()),
      ...Array.from({ length: identity.options.max }, () => identity.connect()),
    ]);
    expect((await fetch(`${server.url}/readyz`)).status).toBe(200);
    expect((await seats.admin.ask('{ __typename }')).data).toEqual({ __typename: 'Query' });
    for (const client of taken) client.release();
  });
});
