import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { encodeGlobalId } from '../../../src/sdk/index.ts';
import type { TestOrganization } from '../../../src/testing/test-organization.ts';
import type { TestSeat } from '../../../src/testing/test-seat.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { placeOrder } from '../../support/form-moves.ts';
import { timelineNow } from '../../support/live-places.ts';
import { added, outcome, SHARE, TAG, TRANSFER, UNSHARE } from '../contacts/contact.fixture.ts';

const FOLLOW = `subscription ($id: ID!, $after: EventCursor) { contactTimeline(contactId: $id, after: $after) { cursor kind at entryId
  entry { __typename id kind at actor { id } contact { id } ... on TagInteraction { tag { id } added } ... on ShareInteraction { added } } } }`;
const DELETE_TAG = 'mutation ($input: DeleteTagInput!) { deleteTag(input: $input) { __typename ... on DeleteTagSuccess { changed } } }';

let server: TestServer;
let own: TestOrganization;
let other: TestOrganization;
beforeAll(async () => {
  server = await startTestServer();
  other = await server.organization({ name: 'Other Works' });
});
beforeEach(async () => {
  own = await server.organization();
});
afterAll(() => server.stop());

/** Follows from what has happened so far. */
const follows = async (seat: TestSeat, id = own.customer.id) => seat.follow(FOLLOW, { id, after: await timelineNow(server, seat, id) });
const tags = (seat: TestSeat, contactId: string, tag = 1) => outcome(seat, TAG, { contactId, tagId: own.tagIds[tag] });
/** What a subscription is refused with. */
async function refusal(seat: TestSeat, id: string): Promise<string> {
  const live = seat.follow(FOLLOW, { id });
  const refused = await live.next().then(
    () => 'It was not refused.',
    (error: Error) => error.message.replace(/"requestId":"[^"]+"/, ''),
  );
  await live.stop();
  return refused;
}

describe('the timeline of a contact, live (spec 4.6)', () => {
  it.each(['admin', 'scopedAdmin', 'supervisor', 'owner', 'sharee'] as const)(
    'tells %s of each new entry, as they read it',
    async (name) => {
      const live = await follows(own[name]);
      await tags(own.owner, own.customer.id);
      const told = [await live.next(), await live.next()];
      const about = { actor: { id: own.owner.id }, contact: { id: own.customer.id }, __typename: 'TagInteraction', kind: 'TAG' };
      expect(told).toMatchObject([
        { kind: 'ADDED', entry: { ...about, tag: { id: own.tagIds[0] }, added: false } },
        { kind: 'ADDED', entry: { ...about, tag: { id: own.tagIds[1] }, added: true } },
      ]);
      for (const { entryId, at, entry } of told) expect([entryId, at]).toEqual([entry.id, entry.at]);
      await placeOrder(own.customer);
      expect((await live.next()).entry).toMatchObject({ __typename: 'FormInteraction', actor: null });
      await live.stop();
    },
  );

  it('tells of that contact alone', async () => {
    const live = await follows(own.admin);
    await tags(own.colleague, own.rival.id);
    await tags(own.admin, own.unowned.id);
    await tags(own.owner, own.customer.id);
    expect(await live.next()).toMatchObject({ entry: { contact: { id: own.customer.id }, added: false } });
    await live.stop();
  });

  it('goes on after a cut where it was, each entry once, and tells nothing from before', async () => {
    const contactId = own.customer.id;
    const live = await follows(own.owner);
    await outcome(own.owner, SHARE, { contactId, employeeId: own.colleague.id, reason: 'Helps out' });
    const { cursor: after } = await live.next();
    await live.stop();
    await tags(own.owner, contactId);
    await outcome(own.owner, UNSHARE, { contactId, employeeId: own.sharee.id });
    const again = own.owner.follow(FOLLOW, { id: contactId, after });
    for (const [place, added] of [false, true].entries())
      expect((await again.next()).entry).toMatchObject({ tag: { id: own.tagIds[place] }, added });
    expect((await again.next()).entry).toMatchObject({ __typename: 'ShareInteraction', added: false });
    await again.stop();
    const anew = own.owner.follow(FOLLOW, { id: contactId });
    await anew.opened;
    await outcome(own.owner, SHARE, { contactId, employeeId: own.sharee.id, reason: 'Supports this customer' });
    expect((await anew.next()).entry).toMatchObject({ __typename: 'ShareInteraction', added: true });
    await anew.stop();
  });
});

describe('who does not follow a timeline (spec 2.3)', () => {
  it.each(['colleague', 'formsAdmin'] as const)(
    '%s, who may see the contact itself: as under an id that was never issued',
    async (name) => {
      const { id } = own.customer;
      expect((await own[name].query('query ($id: ID!) { contact(id: $id) { id } }', { id })).contact).toEqual({ id });
      expect(await refusal(own[name], id)).toBe(await refusal(own[name], encodeGlobalId('Contact', randomUUID())));
    },
  );

  it('somebody of another organization', async () => {
    const never = await refusal(own.admin, encodeGlobalId('Contact', randomUUID()));
    expect(never).toContain('BAD_REQUEST');
    expect(await refusal(own.admin, other.customer.id)).toBe(never);
  });

  it('the contact: the portal has no timelines', async () => {
    expect(await refusal(own.customer, own.customer.id)).toContain('BAD_REQUEST');
    expect(server.runtime.schemas.portal.getSubscriptionType()!.getFields()).not.toHaveProperty('contactTimeline');
  });

  it('a sharee whose share has ended, from that moment on', async () => {
    const contactId = own.customer.id;
    const [ended, stays] = [await follows(own.sharee), await follows(own.supervisor)];
    await outcome(own.owner, UNSHARE, { contactId, employeeId: own.sharee.id });
    await expect(ended.next()).rejects.toThrow('The subscription has ended.');
    expect((await stays.next()).entry).toMatchObject({ __typename: 'ShareInteraction', added: false });
    expect(await refusal(own.sharee, contactId)).toContain('BAD_REQUEST');
    await stays.stop();
  });

  it('an owner who has it no more, while whoever has it does', async () => {
    const contactId = own.customer.id;
    const live = await follows(own.owner);
    await outcome(own.admin, TRANSFER, { contactIds: [contactId], ownerId: own.colleague.id });
    await expect(live.next()).rejects.toThrow('The subscription has ended.');
    const theirs = await follows(own.colleague);
    await tags(own.colleague, contactId);
    expect((await theirs.next()).entry.actor).toEqual({ id: own.colleague.id });
    await theirs.stop();
  });
});

describe('what is done to many contacts at once', () => {
  it.each([
    [100, 'is told on each of their timelines', 'TagInteraction'],
    [101, 'is told on none, and stands there', 'ShareInteraction'],
  ])('to %i: %s', async (count, _, first) => {
    const { owner, admin, customer } = own;
    const [replacementId, tagId] = own.tagIds;
    await tags(owner, customer.id);
    // the contact that nobody answers for carries the tag from the start
    for (let n = 2; n < count; n++) await added(owner, own, { tagIds: [tagId] });
    const live = await follows(owner);
    expect(await outcome(admin, DELETE_TAG, { tagId, replacementId })).toMatchObject({ changed: count });
    await outcome(owner, UNSHARE, { contactId: customer.id, employeeId: own.sharee.id });
    expect((await live.next()).entry.__typename).toBe(first);
    const { contact } = await owner.query('query ($id: ID!) { contact(id: $id) { timeline(first: 2) { nodes { kind } } } }', {
      id: customer.id,
    });
    expect(contact.timeline.nodes).toEqual([{ kind: 'SHARE' }, { kind: 'TAG' }]);
    await live.stop();
  });
});
