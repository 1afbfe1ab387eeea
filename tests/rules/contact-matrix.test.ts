import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newPhone } from '../../src/testing/test-organization.ts';
import type { TestSeat } from '../../src/testing/test-seat.ts';
import { startTestServer, type TestServer } from '../../src/testing/test-server.ts';
import { cellsOf, done, listed, told, type Verdict } from './verdict.ts';
import { makeWorld, mutate, type SeatName, type World } from './world.fixture.ts';

// The matrix of spec 2.3, written by hand beside the one that the server prints of itself.

const COLUMNS = ['ADMIN', 'OWNER', 'OWNERS_SUPERVISOR', 'SHAREE', 'COLLEAGUE', 'EXTERNAL', 'PARTICIPANT', 'OTHER_ORGANIZATION'] as const;
type Column = (typeof COLUMNS)[number];
const SEATS: Readonly<Record<Column, SeatName>> = {
  ADMIN: 'admin',
  OWNER: 'owner',
  OWNERS_SUPERVISOR: 'supervisor',
  SHAREE: 'sharee',
  COLLEAGUE: 'colleague',
  EXTERNAL: 'customer',
  PARTICIPANT: 'approver',
  OTHER_ORGANIZATION: 'stranger',
};

// yes: told, found, done. no: FORBIDDEN. none: as though there were no such contact. -: the surface of contacts does not name it.
// A PARTICIPANT is a colleague besides.

const READ = `
                           | ADMIN OWNER SUPER SHAREE COLL  EXT   PART  OTHER
name                       | yes   yes   yes   yes    yes   yes   yes   none
phone                      | yes   yes   yes   yes    no    yes   no    none
phoneFormatted             | yes   yes   yes   yes    no    yes   no    none
company { name }           | yes   yes   yes   yes    no    yes   yes   none
address                    | yes   yes   yes   yes    no    yes   no    none
owner { name }             | yes   yes   yes   yes    no    yes   no    none
tags { id }                | yes   yes   yes   yes    no    -     no    none
customFields { text }      | yes   yes   yes   yes    no    yes   no    none
timeline { totalCount }    | yes   yes   yes   yes    no    -     no    none
history { totalCount }     | yes   yes   yes   yes    no    -     no    none
sharedWith { totalCount }  | yes   yes   yes   yes    no    -     no    none
email                      | yes   yes   yes   yes    no    -     no    none
position                   | yes   yes   yes   yes    no    -     no    none
remark                     | yes   yes   yes   yes    no    -     no    none
lastInteractionAt          | yes   yes   yes   yes    no    -     no    none
`;
const FIND = `
                           | ADMIN OWNER SUPER SHAREE COLL  EXT   PART  OTHER
contacts                   | yes   yes   yes   yes    none  -     none  none
by name                    | yes   yes   yes   yes    none  -     none  none
by phone                   | yes   yes   yes   yes    none  -     none  none
by company                 | yes   yes   yes   yes    none  -     none  none
MINE                       | none  yes   none  none   none  -     none  none
SHARED_WITH_ME             | none  none  none  yes    none  -     none  none
MY_TEAM                    | none  none  yes   none   none  -     none  none
ORGANIZATION               | yes   no    no    no     no    -     no    none
UNOWNED                    | yes   no    no    no     no    -     no    none
BIN                        | yes   no    no    no     no    -     no    none
`;
const ACT = `
                           | ADMIN OWNER SUPER SHAREE COLL  EXT   PART  OTHER
edit                       | yes   yes   yes   no     no    -     no    none
tag                        | yes   yes   yes   no     no    -     no    none
untag                      | yes   yes   yes   no     no    -     no    none
share                      | yes   yes   yes   no     no    -     no    none
unshare                    | yes   yes   yes   no     no    -     no    none
transfer                   | yes   yes   yes   no     no    -     no    none
change the phone           | yes   yes   yes   no     no    -     no    none
delete                     | yes   no    no    no     no    -     no    none
add a group of tags        | yes   no    no    no     no    -     no    yes
`;
const VIEWER_CAN = `
                           | ADMIN OWNER SUPER SHAREE COLL  EXT   PART  OTHER
message                    | yes   yes   yes   yes    yes   no    yes   none
call                       | yes   yes   yes   yes    no    no    no    none
sendCard                   | yes   yes   yes   yes    no    no    no    none
edit                       | yes   yes   yes   no     no    no    no    none
tag                        | yes   yes   yes   no     no    no    no    none
share                      | yes   yes   yes   no     no    no    no    none
transfer                   | yes   yes   yes   no     no    no    no    none
delete                     | yes   no    no    no     no    no    no    none
`;
const cells = (table: string) => cellsOf(table.replace(/.*ADMIN.*\n/, ''), COLUMNS);

let server: TestServer;
let world: World;
let deleted: string;
beforeAll(async () => {
  server = await startTestServer();
  world = await makeWorld(server);
  deleted = await newContact();
  await mutate(world.seats.admin, 'deleteContacts', { contactIds: [deleted] });
});
afterAll(() => server.stop());
const seatOf = (column: Column): TestSeat => world.seats[SEATS[column]];

/** A contact like the customer, for an act that may change it. */
async function newContact(): Promise<string> {
  const { admin, owner, sharee } = world.seats;
  const { tagIds } = world.ours;
  const given = { name: 'Another', phone: `010-${newPhone().slice(-8)}`, ownerId: owner.id, tagIds: [tagIds[0], tagIds[2]] };
  const { contact } = await mutate(admin, 'addContact', given, 'contact { id }');
  await mutate(admin, 'shareContact', { contactId: contact!.id, employeeId: sharee.id });
  return contact!.id;
}

describe('reading the contact', () => {
  it.each(cells(READ))('%s, as %s: %s', async (field, column, verdict) => {
    expect(await told(seatOf(column), 'contact', world.contacts.customer, field)).toBe(verdict);
  });
  it('is reading it on every path', async () => {
    const { colleague, customer } = world.seats;
    const { data, errors } = await colleague.ask(
      'query ($id: ID!) { node(id: $id) { ... on Contact { name phone } } nodes(ids: [$id]) { ... on Contact { name phone } } }',
      { id: customer.id },
    );
    expect(data).toEqual({ node: { name: 'The customer', phone: null }, nodes: [{ name: 'The customer', phone: null }] });
    expect(errors.map(({ path }) => path!.join('.'))).toEqual(['node.phone', 'nodes.0.phone']);
  });
});

describe('finding the contact', () => {
  const listOf = (act: string): string => {
    if (act === 'contacts') return act;
    const { phone } = world.ours.plan.contacts[0]!;
    const search = { 'by name': 'The customer', 'by phone': phone.slice(-8), 'by company': 'riversi' }[act];
    return search ? `contacts(search: "${search}")` : `contacts(list: ${act})`;
  };
  const wanted = (act: string): string => ({ UNOWNED: world.contacts.unowned, BIN: deleted })[act] ?? world.contacts.customer;

  it.each(cells(FIND))('%s, as %s: %s', async (act, column, verdict) => {
    expect(await listed(seatOf(column), listOf(act), wanted(act))).toBe(verdict);
  });
});

describe('acting on the contact', () => {
  const act = async (seat: TestSeat, name: string, contactId: string): Promise<Verdict> => {
    const { tagIds, sharee, colleague, approver } = { ...world.ours, ...world.seats };
    const inputs: Readonly<Record<string, readonly [mutation: string, input: object]>> = {
      edit: ['updateContact', { contactId, expectedVersion: await versionOf(contactId), remark: 'Edited.' }],
      tag: ['tagContact', { contactId, tagId: tagIds[3] }],
      untag: ['untagContact', { contactId, tagId: tagIds[2] }],
      share: ['shareContact', { contactId, employeeId: approver.id }],
      unshare: ['unshareContact', { contactId, employeeId: sharee.id }],
      transfer: ['transferContacts', { contactIds: [contactId], ownerId: colleague.id }],
      'change the phone': ['changeContactPhone', { contactId, phone: newPhone() }],
      delete: ['deleteContacts', { contactIds: [contactId] }],
      'add a group of tags': ['addTagGroup', { name: `Group of ${seat.name}`, color: 'RED' }],
    };
    return done(seat, ...inputs[name]!);
  };
  const versionOf = async (id: string): Promise<number> =>
    (await world.seats.admin.query('query ($id: ID!) { contact(id: $id) { version } }', { id })).contact.version;

  it.each(cells(ACT))('%s, as %s: %s', async (name, column, verdict) => {
    // the participant and the customer have theirs toward the customer, to whom nothing may happen
    const contactId = ['PARTICIPANT', 'EXTERNAL'].includes(column) ? world.contacts.customer : await newContact();
    expect(await act(seatOf(column), name, contactId)).toBe(verdict);
  });
});

describe('what the seat is told that it can do (spec 2.6)', () => {
  it.each(cells(VIEWER_CAN))('%s, as %s: %s', async (act, column, verdict) => {
    const { contact } = await seatOf(column).query(`query ($id: ID!) { contact(id: $id) { viewerCan { ${act} } } }`, {
      id: world.contacts.customer,
    });
    expect(contact?.viewerCan[act] ?? null).toBe({ yes: true, no: false, none: null, '-': undefined }[verdict]);
  });
});

describe('why the seat has its roles (spec 2.6)', () => {
  const reasons = async (seat: TestSeat) => {
    const { contact } = await seat.query('query ($id: ID!) { contact(id: $id) { viewerAccess { role through since until } } }', {
      id: world.contacts.customer,
    });
    return contact.viewerAccess;
  };
  const always = { through: null, since: null, until: null };

  it('is told of shares: through what, since when and until when', async () => {
    const since = expect.stringMatching(/^20\d\d-/);
    expect(await reasons(world.seats.sharee)).toEqual([
      { role: 'SHAREE', through: null, since, until: null },
      { role: 'COLLEAGUE', ...always },
    ]);
    expect(await reasons(world.seats.teammate)).toEqual([
      { role: 'SHAREE', through: 'Service', since, until: '2099-01-01T00:00:00.000Z' },
      { role: 'COLLEAGUE', ...always },
    ]);
  });
  it('is nothing but being a colleague for others', async () => {
    expect(await reasons(world.seats.sibling)).toEqual([{ role: 'COLLEAGUE', ...always }]);
  });
});
