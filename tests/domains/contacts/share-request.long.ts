import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { tooEarly } from '../../../src/domains/contacts/share-request.rules.ts';
import type { TestOrganization } from '../../../src/testing/test-organization.ts';
import type { TestSeat } from '../../../src/testing/test-seat.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { csv, imported } from '../contact-import/contact-import.fixture.ts';
import { inboxOf, kindsIn } from '../notifications/inbox.fixture.ts';
import { ADD, added, codes, DELETE, outcome, READ, rowsOf, SHARE, TRANSFER, UNSHARE } from './contact.fixture.ts';
import { DECIDE, REQUEST, REQUESTS } from './share-request.fixture.ts';

const DAY = 86_400_000;

let now = Date.now();
let server: TestServer;
let own: TestOrganization;
beforeAll(async () => {
  server = await startTestServer({ now: () => new Date(now) });
});
beforeEach(async () => {
  own = await server.organization();
});
afterAll(() => server.stop());

/** The token that a seat is given with the refusal of a known phone. */
const tokenFor = async (seat: TestSeat, phone: string): Promise<string> =>
  (await outcome(seat, ADD, { name: 'Zhu Ming', phone, tagIds: [own.tagIds[0]] })).requestToken;
/** A contact of the owner, and a colleague's token for it. */
async function known(seat: TestSeat = own.colleague): Promise<{ id: string; token: string }> {
  const { id, phone } = await added(own.owner, own);
  return { id, token: await tokenFor(seat, phone) };
}
const requested = async (seat: TestSeat = own.colleague) => {
  const { id: contactId, token } = await known(seat);
  const { request } = await seat.does(REQUEST, { input: { requestToken: token, reason: 'I sold to them before' } });
  return { contactId, token, requestId: request.id as string, request };
};
const listed = async (seat: TestSeat): Promise<string[]> =>
  (await seat.query(REQUESTS)).contactShareRequests.nodes.map(({ id }: { id: string }) => id);

describe('asking for a share (spec 3.4)', () => {
  it('is told to those who may grant it and to nobody else; the asker learns nothing of the contact', async () => {
    const { requestId, request } = await requested();
    expect(request).toMatchObject({ state: 'PENDING', reason: 'I sold to them before', asker: { id: own.colleague.id } });
    for (const seat of [own.owner, own.supervisor, own.admin, own.colleague]) expect(await listed(seat)).toEqual([requestId]);
    expect(await listed(own.sharee)).toEqual([]);
    const { data, errors } = await own.colleague.ask('{ contactShareRequests { nodes { contact { name } } } }');
    expect([data.contactShareRequests.nodes, errors[0]!.extensions.code]).toEqual([[{ contact: null }], 'FORBIDDEN']);
    const seen = (await own.owner.query(REQUESTS)).contactShareRequests.nodes[0];
    expect(seen).toMatchObject({ asker: { name: 'The colleague' }, viewerRoles: ['OWNER'], viewerCan: { decide: true } });
    const mine = (await own.colleague.query(REQUESTS)).contactShareRequests.nodes[0];
    expect(mine).toMatchObject({ viewerRoles: ['SHARE_ASKER'], viewerCan: { decide: false } });
    const other = await server.organization({ name: 'Other Works' });
    expect(await listed(other.admin)).toEqual([]);
    expect(await codes(own.customer, REQUEST, { requestToken: 'a' })).not.toEqual([]);
  });

  it('comes into the inbox of those who may grant it, and what was decided into the asker’s', async () => {
    const { requestId } = await requested();
    for (const name of ['owner', 'supervisor', 'admin', 'scopedAdmin'] as const)
      expect(await kindsIn(server, own[name])).toEqual(['SHARE_ASKED']);
    for (const name of ['sharee', 'formsAdmin', 'colleague'] as const) expect(await kindsIn(server, own[name])).toEqual([]);
    expect((await inboxOf(server, own.owner))[0]).toMatchObject({ text: 'The colleague asks for a share of a contact.', contact: null });
    await own.owner.does(DECIDE, { input: { requestId, grant: false, reason: 'A partner of ours' } });
    expect((await inboxOf(server, own.colleague)).map(({ text }) => text)).toEqual(['Your request to share a contact was refused.']);
    expect((await own.owner.query(REQUESTS)).contactShareRequests.nodes).toMatchObject([
      { state: 'REFUSED', viewerCan: { decide: false } },
    ]);
    const granted = await requested();
    await own.owner.does(DECIDE, { input: { requestId: granted.requestId, grant: true } });
    expect((await inboxOf(server, own.colleague))[0]).toMatchObject({
      kind: 'SHARE_DECIDED',
      text: 'The contact that you asked for is shared with you.',
    });
    expect(await kindsIn(server, own.sharee)).toEqual([]);
  });
  it.each<[string, (token: string) => Promise<string> | string]>([
    ['that was forged', (token) => `${token.slice(0, -4)}AAAA`],
    ['that is none', () => 'none'],
    ['of another seat', async () => (await known(own.sharee)).token],
  ])('by a token %s finds nothing', async (_, made) => {
    const { token } = await known();
    const refused = await outcome(own.colleague, REQUEST, { requestToken: await made(token) });
    expect(refused).toMatchObject({ __typename: 'NotFound', path: ['input', 'requestToken'] });
  });
  it('by a token of yesterday, or of a contact that is gone, finds nothing', async () => {
    const [old, gone] = [await known(), await known()];
    await own.admin.does(DELETE, { input: { contactIds: [gone.id] } });
    expect(await outcome(own.colleague, REQUEST, { requestToken: gone.token })).toMatchObject({ __typename: 'NotFound' });
    now += DAY;
    expect(await outcome(own.colleague, REQUEST, { requestToken: old.token })).toMatchObject({ __typename: 'NotFound' });
  });
  it('is not needed where the contact is found anyway', async () => {
    const { id, token } = await known();
    await own.owner.does(SHARE, { input: { contactId: id, employeeId: own.colleague.id } });
    const refused = await outcome(own.colleague, REQUEST, { requestToken: token });
    expect(refused).toMatchObject({ __typename: 'ValidationFailed', issues: [{ path: ['input', 'requestToken'], code: 'NOT_NEEDED' }] });
  });
  it('is done once, also when it is done many times at once', async () => {
    const { token } = await known();
    const answers = await Promise.all(Array.from({ length: 10 }, () => outcome(own.colleague, REQUEST, { requestToken: token })));
    expect(answers.filter(({ __typename }) => __typename === 'RequestContactShareSuccess')).toHaveLength(1);
    expect(answers.filter(({ __typename }) => __typename === 'ShareAlreadyRequested')).toHaveLength(9);
    expect(await rowsOf(server, own, 'select id from contact_share_requests')).toHaveLength(1);
  });
});

describe('deciding a request (spec 3.4)', () => {
  it('grants a share with its end and reason', async () => {
    const { contactId, requestId } = await requested();
    const until = new Date(now + DAY).toISOString();
    const { request } = await own.supervisor.does(DECIDE, { input: { requestId, grant: true, until, reason: 'Until the fair' } });
    expect(request).toMatchObject({ state: 'GRANTED', answer: 'Until the fair', decidedBy: { id: own.supervisor.id } });
    const { contact } = await own.colleague.query(READ, { id: contactId });
    expect(contact.sharedWith.nodes).toMatchObject([{ until, reason: 'Until the fair', employee: { id: own.colleague.id } }]);
    expect((await own.colleague.query('{ contactShareRequests { nodes { contact { id } } } }')).contactShareRequests.nodes).toEqual([
      { contact: { id: contactId } },
    ]);
  });
  it('refuses it, with an answer; asked again within a week it is refused, and then not', async () => {
    const { contactId, token, requestId } = await requested();
    const { request } = await own.owner.does(DECIDE, { input: { requestId, grant: false, reason: 'A partner of ours' } });
    expect(request).toMatchObject({ state: 'REFUSED', answer: 'A partner of ours' });
    const again = new Date(now + 7 * DAY).toISOString();
    expect(await outcome(own.colleague, REQUEST, { requestToken: token })).toMatchObject({ __typename: 'ShareAlreadyRequested', again });
    expect((await own.colleague.ask(READ, { id: contactId })).data.contact.phone).toBeNull();
    now += 7 * DAY;
    const { phone } = (await own.owner.query(READ, { id: contactId })).contact;
    await own.colleague.does(REQUEST, { input: { requestToken: await tokenFor(own.colleague, phone) } });
    const { nodes } = (await own.owner.query(REQUESTS, { where: { state: { equals: 'REFUSED' } } })).contactShareRequests;
    expect(nodes.map(({ id }: { id: string }) => id)).toEqual([requestId]);
  });
  it('is not for the asker, nor for those who do not see it, nor for an admin of other departments', async () => {
    const { requestId } = await requested();
    expect(await codes(own.colleague, DECIDE, { requestId, grant: true })).toEqual(['FORBIDDEN']);
    expect(await outcome(own.sharee, DECIDE, { requestId, grant: true })).toMatchObject({ __typename: 'NotFound' });
    const other = await server.organization({ name: 'Other Works' });
    expect(await outcome(other.admin, DECIDE, { requestId, grant: true })).toMatchObject({ __typename: 'NotFound' });
    expect(await rowsOf(server, own, "select id from contact_share_requests where state <> 'PENDING'")).toEqual([]);
  });
  it('is done once, also when all decide at once', async () => {
    const { requestId } = await requested();
    const seats = [own.owner, own.supervisor, own.admin];
    const answers = await Promise.all(seats.flatMap((seat) => [true, false].map((grant) => outcome(seat, DECIDE, { requestId, grant }))));
    expect(answers.filter(({ __typename }) => __typename === 'DecideContactShareRequestSuccess')).toHaveLength(1);
    expect(answers.filter(({ __typename }) => __typename === 'ShareRequestDecided')).toHaveLength(5);
  });
  it('comes of itself where the contact is shared with the asker', async () => {
    const { contactId, requestId } = await requested();
    await own.admin.does(SHARE, { input: { contactId, employeeId: own.colleague.id } });
    expect(await outcome(own.owner, DECIDE, { requestId, grant: false })).toMatchObject({
      __typename: 'ShareRequestDecided',
      request: { state: 'GRANTED' },
    });
    await own.admin.does(UNSHARE, { input: { contactId, employeeId: own.colleague.id } });
    const { phone } = (await own.owner.query(READ, { id: contactId })).contact;
    await own.colleague.does(REQUEST, { input: { requestToken: await tokenFor(own.colleague, phone) } });
  });
  it('comes of itself where a table shares the contact with the asker', async () => {
    const { contactId } = await requested();
    const { phone } = (await own.owner.query(READ, { id: contactId })).contact;
    const table = csv('Name,Phone,Tags,Shared with', `Zhu Ming,${phone},Key account,The colleague`);
    expect((await imported(server, own.admin, table, { mode: 'FILL_EMPTY' })).counts.updated).toBe(1);
    expect((await own.colleague.query(REQUESTS)).contactShareRequests.nodes).toMatchObject([{ state: 'GRANTED' }]);
  });
  it('goes on to whoever owns the contact now', async () => {
    const { contactId, requestId } = await requested();
    await own.admin.does(TRANSFER, { input: { contactIds: [contactId], ownerId: own.sharee.id } });
    expect(await listed(own.sharee)).toEqual([requestId]);
    expect((await own.colleague.query(REQUESTS)).contactShareRequests.nodes).toMatchObject([{ state: 'PENDING' }]);
  });
  it('of a contact in the bin is not made', async () => {
    const { contactId, requestId } = await requested();
    await own.admin.does(DELETE, { input: { contactIds: [contactId] } });
    expect(await listed(own.owner)).toEqual([]);
    expect(await outcome(own.admin, DECIDE, { requestId, grant: true })).toMatchObject({ __typename: 'NotFound' });
  });
});

describe('whether it is too early to ask again (spec 3.4)', () => {
  const at = new Date(0);
  it.each([
    ['nobody has decided', { state: 'PENDING' as const }, 30 * DAY, { again: null }],
    ['the contact was deleted', { state: 'CONTACT_DELETED' as const, decidedAt: at }, 1, undefined],
    ['it was granted', { state: 'GRANTED' as const, decidedAt: at }, 1, undefined],
    ['it was refused a moment ago', { state: 'REFUSED' as const, decidedAt: at }, 7 * DAY - 1, { again: new Date(7 * DAY) }],
    ['it was refused a week ago', { state: 'REFUSED' as const, decidedAt: at }, 7 * DAY, undefined],
  ])('where %s', (_, last, after, expected) => {
    expect(tooEarly(last, new Date(after))).toEqual(expected);
  });
});
