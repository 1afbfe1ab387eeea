import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decodeGlobalId } from '../../../src/platform/schema/global-id.ts';
import type { TestOrganization } from '../../../src/testing/test-organization.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { rowsOf } from '../contacts/contact.fixture.ts';

const PURGE = 'notifications.purge';
const DAY = 86_400_000;
let now = Date.parse('2026-06-01T08:00:00Z');
let server: TestServer;
let own: TestOrganization;
beforeAll(async () => {
  server = await startTestServer({ now: () => new Date(now) });
  own = await server.organization();
  await server.strike(PURGE);
});
afterAll(() => server?.stop());

/** Something that the owner was told so many days ago, and that was read then or not. */
const told = (days: number, isRead: boolean) =>
  rowsOf(
    server,
    own,
    `insert into notifications (organization_id, id, seat_id, seat_kind, kind, source_id, at, read_at)
     values ($1, gen_random_uuid(), $2, 'EMPLOYEE', $3, gen_random_uuid(), $4, $5)`,
    [own.id, decodeGlobalId('Employee', own.owner.id), `${days} ${isRead}`, new Date(now - days * DAY), isRead ? new Date(now) : null],
  );

describe('an inbox is no archive (spec 9.1)', () => {
  it('what was read goes after 30 days, what was not after 180, and nothing else', async () => {
    for (const days of [1, 28, 31, 178, 181]) for (const isRead of [true, false]) await told(days, isRead);
    now += DAY;
    await server.strike(PURGE);
    const left = await rowsOf<{ kind: string }>(server, own, 'select kind from notifications order by at desc, kind');
    expect(left.map(({ kind }) => kind)).toEqual(['1 false', '1 true', '28 false', '28 true', '31 false', '178 false']);
  });
});
