import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { importPlugins } from '../../../src/app/modules.ts';
import { stampEvents } from '../../../src/platform/live/stamper.ts';
import { decodeGlobalId } from '../../../src/platform/schema/global-id.ts';
import type { TestOrganization } from '../../../src/testing/test-organization.ts';
import type { TestSeat } from '../../../src/testing/test-seat.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { added as contactAdded, rowsOf, TAG, UNTAG } from '../contacts/contact.fixture.ts';
import { inboxOf, kindsIn } from './inbox.fixture.ts';
import { pecker, peckerPlugin } from './pecker.plugin.ts';

const DAY = 86_400_000;
const LIVE = `subscription ($after: EventCursor) { notifications(after: $after) { cursor kind unread notification { kind } } }`;
const CHOOSE = `mutation ($input: UpdateNotificationSettingsInput!) { updateNotificationSettings(input: $input) { __typename } }`;

let now = Date.parse('2026-06-01T02:00:00Z');
let server: TestServer;
let own: TestOrganization;
/** Of the owner's, to be tagged. */
let contactId: string;
beforeAll(async () => {
  server = await startTestServer({ plugins: [...(await importPlugins()), peckerPlugin], now: () => new Date(now) });
});
beforeEach(async () => {
  own = await server.organization();
  pecker.listener = undefined;
  contactId = (await contactAdded(own.owner, own)).id;
  await server.runtime.notifications.settled();
  pecker.listener = { id: decodeGlobalId('Employee', own.colleague.id), kind: 'EMPLOYEE' };
  [pecker.posted, pecker.paged] = [[], 0];
});
afterAll(() => server?.stop());

const tagged = (by = own.owner) => by.does(TAG, { input: { contactId, tagId: own.tagIds[2] } });
const untagged = (by = own.owner) => by.does(UNTAG, { input: { contactId, tagId: own.tagIds[2] } });
async function sent(): Promise<void> {
  await server.runtime.notifications.settled();
  await server.runtime.deliveries.settled();
}

describe('kinds of a plugin that fail (spec 9.1, 8.3)', () => {
  it('are not told, and take nobody else’s notifications with them', async () => {
    await tagged();
    expect((await kindsIn(server, own.colleague)).toSorted()).toEqual(['PECKER_MUTE', 'PECKER_SOUND']);
    expect(await rowsOf(server, own, 'select 1 from notices')).toEqual([]);
  });
  it('say at least that something happened', async () => {
    await tagged();
    const texts = Object.fromEntries((await inboxOf(server, own.colleague)).map(({ kind, text }) => [kind, text]));
    expect(texts).toEqual({ PECKER_MUTE: 'Something happened.', PECKER_SOUND: 'A tag.' });
  });
});

describe('a channel of a plugin that fails (spec 9.2, 8.3)', () => {
  it('is tried again and given up, while others deliver and the inbox has it', async () => {
    const choices = [{ kind: '*', channels: ['PECKER_PAGER', 'PECKER_POST'] }];
    await own.colleague.does(CHOOSE, { input: { expectedVersion: 0, language: 'ENGLISH', digest: 'NONE', choices } });
    await tagged();
    await sent();
    expect(pecker.posted.flatMap(({ lines }) => lines.map(({ text }) => text)).toSorted()).toEqual(['A tag.', 'Something happened.']);
    expect(pecker.paged).toBeGreaterThan(0);
    for (let attempt = 0; attempt < 6; attempt++) {
      now += DAY;
      await sent();
    }
    expect(await rowsOf(server, own, 'select 1 from notification_deliveries')).toEqual([]);
    expect(await inboxOf(server, own.colleague)).toHaveLength(2);
  });
});

describe('following an inbox (spec 9.1)', () => {
  const cursorNow = async (seat: TestSeat): Promise<string> => {
    await server.runtime.notifications.settled();
    await stampEvents(server.runtime.pools.worker);
    return (await seat.query('{ notifications(first: 1) { liveCursor } }')).notifications.liveCursor;
  };
  it('goes on behind what was seen before the connection was cut, and misses and repeats nothing', async () => {
    const after = await cursorNow(own.colleague);
    const first = own.colleague.follow(LIVE, { after });
    await tagged();
    await server.runtime.notifications.settled();
    const seen = [await first.next(), await first.next()];
    await first.stop();
    await untagged();
    await server.runtime.notifications.settled();
    const second = own.colleague.follow(LIVE, { after: seen[0]!.cursor });
    const events = [await second.next(), await second.next(), await second.next()];
    await second.stop();
    expect(events[0].cursor).toBe(seen[1].cursor);
    expect(new Set([...seen, ...events].map(({ cursor }) => cursor)).size).toBe(4);
    expect(
      events
        .slice(1)
        .map(({ notification }) => notification.kind)
        .toSorted(),
    ).toEqual(['PECKER_MUTE', 'PECKER_SOUND']);
  });
  it('is refused behind another seat’s place', async () => {
    const after = await cursorNow(own.colleague);
    await expect(own.owner.follow(LIVE, { after }).next()).rejects.toThrow();
  });
});
