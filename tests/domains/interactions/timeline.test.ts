import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestOrganization } from '../../../src/testing/test-organization.ts';
import type { TestSeat } from '../../../src/testing/test-seat.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { added, DELETE, outcome, SHARE, TAG, TRANSFER, UNSHARE, UNTAG, UPDATE } from '../contacts/contact.fixture.ts';

const TIMELINE = `query ($id: ID!, $kinds: [InteractionKind!], $first: Int, $after: Cursor) { contact(id: $id) { lastInteractionAt
  timeline(kinds: $kinds, first: $first, after: $after) { totalCount pageInfo { endCursor hasNextPage } nodes { __typename kind at actor { id } contact { id }
    ... on ShareInteraction { employee { id } department { name } added }
    ... on OwnerInteraction { from { id } to { id } }
    ... on TagInteraction { tag { id } added }
    ... on FormInteraction { form { id number } } } } } }`;
const PLACE = `mutation ($input: PlaceOrderInput!) { placeOrder(input: $input) { __typename ... on PlaceOrderSuccess { order { id number } } } }`;
let now = Date.UTC(2026, 5, 1, 8);
let server: TestServer;
let own: TestOrganization;
let order: { id: string; number: string };

beforeAll(async () => {
  server = await startTestServer({ now: () => new Date(now) });
  own = await server.organization();
  const contactId = own.customer.id;
  const { departments } = await own.admin.query('{ departments { nodes { id name } } }');
  const departmentId = departments.nodes.find(({ name }: { name: string }) => name === 'Warehouse').id;
  const minute = () => {
    now += 60_000;
  };
  minute();
  await outcome(own.owner, TAG, { contactId, tagId: own.tagIds[1] });
  minute();
  await outcome(own.supervisor, SHARE, { contactId, departmentId, until: new Date(now + 600_000).toISOString() });
  minute();
  await outcome(own.supervisor, UNSHARE, { contactId, departmentId });
  minute();
  const { products } = await own.customer.query('{ products(first: 1) { nodes { id } } }');
  order = (await own.customer.does(PLACE, { input: { lines: [{ productId: products.nodes[0].id, quantity: 1 }] } })).order;
  minute();
  await outcome(own.owner, TRANSFER, { contactIds: [contactId], ownerId: own.colleague.id });
  minute();
  await outcome(own.admin, TRANSFER, { contactIds: [contactId] });
  await outcome(own.admin, TRANSFER, { contactIds: [contactId], ownerId: own.owner.id });
});
afterAll(() => server.stop());

const timeline = async (seat: TestSeat, more: Readonly<Record<string, unknown>> = {}) =>
  (await seat.query(TIMELINE, { id: own.customer.id, ...more })).contact.timeline;
const at = (minutes: number) => new Date(Date.UTC(2026, 5, 1, 8, minutes)).toISOString();

describe('the timeline of a contact (spec 4.1)', () => {
  it('holds what happened, newest first, with who did it and when', async () => {
    const { nodes, totalCount } = await timeline(own.owner);
    const ofAdmin = { actor: { id: own.admin.id }, contact: { id: own.customer.id } };
    expect(nodes).toMatchObject([
      { __typename: 'OwnerInteraction', kind: 'OWNER', at: at(6), from: null, to: { id: own.owner.id }, ...ofAdmin },
      { __typename: 'OwnerInteraction', kind: 'OWNER', at: at(6), from: { id: own.colleague.id }, to: null, ...ofAdmin },
      { __typename: 'OwnerInteraction', at: at(5), from: { id: own.owner.id }, to: { id: own.colleague.id }, actor: { id: own.owner.id } },
      { __typename: 'FormInteraction', kind: 'FORM', at: at(4), actor: null, form: { id: order.id, number: order.number } },
      { __typename: 'ShareInteraction', at: at(3), added: false, department: { name: 'Warehouse' }, employee: null },
      { __typename: 'ShareInteraction', at: at(2), added: true, department: { name: 'Warehouse' }, actor: { id: own.supervisor.id } },
      { __typename: 'TagInteraction', at: at(1), tag: { id: own.tagIds[1] }, added: true },
      { __typename: 'TagInteraction', at: at(1), tag: { id: own.tagIds[0] }, added: false, actor: { id: own.owner.id } },
      { __typename: 'ShareInteraction', at: at(0), added: true, employee: { id: own.sharee.id }, department: null },
    ]);
    expect(totalCount).toBe(9);
  });

  it.each([
    [['FORM'], ['FORM']],
    [['SHARE'], ['SHARE', 'SHARE', 'SHARE']],
    [['OWNER'], ['OWNER', 'OWNER', 'OWNER']],
    [
      ['TAG', 'FORM'],
      ['FORM', 'TAG', 'TAG'],
    ],
    [[], []],
  ])('of kinds %j alone: %j', async (kinds, found) => {
    const { nodes, totalCount } = await timeline(own.owner, { kinds });
    expect(nodes.map(({ kind }: { kind: string }) => kind)).toEqual(found);
    expect(totalCount).toBe(found.length);
  });

  it('comes in pages, of some kinds too', async () => {
    for (const more of [{}, { kinds: ['SHARE', 'TAG'] }]) {
      const whole = await timeline(own.owner, more);
      const walked = [];
      let after: string | undefined;
      do {
        const page = await timeline(own.owner, { ...more, first: 2, after });
        walked.push(...page.nodes);
        after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : undefined;
      } while (after);
      expect(walked).toEqual(whole.nodes);
    }
  });

  it('moves the last interaction by business with the contact alone', async () => {
    const { contact } = await own.owner.query(TIMELINE, { id: own.customer.id });
    expect(contact.lastInteractionAt).toBe(at(4));
  });

  it('holds nothing of what changed nothing or was refused', async () => {
    const before = (await timeline(own.owner)).totalCount;
    const contactId = own.customer.id;
    await outcome(own.owner, TAG, { contactId, tagId: own.tagIds[1] });
    await outcome(own.owner, UNTAG, { contactId, tagId: own.tagIds[1] });
    await outcome(own.owner, SHARE, { contactId, employeeId: own.sharee.id, reason: 'Supports this customer' });
    await outcome(own.owner, UPDATE, { contactId, expectedVersion: 1, tagIds: [own.tagIds[2]] });
    await outcome(own.owner, TRANSFER, { contactIds: [contactId], ownerId: own.owner.id });
    expect((await timeline(own.owner)).totalCount).toBe(before);
  });
});

describe('who reads a timeline (spec 2.3)', () => {
  it.each(['admin', 'scopedAdmin', 'supervisor', 'owner', 'sharee'] as const)('%s may', async (name) => {
    expect((await timeline(own[name])).totalCount).toBe(9);
  });

  it('a sharee comes from it to the form’s outline, not to its answers', async () => {
    const document =
      'query ($id: ID!) { contact(id: $id) { timeline(kinds: [FORM]) { nodes { ... on FormInteraction { form { number answers { name } } } } } } }';
    const { data, errors } = await own.sharee.ask(document, { id: own.customer.id });
    expect(data.contact.timeline.nodes).toEqual([{ form: { number: order.number, answers: null } }]);
    expect(errors.map(({ extensions }) => extensions.code)).toEqual(['FORBIDDEN']);
  });

  it.each(['colleague', 'formsAdmin'] as const)('%s may not, nor one entry by its id', async (name) => {
    const { data, errors } = await own[name].ask('query ($id: ID!) { contact(id: $id) { timeline { totalCount } } }', {
      id: own.customer.id,
    });
    expect(data.contact.timeline).toBeNull();
    expect(errors.map(({ extensions }) => extensions.code)).toEqual(['FORBIDDEN']);
    const { contact } = await own.owner.query('query ($id: ID!) { contact(id: $id) { timeline(first: 1) { nodes { id } } } }', {
      id: own.customer.id,
    });
    const { id } = contact.timeline.nodes[0];
    expect((await own.owner.query('query ($id: ID!) { node(id: $id) { id } }', { id })).node).toEqual({ id });
    expect((await own[name].query('query ($id: ID!) { node(id: $id) { id } }', { id })).node).toBeNull();
  });

  it('the contact may not: the portal has no timelines', async () => {
    const { errors } = await own.customer.ask('query ($id: ID!) { contact(id: $id) { timeline { totalCount } } }', { id: own.customer.id });
    expect(errors[0]!.extensions.code).toBe('BAD_REQUEST');
  });

  it('nobody may, once the contact is deleted', async () => {
    const { id } = await added(own.owner, own);
    await outcome(own.owner, SHARE, { contactId: id, employeeId: own.sharee.id });
    const who = ['admin', 'owner', 'sharee'] as const;
    for (const name of who) expect((await own[name].query(TIMELINE, { id })).contact.timeline.totalCount).toBe(1);
    await outcome(own.admin, DELETE, { contactIds: [id] });
    for (const name of who) expect((await own[name].query(TIMELINE, { id })).contact).toBeNull();
  });
});
