import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { TestOrganization } from '../../../src/testing/test-organization.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { RawDatabase } from '../../support/raw-database.ts';
import { connected, type TestSocket } from '../server/socket.fixture.ts';
import { bellPlugin } from './bell.plugin.ts';

// Promise 2, for what is decided before any row is read: the rule of a subscription, the rule of a field of its events, the plugin of both.

const RING = 'mutation { ringBell { __typename } }';
const [ALL, ADMINS] = ['subscription { bells { kind ringer } }', 'subscription { adminBells { kind ringer } }'];
const COMPLETE = { id: 'live', type: 'complete' };

let server: TestServer;
let database: RawDatabase;
let own: TestOrganization;
beforeAll(async () => {
  server = await startTestServer({ plugins: [bellPlugin] });
  database = await RawDatabase.open(server.databaseUrl);
});
beforeEach(async () => {
  own = await server.organization();
});
afterAll(async () => {
  await database.close();
  await server.stop();
});

/** A socket of the admin that has heard the bell once. */
async function hearing(query: string): Promise<TestSocket> {
  const socket = await connected(server.url, own.admin.token);
  socket.subscribe('live', query);
  let heard: unknown;
  void socket.next().then((first) => {
    heard = first;
  });
  const ring = async (): Promise<unknown> => {
    await own.colleague.does(RING);
    return heard;
  };
  await expect.poll(ring).toBeDefined();
  expect(heard).toMatchObject({ payload: { data: { [query === ALL ? 'bells' : 'adminBells']: { kind: 'RUNG', ringer: 'somebody' } } } });
  return socket;
}
/** The next message that is not one of the rings before. */
async function nextOtherThan(socket: TestSocket, ringer: string): Promise<unknown> {
  for (;;) {
    const message = (await socket.next()) as { payload?: { data?: Record<string, { ringer: string }> } };
    if (Object.values(message.payload?.data ?? {})[0]?.ringer !== ringer) return message;
  }
}
const takeRight = () => database.rows(`delete from admin_rights where organization_id = $1 and admin_right = 'CONTACTS'`, [own.id]);
const switchOff = () =>
  database.rows(`insert into plugin_states (organization_id, plugin, enabled, updated_at) values ($1, 'bell', false, now())`, [own.id]);

describe('a subscription that a right is needed for', () => {
  it('completes when the right is taken away', async () => {
    const live = await hearing(ADMINS);
    await takeRight();
    expect(await nextOtherThan(live, 'somebody')).toEqual(COMPLETE);
    live.socket.terminate();
  });
});

describe('a subscription for everybody', () => {
  it('goes on when the right is taken away, without what only that right may read', async () => {
    const live = await hearing(ALL);
    await takeRight();
    await expect
      .poll(async () => (await own.admin.ask('{ contacts(list: ORGANIZATION) { totalCount } }')).errors[0]?.extensions.code)
      .toBe('FORBIDDEN');
    await own.colleague.does(RING);
    expect(await nextOtherThan(live, 'somebody')).toMatchObject({
      type: 'next',
      payload: {
        data: { bells: { kind: 'RUNG', ringer: null } },
        errors: [{ path: ['bells', 'ringer'], extensions: { code: 'FORBIDDEN' } }],
      },
    });
    live.socket.terminate();
  });
});

describe('subscriptions of a plugin', () => {
  it.each([ALL, ADMINS])('complete when it is switched off: %s', async (query) => {
    const live = await hearing(query);
    await switchOff();
    expect(await nextOtherThan(live, 'somebody')).toEqual(COMPLETE);
    live.socket.terminate();
  });
});
