import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestOrganization } from '../../src/testing/test-organization.ts';
import { startTestServer, type TestServer } from '../../src/testing/test-server.ts';
import { RawDatabase } from '../support/raw-database.ts';
import { WatchedPool } from '../support/watched-pool.ts';

const SECOND = 1_000;
const WHO = '{ viewer { name } }';

let now = Date.now();
let server: TestServer;
let own: TestOrganization;
let identity: WatchedPool;
let requests: WatchedPool;
let database: RawDatabase;
beforeAll(async () => {
  server = await startTestServer({ now: () => new Date(now), poolSize: 1 }); // what is asked later is answered later
  own = await server.organization();
  identity = new WatchedPool(server.runtime.pools.identity);
  requests = new WatchedPool(server.runtime.pools.requests);
  database = await RawDatabase.open(server.databaseUrl);
});
afterAll(async () => {
  await database.close();
  await server.stop();
});

const lookedUp = (): number => identity.statements.filter((text) => text.includes('session.token_hash = $1')).length;
const factsAsked = (): number => requests.statements.filter((text) => text.includes('"admin_rights"')).length;
const pass = (seconds: number): void => {
  now += seconds * SECOND;
};

describe('who goes on asking', () => {
  it('is remembered for half a minute, and found anew within the next, once, while the answer is what was remembered', async () => {
    await own.owner.query(WHO);
    identity.forget();
    requests.forget();
    pass(29);
    await own.owner.query(WHO);
    expect(lookedUp()).toBe(0);
    pass(30);
    await Promise.all(Array.from({ length: 5 }, () => own.owner.query(WHO)));
    await expect.poll(factsAsked).toBe(1);
    await own.owner.query(WHO);
    expect(lookedUp()).toBe(1);
    pass(29);
    await own.owner.query(WHO);
    expect(lookedUp()).toBe(1);
  });

  it('is looked up first after a minute of silence', async () => {
    pass(61);
    identity.forget();
    await own.owner.query(WHO);
    expect(lookedUp()).toBe(1);
  });

  it('is told so where the session has grown too old meanwhile', async () => {
    const { admin } = own;
    await admin.query(WHO);
    await database.rows(
      'update identity.sessions set expires_at = $2 where seat_id = (select id from employees where name = $1 and organization_id = $3)',
      ['The admin', new Date(now + SECOND), own.id],
    );
    pass(59);
    await expect.poll(async () => (await admin.ask(WHO)).errors[0]?.extensions.code).toBe('UNAUTHENTICATED');
  });
});
