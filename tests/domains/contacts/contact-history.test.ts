import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newPhone, type TestOrganization } from '../../../src/testing/test-organization.ts';
import type { TestSeat } from '../../../src/testing/test-seat.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import {
  added,
  CHANGE_PHONE,
  codes,
  DELETE,
  kept,
  outcome,
  RESTORE,
  SHARE,
  TAG,
  TRANSFER,
  UNSHARE,
  UNTAG,
  UPDATE,
} from './contact.fixture.ts';

const HISTORY =
  'query ($id: ID!, $first: Int, $after: Cursor) { contact(id: $id) { history(first: $first, after: $after) { totalCount pageInfo { endCursor hasNextPage } nodes { at field from to actor { id } } } } }';
let now = Date.now();
let server: TestServer;
let own: TestOrganization;
let made: Awaited<ReturnType<typeof added>>;
beforeAll(async () => {
  server = await startTestServer({ now: () => new Date(now) });
  own = await server.organization();
});
beforeEach(async () => {
  made = await added(own.owner, own, { company: 'Riverside', remark: 'Mornings.' });
  now += 60_000;
});
afterAll(() => server.stop());

const history = async (seat: TestSeat = own.owner) =>
  (await seat.query(HISTORY, { id: made.id, first: 100 })).contact.history.nodes as {
    field: string;
    at: string;
    from: string;
    to: string;
  }[];
/** What came after the contact was added, newest first. */
const since = async () => (await history(own.admin)).slice(0, (await history(own.admin)).length - 6);
const change = (seat: TestSeat, field: string, from: string | null, to: string | null) => ({
  at: new Date(now).toISOString(),
  field,
  from,
  to,
  actor: { id: seat.id },
});

describe('the history of a contact (spec 3.16)', () => {
  it('begins with all that it was added with', async () => {
    const found = (await history()).map(({ field, from, to }) => [field, from, to]).sort();
    expect(found).toEqual([
      ['company', null, 'Riverside'],
      ['name', null, 'Zhu Ming'],
      ['owner', null, 'The owner'],
      ['phone', null, made.phone],
      ['remark', null, 'Mornings.'],
      ['tags', null, '["Key account"]'],
    ]);
  });

  it.each([
    ['name', { name: 'Zhu Min' }, 'Zhu Ming', 'Zhu Min'],
    ['company', { company: 'Harbour' }, 'Riverside', 'Harbour'],
    ['company', { company: '' }, 'Riverside', null],
    ['position', { position: 'Buyer' }, null, 'Buyer'],
    ['address', { address: '1 Quay' }, null, '1 Quay'],
    ['email', { email: 'zhu@example.com' }, null, 'zhu@example.com'],
    ['remark', { remark: 'null' }, 'Mornings.', 'null'],
  ])('tells who changed %s by %j, when, what from and what to', async (field, edit, from, to) => {
    await outcome(own.supervisor, UPDATE, { contactId: made.id, expectedVersion: 1, ...edit });
    expect(await since()).toEqual([change(own.supervisor, field, from, to)]);
  });

  it('tells of tags as a whole, once a change', async () => {
    await outcome(own.owner, TAG, { contactId: made.id, tagId: own.tagIds[1] });
    expect(await since()).toEqual([change(own.owner, 'tags', '["Key account"]', '["Regular"]')]);
    await outcome(own.owner, UPDATE, { contactId: made.id, expectedVersion: 2, tagIds: [own.tagIds[1], own.tagIds[2]] });
    await outcome(own.owner, UNTAG, { contactId: made.id, tagId: own.tagIds[1] });
    expect(await since()).toMatchObject([
      { from: '["Construction", "Regular"]', to: '["Construction"]' },
      { from: '["Regular"]', to: '["Construction", "Regular"]' },
      {},
    ]);
  });

  it('tells of the owner, the phone with its extension, the shares with their end, and the bin', async () => {
    const contactIds = [made.id];
    await outcome(own.owner, TRANSFER, { contactIds, ownerId: own.colleague.id });
    await outcome(own.admin, TRANSFER, { contactIds });
    const phone = newPhone();
    await outcome(own.admin, CHANGE_PHONE, { contactId: made.id, phone: `${phone} ext 12` });
    const until = new Date(now + 60_000).toISOString();
    const share = { contactId: made.id, employeeId: own.sharee.id };
    await outcome(own.admin, SHARE, share);
    await outcome(own.admin, SHARE, { ...share, until });
    await outcome(own.admin, SHARE, { ...share, until });
    await outcome(own.admin, UNSHARE, share);
    await outcome(own.admin, DELETE, { contactIds });
    await outcome(own.admin, RESTORE, { contactIds });
    const by = (field: string, from: string | null, to: string | null) => change(own.admin, field, from, to);
    const found = await since();
    expect(found.filter(({ field }) => field.startsWith('phone'))).toHaveLength(2);
    expect(found).toEqual([
      by('deletedAt', new Date(now).toISOString(), null),
      by('deletedAt', null, new Date(now).toISOString()),
      by('sharedWith', `The sharee until ${until}`, null),
      by('sharedWith', 'The sharee', `The sharee until ${until}`),
      by('sharedWith', null, 'The sharee'),
      by('phoneExtension', null, '12'),
      by('phone', made.phone, phone),
      by('owner', 'The colleague', null),
      change(own.owner, 'owner', 'The owner', 'The colleague'),
    ]);
  });

  it('holds nothing of what was refused', async () => {
    const before = await kept(server, own);
    await outcome(own.owner, UPDATE, { contactId: made.id, expectedVersion: 7, name: 'Other' });
    await outcome(own.owner, UPDATE, { contactId: made.id, expectedVersion: 1, name: 'Other', email: 'none' });
    await outcome(own.owner, CHANGE_PHONE, { contactId: made.id, phone: own.plan.contacts[0]!.phone });
    expect(await kept(server, own)).toBe(before);
  });

  it('comes in pages', async () => {
    const { contact } = await own.owner.query(HISTORY, { id: made.id, first: 4 });
    expect(contact.history).toMatchObject({ totalCount: 6, pageInfo: { hasNextPage: true } });
    const rest = await own.owner.query(HISTORY, { id: made.id, first: 4, after: contact.history.pageInfo.endCursor });
    expect(rest.contact.history).toMatchObject({ totalCount: 6, pageInfo: { hasNextPage: false } });
    expect([...contact.history.nodes, ...rest.contact.history.nodes]).toEqual(await history());
  });
});

describe('who reads it', () => {
  it.each(['admin', 'scopedAdmin', 'supervisor', 'owner', 'sharee'] as const)('%s may', async (name) => {
    await outcome(own.owner, SHARE, { contactId: made.id, employeeId: own.sharee.id });
    expect((await history(own[name])).length).toBe(7);
  });
  it.each(['colleague', 'formsAdmin'] as const)('%s may not', async (name) => {
    expect(await own[name].ask(HISTORY, { id: made.id })).toMatchObject({
      data: { contact: { history: null } },
      errors: [{ extensions: { code: 'FORBIDDEN' } }],
    });
  });
  it('the contact may not: there is no such field for it', async () => {
    expect(await codes(own.customer, 'query ($input: ID!) { contact(id: $input) { history { totalCount } } }', own.customer.id)).toEqual([
      'BAD_REQUEST',
    ]);
  });
});
