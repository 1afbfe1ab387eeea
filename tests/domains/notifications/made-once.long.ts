import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestOrganization } from '../../../src/testing/test-organization.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { placeOrder } from '../../support/form-moves.ts';
import { RawDatabase } from '../../support/raw-database.ts';
import { added, TRANSFER } from '../contacts/contact.fixture.ts';
import { INBOX, inboxOf } from './inbox.fixture.ts';

const MAKER = fileURLToPath(new URL('./maker.process.ts', import.meta.url));
let server: TestServer;
let own: TestOrganization;
let database: RawDatabase;
beforeAll(async () => {
  server = await startTestServer({ poolSize: 20 });
  await server.runtime.notifications.stop();
  own = await server.organization();
  database = await RawDatabase.open(server.databaseUrl);
});
afterAll(async () => {
  await database?.close();
  await server?.stop();
});
const count = async (table: string, where = 'true'): Promise<number> =>
  Number(
    (
      await database.rows<{ n: string }>(
        `select coalesce(sum(${table === 'notifications' ? 'count' : '1'}), 0) as n from ${table} where ${where}`,
      )
    )[0]!.n,
  );
const toldOfTasks = () => count('notifications', `kind = 'TASK_CAME'`);
/** Notices that wait one by one, so that there is much to be done twice. */
const orders = async (many: number): Promise<void> => {
  for (let i = 0; i < many; i++) await placeOrder(own.customer);
};

describe('each is made once (spec 9.3)', () => {
  it('by two servers at the same time', async () => {
    const second = await startTestServer({ databaseUrl: server.databaseUrl });
    await second.runtime.notifications.stop();
    const before = await toldOfTasks();
    await orders(30);
    expect(await count('notices')).toBeGreaterThan(0);
    await Promise.all([server.runtime, second.runtime].flatMap(({ notifications }) => [notifications.settled(), notifications.settled()]));
    expect([await toldOfTasks(), await count('notices')]).toEqual([before + 30, 0]);
    await second.stop();
  });

  it('whatever is killed while it makes them, nothing is lost and nothing told twice', async () => {
    const before = await toldOfTasks();
    const MANY = 60;
    const making = orders(MANY);
    let maker: ChildProcess | undefined;
    for (let kill = 0; kill < 3; kill++) {
      maker = spawn(process.execPath, [MAKER, server.databaseUrl], { stdio: ['ignore', 'pipe', 'ignore'] });
      const gone = once(maker, 'exit');
      const from = await toldOfTasks();
      // somewhere in its work, or where everything was told before it came
      await expect.poll(async () => (await toldOfTasks()) > from || (await toldOfTasks()) === before + MANY, { interval: 3 }).toBe(true);
      maker.kill('SIGKILL');
      await gone;
    }
    await making;
    await server.runtime.notifications.settled();
    expect([await toldOfTasks(), await count('notices')]).toEqual([before + MANY, 0]);
    const twice = await database.rows(
      'select 1 from notifications group by organization_id, seat_id, kind, source_id, source_place having count(*) > 1',
    );
    expect(twice).toEqual([]);
  });

  it('a burst is told as one, across transactions too', async () => {
    const ids: string[] = [];
    for (let i = 0; i < 12; i++) ids.push((await added(own.owner, own)).id);
    for (const some of [ids.slice(0, 8), ids.slice(8)]) {
      await own.owner.does(TRANSFER, { input: { contactIds: some, ownerId: own.colleague.id } });
      await server.runtime.notifications.settled();
    }
    const told = await inboxOf(server, own.colleague, { where: { kind: { equals: 'CONTACT_TRANSFERRED' } } });
    expect(told).toMatchObject([{ count: 12, text: '12 contacts were given to you.', contact: null, from: null }]);
  });
  it('nothing is told of what was rolled back', async () => {
    const { id } = await added(own.owner, own);
    const before = await count('notices');
    await own.owner.query(TRANSFER, { input: { contactIds: [id], ownerId: own.id } });
    expect(await count('notices')).toBe(before);
  });
  it('one that fails keeps no other back, and is tried again later', async () => {
    await own.owner.query(INBOX);
    const part = JSON.stringify([
      { id: '019a0000-0000-7000-8000-000000000001', name: 'contact.shareRequested', payload: { contactId: 'none' } },
    ]);
    await database.rows(
      `insert into notices (organization_id, id, parts, at) values ($1, '019a0000-0000-7000-8000-000000000000', $2, now())`,
      [own.id, part],
    );
    const before = await toldOfTasks();
    await orders(2);
    await server.runtime.notifications.settled();
    expect(await toldOfTasks()).toBe(before + 2);
    const left = await database.rows<{ attempts: number; later: boolean }>('select attempts, not_before > now() as later from notices');
    expect(left).toEqual([{ attempts: 1, later: true }]);
  });
});
