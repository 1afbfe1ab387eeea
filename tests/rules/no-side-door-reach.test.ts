import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readGlobalId } from '../../src/platform/schema/global-id.ts';
import { encodeGlobalId } from '../../src/sdk/index.ts';
import type { TestSeat } from '../../src/testing/test-seat.ts';
import { startTestServer, type TestServer } from '../../src/testing/test-server.ts';
import { type Thing, thingsOf } from './rows.fixture.ts';
import { done, listed, told } from './verdict.ts';
import { makeWorld, mutate, type SeatName, type World } from './world.fixture.ts';

// How far roles reach: to a date, down the tree of departments and not up, to departments and not beyond, to one's own owner (spec 2.2, 2.3b).

const HOUR = 3_600_000;
let clock = Date.now();
let server: TestServer;
let world: World;
let things: readonly Thing[];
beforeAll(async () => {
  server = await startTestServer({ now: () => new Date(clock) });
  world = await makeWorld(server);
  things = [...(await thingsOf(server)).values()];
});
afterAll(() => server.stop());

const rolesOf = async (seat: SeatName, id: string): Promise<string[]> =>
  (await world.seats[seat].query('query ($id: ID!) { contact(id: $id) { viewerRoles } }', { id })).contact.viewerRoles;
const departmentId = async (name: string): Promise<string> => {
  const { departments } = await world.seats.admin.query('{ departments(first: 100) { nodes { id name } } }');
  return departments.nodes.find((one: { name: string }) => one.name === name).id;
};
const share = (contactId: string, sharee: object): Promise<unknown> => mutate(world.seats.admin, 'shareContact', { contactId, ...sharee });
const unshare = (contactId: string, sharee: object): Promise<unknown> =>
  mutate(world.seats.admin, 'unshareContact', { contactId, ...sharee });
const transfer = (contactId: string, ownerId: string | null): Promise<unknown> =>
  mutate(world.seats.admin, 'transferContacts', { contactIds: [contactId], ownerId });

/** What no employee comes to because of a contact. */
const AMONG_CUSTOMERS = ['OrderRequest', 'CreditAccount'];

describe('a share that ends on a date', () => {
  /** What hangs on the rival: its timeline, history and shares, and its form. */
  const hanging = (contactUuid: string | undefined): string[] =>
    things.flatMap(({ contactId, globalId, type }) => (contactId === contactUuid && !AMONG_CUSTOMERS.includes(type) ? [globalId] : []));
  const seen = async (seat: TestSeat): Promise<Record<string, unknown>> => {
    const { rival: id } = world.contacts;
    const ids = hanging(things.find(({ globalId }) => globalId === id)?.contactId).filter((one) => one !== id);
    const { nodes } = await seat.query('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids });
    return {
      phone: await told(seat, 'contact', id, 'phone'),
      timeline: await told(seat, 'contact', id, 'timeline { totalCount }'),
      form: await told(seat, 'businessForm', world.forms.rivals, 'number'),
      all: await listed(seat, 'contacts', id),
      shared: await listed(seat, 'contacts(list: SHARED_WITH_ME)', id),
      found: await listed(seat, 'contacts(search: "The rival")', id),
      hanging: new Set(nodes.map((node: unknown) => (node ? 'there' : 'not there'))),
    };
  };
  const OPEN = { phone: 'yes', timeline: 'yes', form: 'yes', all: 'yes', shared: 'yes', found: 'yes', hanging: new Set(['there']) };
  const SHUT = { phone: 'no', timeline: 'no', form: 'none', all: 'none', shared: 'none', found: 'none', hanging: new Set(['not there']) };

  it.each([
    ['in person', 'sibling', async () => ({ employeeId: world.seats.sibling.id })],
    ['through a department', 'teammate', async () => ({ departmentId: await departmentId('Service') })],
  ] as const)('%s gives nothing any more from that moment on', async (_, name, sharee) => {
    const seat = world.seats[name];
    expect(await seen(seat)).toEqual(SHUT);
    const until = clock + HOUR;
    await share(world.contacts.rival, { ...(await sharee()), until: new Date(until).toISOString() });
    clock = until - 1;
    expect(await seen(seat)).toEqual(OPEN);
    expect(await rolesOf(name, world.contacts.rival)).toEqual(['SHAREE', 'COLLEAGUE']);
    clock = until;
    expect(await seen(seat)).toEqual(SHUT);
    expect(await rolesOf(name, world.contacts.rival)).toEqual(['COLLEAGUE']);
  });

  it('is not shown among those with whom it is shared', async () => {
    const { contact } = await world.seats.colleague.query(
      'query ($id: ID!) { contact(id: $id) { sharedWith { totalCount nodes { name } } } }',
      {
        id: world.contacts.rival,
      },
    );
    expect(contact.sharedWith).toEqual({ totalCount: 0, nodes: [] });
  });
});

describe('a share with a department', () => {
  it.each([
    ['Sales West', { sibling: true, supervisor: false, owner: false, scopedAdmin: false }],
    ['Sales', { sibling: true, supervisor: true, owner: true, scopedAdmin: false }],
    ['Service', { teammate: true, sibling: false }],
    ['Office', { scopedAdmin: true, sibling: false }],
  ] as const)('%s is one with those who sit there and below, not above or beside', async (department, members) => {
    const sharee = { departmentId: await departmentId(department) };
    await share(world.contacts.rival, sharee);
    for (const [seat, isSharee] of Object.entries(members))
      expect([seat, (await rolesOf(seat as SeatName, world.contacts.rival)).includes('SHAREE')]).toEqual([seat, isSharee]);
    await unshare(world.contacts.rival, sharee);
    for (const seat of Object.keys(members)) expect(await rolesOf(seat as SeatName, world.contacts.rival)).not.toContain('SHAREE');
  });
});

describe('a supervisor', () => {
  it('supervises those below, and never themself', async () => {
    const { customer, guest, led } = world.contacts;
    expect(await rolesOf('supervisor', led)).toEqual(['OWNER', 'COLLEAGUE']);
    expect(await rolesOf('sibling', guest)).toEqual(['OWNER', 'COLLEAGUE']);
    for (const id of [customer, guest]) expect(await rolesOf('supervisor', id)).toContain('OWNERS_SUPERVISOR');
    const team = await Promise.all([customer, guest, led].map((id) => listed(world.seats.supervisor, 'contacts(list: MY_TEAM)', id)));
    expect(team).toEqual(['yes', 'yes', 'none']);
  });
  it('of a department beside the owner’s is a colleague', async () => {
    expect(await rolesOf('sibling', world.contacts.customer)).toEqual(['COLLEAGUE']);
    expect(await told(world.seats.sibling, 'contact', world.contacts.customer, 'phone')).toBe('no');
    expect(await told(world.seats.sibling, 'businessForm', world.forms.handled, 'number')).toBe('none');
  });
});

describe('an admin whose right is for a department', () => {
  const reach = async (): Promise<unknown[]> => {
    const { contacts } = await world.seats.scopedAdmin.query('{ contacts(first: 100) { totalCount nodes { name } } }');
    return [contacts.totalCount, contacts.nodes.map(({ name }: { name: string }) => name).sort()];
  };
  const INSIDE = ['The customer', 'The guest', 'The led'];

  it('covers contacts whose owner sits there, wherever these move', async () => {
    const { rival } = world.contacts;
    expect(await reach()).toEqual([3, INSIDE]);
    await transfer(rival, world.seats.sibling.id);
    expect(await reach()).toEqual([4, [...INSIDE, 'The rival']]);
    expect(await rolesOf('scopedAdmin', rival)).toContain('ADMIN');
    await transfer(rival, world.seats.colleague.id);
    expect(await reach()).toEqual([3, INSIDE]);
  });

  it('has no power over those outside, over unowned ones, and over what belongs to all', async () => {
    const { scopedAdmin } = world.seats;
    for (const id of [world.contacts.rival, world.contacts.unowned]) {
      expect(await told(scopedAdmin, 'contact', id, 'phone')).toBe('no');
      expect(await done(scopedAdmin, 'updateContact', { contactId: id, expectedVersion: 1, remark: 'x' })).toBe('no');
      for (const act of ['deleteContacts', 'transferContacts']) expect(await done(scopedAdmin, act, { contactIds: [id] })).toBe('no');
    }
    for (const list of ['ORGANIZATION', 'UNOWNED', 'BIN']) expect(await listed(scopedAdmin, `contacts(list: ${list})`, '')).toBe('no');
    expect(await done(scopedAdmin, 'addTag', { groupId: 'never issued', name: 'x' })).toBe('no');
    expect(await told(scopedAdmin, 'businessForm', world.forms.unclaimed, 'number')).toBe('none');
  });
});

describe('a customer', () => {
  const ownerOf = async (seat: SeatName): Promise<{ id: string; name: string } | null> =>
    (await world.seats[seat].query('query ($id: ID!) { contact(id: $id) { owner { id name } } }', { id: world.seats[seat].id })).contact
      .owner;
  const nodeOf = async (seat: SeatName, id: string) =>
    (await world.seats[seat].query('query ($id: ID!) { node(id: $id) { __typename } }', { id })).node;
  const uuidOf = (id: string): string => readGlobalId(id)!.uuid;

  it('sees its own owner, under an id that is no employee’s and that says nothing to anybody else', async () => {
    const owner = (await ownerOf('customer'))!;
    expect(owner.name).toBe('The owner');
    expect(await nodeOf('customer', owner.id)).toEqual({ __typename: 'PortalEmployee' });
    for (const seat of ['rival', 'unowned', 'guest', 'owner', 'admin', 'colleague', 'stranger', 'strangersCustomer'] as const)
      expect([seat, await nodeOf(seat, owner.id)]).toEqual([seat, null]);
    expect(uuidOf(owner.id)).not.toBe(uuidOf(world.seats.owner.id));
    for (const seat of ['admin', 'owner', 'customer'] as const)
      expect(await nodeOf(seat, encodeGlobalId('Employee', uuidOf(owner.id)))).toBeNull();
    for (const id of [world.seats.owner.id, encodeGlobalId('PortalEmployee', uuidOf(world.seats.owner.id))])
      expect(await nodeOf('customer', id)).toBeNull();
  });

  it('sees the new owner and no longer the former one, once it has another', async () => {
    const former = (await ownerOf('guest'))!;
    await transfer(world.contacts.guest, world.seats.supervisor.id);
    expect((await ownerOf('guest'))!.name).toBe('The supervisor');
    expect(await nodeOf('guest', former.id)).toBeNull();
    await transfer(world.contacts.guest, null);
    expect(await ownerOf('guest')).toBeNull();
    await transfer(world.contacts.guest, world.seats.sibling.id);
    expect(await ownerOf('guest')).toEqual(former);
  });

  it('reads no other contact, also not one of its own company', async () => {
    const { admin, customer } = world.seats;
    const given = { name: 'Of Riverside', company: 'Riverside', phone: '0571-88880001', tagIds: [world.ours.tagIds[0]] };
    const { contact } = await mutate(admin, 'addContact', given, 'contact { id }');
    for (const id of [contact!.id, world.contacts.rival, world.contacts.guest])
      expect(await told(customer, 'contact', id, 'name')).toBe('none');
    expect(await told(customer, 'contact', customer.id, 'company { name }')).toBe('yes');
  });
});
