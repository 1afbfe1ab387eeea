import pino from 'pino';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { keepHouse, startHousekeeping } from '../../src/app/housekeeping.ts';
import type { TestOrganization } from '../../src/testing/test-organization.ts';
import { startTestServer, type TestServer } from '../../src/testing/test-server.ts';
import { placeOrder } from '../support/form-moves.ts';
import { inSteps } from '../support/in-steps.ts';
import { formsNow } from '../support/live-places.ts';
import { RawDatabase } from '../support/raw-database.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const START = Date.parse('2026-06-01T08:00:00Z');
const silent = pino({ level: 'silent' });
const MY_FORMS = 'subscription ($after: EventCursor) { myForms(after: $after) { customerState } }';

let now = START;
let server: TestServer;
let own: TestOrganization;
let database: RawDatabase;
beforeAll(async () => {
  server = await startTestServer({ now: () => new Date(now) });
  own = await server.organization();
  database = await RawDatabase.open(server.databaseUrl);
});
afterAll(async () => {
  await database.close();
  await server.stop();
});
afterEach(() => vi.useRealTimers());

const count = async (table: string, where = 'true'): Promise<number> =>
  (await database.rows<{ n: number }>(`select count(*)::int as n from ${table} where ${where}`))[0]!.n;
/** But for those of inboxes, which are told in their own time. */
const events = (where = 'true'): Promise<number> => count('events', `topic <> 'NOTIFICATION' and ${where}`);
const keys = (): Promise<number> => count('idempotency_keys', `key like 'chore-%'`);
const cursor = (): Promise<string> => formsNow(server, own.customer);
const order = (key: string): Promise<string> => placeOrder(own.customer, key);

inSteps('housekeeping', () => {
  it('deletes events and keys after 72 hours, not before; who was away for longer reads afresh', async () => {
    now = START;
    const early = await cursor();
    await order('chore-1');
    const first = await events();
    now = START + HOUR;
    await order('chore-2');
    const later = await cursor();
    const numbered = await events('seq is not null');

    now = START + 72 * HOUR;
    await keepHouse(server.runtime, silent);
    expect([await keys(), await events()]).toEqual([2, numbered]);

    now = START + 72 * HOUR + 1;
    await keepHouse(server.runtime, silent);
    expect(await keys()).toBe(1);
    expect(await events()).toBe(numbered - first);
    await expect(own.customer.follow(MY_FORMS, { after: early }).next()).rejects.toThrow('RESYNC_REQUIRED');
    const live = own.customer.follow<{ customerState: string }>(MY_FORMS, { after: later });
    await placeOrder(own.customer);
    expect(await live.next()).toEqual({ customerState: 'RECEIVED' });
    await live.stop();

    now = START + 74 * HOUR;
    await keepHouse(server.runtime, silent);
    expect(await keys()).toBe(0);
    // the place that was read after the last of the deleted ones is still a place
    const again = own.customer.follow<{ customerState: string }>(MY_FORMS, { after: later });
    expect(await again.next()).toEqual({ customerState: 'RECEIVED' });
    await again.stop();
  });

  it('deletes sessions past their last day', async () => {
    now = START + 80 * DAY;
    await server.seat(own.plan.contacts[0]!.phone, own.id);
    const sessions = await count('identity.sessions');
    now = START + 91 * DAY;
    await keepHouse(server.runtime, silent);
    expect(sessions).toBeGreaterThan(1);
    expect(await count('identity.sessions')).toBe(1);
  });

  it('is done when the server starts, and then every hour until it stops', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const sessions = () => count('identity.sessions');
    const outlive = async (): Promise<void> => {
      await server.seat(own.plan.contacts[0]!.phone, own.id);
      now += 91 * DAY;
    };
    await outlive();
    const stop = startHousekeeping(server.runtime, silent);
    await expect.poll(sessions).toBe(0);
    await outlive();
    vi.advanceTimersByTime(HOUR - 1);
    expect(await sessions()).toBe(1);
    vi.advanceTimersByTime(1);
    await expect.poll(sessions).toBe(0);
    await outlive();
    await stop();
    vi.advanceTimersByTime(HOUR);
    expect(await sessions()).toBe(1);
  });

  it('goes on with the rest where one chore fails, and says which', async () => {
    const lines: string[] = [];
    const logger = pino({ level: 'error' }, { write: (line: string) => void lines.push(line) });
    const broken = { ...server.runtime.pools, worker: { query: () => Promise.reject(new Error('gone')) } } as never;
    await server.seat(own.plan.contacts[0]!.phone, own.id);
    now += 91 * DAY;
    await keepHouse({ ...server.runtime, pools: broken }, logger);
    expect(lines.map((line) => JSON.parse(line).msg)).toEqual([
      'could not see to old events',
      'could not see to old idempotency keys',
      'could not see to files that hang on nothing',
    ]);
    expect(await count('identity.sessions')).toBe(0);
  });
});
