import sharp from 'sharp';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { decodeAnyId } from '../../../src/platform/schema/global-id.ts';
import type { TestOrganization } from '../../../src/testing/test-organization.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { placeOrder } from '../../support/form-moves.ts';
import { uploaded } from '../files/file.fixture.ts';
import { added, DELETE, outcome, RESTORE, rowsOf } from './contact.fixture.ts';

const PURGES = ['contacts.purgeBin', 'forms.endThoseOfTheBin'];
const DAY = 86_400_000;
const PERSONAL = ['Zhu Ming', 'Lakeside', '1 Quay', 'zhu@example.com', 'Mornings'];
let now = Date.parse('2026-06-01T00:00:00Z');
let server: TestServer;
let own: TestOrganization;
beforeAll(async () => {
  server = await startTestServer({ now: () => new Date(now) });
});
beforeEach(async () => {
  own = await server.organization();
  await server.strike(...PURGES);
});
afterAll(() => server.stop());

async function wait(days: number): Promise<void> {
  now += days * DAY;
  await server.strike(...PURGES);
}
const known = { name: 'Zhu Ming', company: 'Lakeside', address: '1 Quay', email: 'zhu@example.com', remark: 'Mornings' };
const row = async (phone: string) => (await rowsOf<{ id: string }>(server, own, 'select id from contacts where phone = $1', [phone]))[0];
/** All that is kept of contacts, as text. */
async function all(): Promise<string> {
  const tables = ['contacts', 'contact_history', 'contact_search_terms', 'contact_tags', 'contact_shares'];
  const rows = await Promise.all(tables.map((table) => rowsOf(server, own, `select * from ${table}`)));
  return JSON.stringify(rows);
}

describe('the bin after 30 days (spec 3.8)', () => {
  it('is emptied by a clock: nothing tells of whom a contact was, but who changed it when', async () => {
    const { id, phone } = await added(own.owner, own, known);
    const { id: uuid } = (await row(phone))!;
    await outcome(own.admin, DELETE, { contactIds: [id] });
    await wait(29);
    expect(await row(phone)).toBeDefined();
    await wait(2);
    const text = await all();
    for (const word of [...PERSONAL, phone]) expect(text).not.toContain(word);
    const history = await rowsOf<{ field: string; old: unknown; new: unknown }>(
      server,
      own,
      'select * from contact_history where contact_id = $1',
      [uuid],
    );
    expect(history.map(({ field }) => field).sort()).toEqual([
      'address',
      'company',
      'deletedAt',
      'email',
      'name',
      'owner',
      'phone',
      'remark',
      'tags',
    ]);
  });

  it('takes the files of its fields and its picture with it, and nobody else’s', async () => {
    const png = await sharp({ create: { width: 2, height: 2, channels: 3, background: 'red' } })
      .png()
      .toBuffer();
    const [gone, stays] = [await added(own.owner, own), await added(own.owner, own)];
    for (const [contact, purpose] of [
      [gone, 'CONTACT_FILE'],
      [gone, 'CONTACT_PHOTO'],
      [stays, 'CONTACT_PHOTO'],
    ] as const) {
      const id = await uploaded(own.owner, png, { name: 'a.png', mimeType: 'image/png', purpose: 'CONTACT_FILE' });
      await rowsOf(
        server,
        own,
        `update files set attached_type = 'Contact', attached_id = $1, attached_at = now(), purpose = $2 where id = $3 returning id`,
        [(await row(contact.phone))!.id, purpose, decodeAnyId(id)],
      );
    }
    const left = async () =>
      (await rowsOf<{ purpose: string }>(server, own, 'select purpose from files order by id')).map(({ purpose }) => purpose);
    expect(await left()).toHaveLength(3);
    await outcome(own.admin, DELETE, { contactIds: [gone.id] });
    await wait(31);
    expect(await left()).toEqual(['CONTACT_PHOTO']);
  });

  it('is emptied of those alone whose time has come', async () => {
    const [gone, restored, later, kept] = await Promise.all(['A', 'B', 'C', 'D'].map((name) => added(own.owner, own, { name })));
    await outcome(own.admin, DELETE, { contactIds: [gone!.id, restored!.id] });
    await outcome(own.admin, RESTORE, { contactIds: [restored!.id] });
    await wait(20);
    await outcome(own.admin, DELETE, { contactIds: [later!.id] });
    await wait(15);
    expect(await row(gone!.phone)).toBeUndefined();
    for (const { phone } of [restored!, later!, kept!]) expect(await row(phone)).toBeDefined();
  });

  it('leaves forms as they are, for those who took part in them', async () => {
    await placeOrder(own.customer);
    const forms = () => rowsOf<{ number: string; state: string }>(server, own, 'select id, number, state from business_forms');
    const [before] = await forms();
    await outcome(own.admin, DELETE, { contactIds: [own.customer.id] });
    await wait(32);
    expect(await forms()).toEqual([{ ...before, state: 'ENDED' }]);
  });
});
