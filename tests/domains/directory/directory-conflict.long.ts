import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { signInAs, TextOutbox } from '../../../src/domains/accounts/index.ts';
import { decodeAnyId } from '../../../src/platform/schema/global-id.ts';
import type { TextMessage } from '../../../src/sdk/index.ts';
import { newPhone, type TestOrganization } from '../../../src/testing/test-organization.ts';
import { TestSeat } from '../../../src/testing/test-seat.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { says } from '../../support/says.ts';
import { used } from '../../support/used-seat.ts';
import { ADD, CHANGE_PHONE, DELETE, outcome, RESTORE, rowsOf } from '../contacts/contact.fixture.ts';
import { OFFBOARD, UNDO } from '../transfers/transfer.fixture.ts';
import { ADD_EMPLOYEE, again, giveRight, UPDATE_EMPLOYEE } from './directory.fixture.ts';
import { csv, imported } from './employee-import.fixture.ts';

const REQUEST = 'mutation ($input: RequestPhoneChangeCodeInput!) { requestPhoneChangeCode(input: $input) { __typename } }';
const CHANGE = `mutation ($input: ChangeMyPhoneInput!) { changeMyPhone(input: $input) { __typename ... on PhoneOfSeveral { going { id } }
  ... on ChangeMyPhoneSuccess { phone conflicts { id } } } }`;
const LIST = `query ($where: DirectoryConflictFilter) { directoryConflicts(where: $where) { totalCount nodes { id phone choices choice arisenAt settledAt
  settledBy { id } employee { id } holder { id } contact { id name } holderContact { id name } } } }`;
const SETTLE = `mutation ($input: SettleDirectoryConflictInput!) { settleDirectoryConflict(input: $input) { __typename ... on UserError { code path }
  ... on ValidationFailed { issues { code path } } ... on DirectoryConflictSettled { conflict { choice } }
  ... on SettleDirectoryConflictSuccess { conflict { id choice settledAt settledBy { id } } } } }`;

let server: TestServer;
let own: TestOrganization;
const sent = new Map<string, string>();
beforeAll(async () => {
  server = await startTestServer();
  const send = async ({ phone, parameters }: TextMessage): Promise<void> => void sent.set(phone, parameters.code!);
  Object.assign(server.runtime.door, {
    texts: new TextOutbox({ sender: { name: 'kept', send } }),
    settings: { ...server.runtime.door.settings, codesPerAddress: 1_000 },
  });
});
beforeEach(async () => {
  own = await server.organization();
});
afterAll(() => server.stop());

const phoneOf = (key: string) => [...own.plan.employees, ...own.plan.contacts].find((one) => one.key === key)!.phone;
const phoneIn = async (id: string): Promise<string | null> =>
  (await own.admin.query('query ($id: ID!) { node(id: $id) { ... on Contact { phone } ... on Employee { phone } } }', { id })).node
    ?.phone ?? null;
async function takes(seat: TestSeat, phone: string): Promise<void> {
  await seat.query(REQUEST, { input: { phone } });
  await server.runtime.door.texts.settled();
  const input = { phone, code: sent.get(phone) };
  const { changeMyPhone: first } = await seat.query(CHANGE, { input });
  if (first.phone === phone) return;
  const seatIds = first.going.map(({ id }: { id: string }) => id); // somebody else is at their number
  expect((await seat.query(CHANGE, { input: { ...input, seatIds } })).changeMyPhone.phone).toBe(phone);
}
const listed = async (seat: TestSeat, where?: object) => (await seat.query(LIST, { where })).directoryConflicts.nodes;
const open = { settledAt: { isNull: true } };
/** A conflict of who takes the number and who has it. @returns as it is listed */
async function conflict(seat: 'customer' | 'colleague' | 'supervisor', holder: 'rival' | 'colleague' | 'sharee') {
  await takes(own[seat], phoneOf(holder));
  const [only] = await listed(own.admin, open);
  return only;
}
const settles = (seat: TestSeat, conflictId: string, choice: string) => outcome(seat, SETTLE, { conflictId, choice });

describe('conflicts of phones (spec 3.3)', () => {
  it('are told to admins, newest first, with who takes part and what can be done', async () => {
    expect(await conflict('customer', 'colleague')).toMatchObject({
      phone: phoneOf('colleague'),
      choices: ['CONVERT', 'KEEP', 'EXCHANGE'],
      choice: null,
      settledAt: null,
      employee: null,
      holder: { id: own.colleague.id },
      contact: { id: own.customer.id, name: 'The customer' },
      holderContact: null,
    });
  });
  it('are for admins of the whole organization: DIRECTORY where an employee takes part, CONTACTS where a contact does', async () => {
    await takes(own.customer, phoneOf('rival')); // two contacts
    await takes(own.sharee, phoneOf('colleague')); // two employees
    await giveRight(server, own, 'supervisor', 'DIRECTORY', null);
    await giveRight(server, own, 'owner', 'CONTACTS', null);
    await giveRight(server, own, 'formsAdmin', 'DIRECTORY', 'Sales');
    const [staff, contacts, scoped] = [
      await again(server, own, 'supervisor'),
      await again(server, own, 'owner'),
      await again(server, own, 'formsAdmin'),
    ];
    expect(await listed(own.admin)).toHaveLength(2);
    const [ofStaff] = await listed(staff);
    expect(ofStaff).toMatchObject({ employee: { id: own.sharee.id }, holder: { id: own.colleague.id }, choices: ['KEEP', 'EXCHANGE'] });
    const [ofContacts] = await listed(contacts);
    expect(ofContacts).toMatchObject({
      contact: { id: own.customer.id },
      holderContact: { id: own.rival.id },
      choices: ['KEEP', 'EXCHANGE'],
    });
    for (const seat of [staff, contacts]) expect(await listed(seat)).toHaveLength(1);
    for (const seat of [scoped, await again(server, own, 'scopedAdmin')]) {
      expect((await seat.ask(LIST)).errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
      expect((await seat.ask(SETTLE, { input: { conflictId: ofStaff.id, choice: 'KEEP' } })).errors).toMatchObject([
        { extensions: { code: 'FORBIDDEN' } },
      ]);
    }
    expect(await settles(contacts, ofStaff.id, 'KEEP')).toMatchObject({ __typename: 'NotFound' });
    expect(await settles(staff, ofContacts.id, 'KEEP')).toMatchObject({ __typename: 'NotFound' });
    expect(await settles((await server.organization()).admin, ofStaff.id, 'KEEP')).toMatchObject({ __typename: 'NotFound' });
  });
});

describe('who finds a conflict of phones', () => {
  it.each([
    ['customer', 'colleague', true, true],
    ['colleague', 'rival', true, true],
    ['supervisor', 'sharee', true, false],
    ['customer', 'rival', false, true],
  ] as const)('%s has the number of %s: admins of the staff %s, of contacts %s, of some departments never', async (...given) => {
    const [seat, holder, ofStaff, ofContacts] = given;
    const { id } = await conflict(seat, holder);
    await giveRight(server, own, 'formsAdmin', 'DIRECTORY', null);
    await giveRight(server, own, 'owner', 'CONTACTS', null);
    const finds = async (who: TestSeat): Promise<boolean> => {
      const { data } = await who.ask(LIST, {});
      const { node } = await who.query('query ($id: ID!) { node(id: $id) { id } }', { id });
      expect((data?.directoryConflicts?.nodes ?? []).some((one: { id: string }) => one.id === id)).toBe(node !== null);
      return node !== null;
    };
    expect(await finds(await again(server, own, 'formsAdmin'))).toBe(ofStaff);
    expect(await finds(await again(server, own, 'owner'))).toBe(ofContacts);
    expect(await finds(own.scopedAdmin)).toBe(false);
  });
});

describe('settling a conflict of phones (spec 3.3)', () => {
  it('keeps both, an employee and a contact: each has the number', async () => {
    const { id, phone } = await conflict('customer', 'colleague');
    expect(await settles(own.admin, id, 'KEEP')).toMatchObject({
      conflict: { id, choice: 'KEEP', settledAt: expect.any(String), settledBy: { id: own.admin.id } },
    });
    expect([await phoneIn(own.customer.id), await phoneIn(own.colleague.id)]).toEqual([phone, phone]);
    expect(await listed(own.admin, open)).toEqual([]);
    const { contacts } = await own.admin.query(
      'query ($search: String) { contacts(search: $search, list: ORGANIZATION) { nodes { id } } }',
      {
        search: phone.slice(-11),
      },
    );
    expect(contacts.nodes).toEqual([{ id: own.customer.id }]);
  });
  it('converts: the contact goes into the bin, whichever side it is, and the employee has the number', async () => {
    const first = await conflict('customer', 'colleague');
    await settles(own.admin, first.id, 'CONVERT');
    expect([await phoneIn(own.customer.id), await phoneIn(own.colleague.id)]).toEqual([null, first.phone]);
    own = { ...own, colleague: await again(server, own, 'colleague') }; // whoever had the number before is signed out
    const second = await conflict('colleague', 'rival');
    expect(second).toMatchObject({ employee: { id: own.colleague.id }, holderContact: { id: own.rival.id }, contact: null });
    await settles(own.admin, second.id, 'CONVERT');
    expect([await phoneIn(own.rival.id), await phoneIn(own.colleague.id)]).toEqual([null, second.phone]);
    expect((await server.seat(second.phone, own.id)).id).toBe(own.colleague.id);
  });
  it('lets two of a kind keep what they have, and makes nothing of them', async () => {
    const { id, phone } = await conflict('customer', 'rival');
    const former = phoneOf('customer');
    expect(await settles(own.admin, id, 'CONVERT')).toMatchObject({ issues: [{ code: 'NOT_A_CHOICE', path: ['input', 'choice'] }] });
    expect((await settles(own.admin, id, 'KEEP')).conflict.choice).toBe('KEEP');
    expect([await phoneIn(own.customer.id), await phoneIn(own.rival.id)]).toEqual([former, phone]);
  });
  it('gives the number to whoever’s account has it, once nobody of their kind has it any more', async () => {
    const { id, phone } = await conflict('customer', 'rival');
    await rowsOf(server, own, 'update contacts set deleted_at = now() where phone = $1', [phone]);
    await settles(own.admin, id, 'KEEP');
    expect(await phoneIn(own.customer.id)).toBe(phone);
  });
  it('is kept when the person goes on to another number: both of their seats have it', async () => {
    const { id } = await conflict('customer', 'colleague');
    await settles(own.admin, id, 'KEEP');
    const phone = newPhone();
    await takes(own.customer, phone);
    expect([await phoneIn(own.customer.id), await phoneIn(own.colleague.id)]).toEqual([phone, phone]);
    expect(await listed(own.admin, open)).toEqual([]);
  });
  it('is over when the account goes on to a number that nobody has', async () => {
    const { id } = await conflict('customer', 'colleague');
    await rowsOf(server, own, `update employees set left_at = now() where name = 'The colleague'`);
    const phone = newPhone();
    await takes(own.customer, phone);
    expect(await phoneIn(own.customer.id)).toBe(phone);
    expect(await settles(own.admin, id, 'KEEP')).toMatchObject({ __typename: 'DirectoryConflictSettled', conflict: { choice: null } });
    expect(await listed(own.admin)).toMatchObject([{ id, choice: null, settledBy: null, settledAt: expect.any(String) }]);
  });
  it('deletes no contact for those who may not', async () => {
    const { id } = await conflict('customer', 'colleague');
    await giveRight(server, own, 'supervisor', 'DIRECTORY', null);
    const staff = await again(server, own, 'supervisor');
    expect((await staff.ask(SETTLE, { input: { conflictId: id, choice: 'CONVERT' } })).errors).toMatchObject([
      { extensions: { code: 'FORBIDDEN' } },
    ]);
    expect(await phoneIn(own.customer.id)).toBe(phoneOf('customer'));
    expect((await settles(staff, id, 'KEEP')).conflict.choice).toBe('KEEP');
  });
  it('happens once, of several admins at once; a key answers again', async () => {
    const { id } = await conflict('customer', 'colleague');
    const answers = await Promise.all(['KEEP', 'CONVERT', 'KEEP', 'CONVERT'].map((choice) => settles(own.admin, id, choice)));
    expect(answers.map(({ __typename }) => __typename).sort()).toEqual([
      ...Array.from({ length: 3 }, () => 'DirectoryConflictSettled'),
      'SettleDirectoryConflictSuccess',
    ]);
    const [row] = await listed(own.admin);
    expect(await phoneIn(own.customer.id)).toBe(row.choice === 'KEEP' ? row.phone : null);
    const repeated = { conflictId: (await conflict('supervisor', 'sharee')).id, choice: 'KEEP', idempotencyKey: 'once' };
    for (let i = 0; i < 2; i++) expect((await outcome(own.admin, SETTLE, repeated)).__typename).toBe('SettleDirectoryConflictSuccess');
  });
});

describe('two who have exchanged their telephones (spec 3.3, 3.7)', () => {
  const PAIRS = [
    ['supervisor', 'sharee'],
    ['customer', 'rival'],
    ['customer', 'colleague'],
    ['colleague', 'rival'],
  ] as const;
  const isNow = async (key: (typeof PAIRS)[number][number], phone: string) => {
    expect(await phoneIn(own[key].id)).toBe(phone);
    const seat = await server.seat(phone, own.id);
    expect([seat.id, (await seat.query('{ seats { id } }')).seats]).toEqual([own[key].id, [{ id: own[key].id }]]);
    return seat;
  };

  it.each(PAIRS)('%s and %s, of whom one came first: the other is who they were, by the number that is left', async (first, second) => {
    const former = phoneOf(first);
    const { id, phone } = await conflict(first, second);
    expect((await settles(own.admin, id, 'EXCHANGE')).conflict).toMatchObject({ choice: 'EXCHANGE', settledBy: { id: own.admin.id } });
    await isNow(first, phone);
    await isNow(second, former);
    expect(await listed(own.admin, open)).toEqual([]);
    expect((await own[first].query('{ viewer { id } }')).viewer.id).toBe(own[first].id); // they go on
    const next = newPhone();
    await takes(await server.seat(former, own.id), next);
    await isNow(second, next);
    await isNow(first, phone);
  });
  it.each(PAIRS)('%s and %s, both of whom have come: one decision puts the rows of both right', async (first, second) => {
    const [left, taken] = [phoneOf(first), phoneOf(second)];
    await takes(own[first], taken);
    const back = (await (await server.seat(taken, own.id)).query('{ seats { id } }')).seats;
    expect(back).toHaveLength(2);
    const { token } = await signInAs(server.runtime.door, { phone: taken, seat: decodeAnyId(own[second].id) }, new Date());
    await takes(new TestSeat({ id: own[second].id, name: second, token, url: server.url }), left);
    const [later, earlier] = await listed(own.admin, open);
    expect([later.phone, earlier.phone]).toEqual([left, taken]);
    expect((await settles(own.admin, earlier.id, 'EXCHANGE')).conflict.choice).toBe('EXCHANGE');
    await isNow(first, taken);
    await isNow(second, left);
    expect(await listed(own.admin, open)).toEqual([]);
    expect((await own[first].query('{ viewer { id } }')).viewer.id).toBe(own[first].id);
  });
  it('of three, each of whom has another’s, all are put right, one decision after the other', async () => {
    const [a, b, c] = ['supervisor', 'sharee', 'colleague'].map((key) => phoneOf(key)) as [string, string, string];
    await takes(own.supervisor, b);
    await takes(own.colleague, a);
    expect(await listed(own.admin, open)).toHaveLength(2);
    for (let [next] = await listed(own.admin, open); next; [next] = await listed(own.admin, open))
      await settles(own.admin, next.id, 'EXCHANGE');
    await isNow('supervisor', b);
    await isNow('colleague', a);
    await isNow('sharee', c);
  });
  it('keeps the history of a contact with the contact', async () => {
    const left = phoneOf('customer');
    const { id, phone } = await conflict('customer', 'rival');
    await settles(own.admin, id, 'EXCHANGE');
    const history = 'query ($id: ID!) { contact(id: $id) { history(first: 1) { nodes { field from to actor { id } } } } }';
    for (const [key, from, to] of [
      ['customer', left, phone],
      ['rival', phone, left],
    ] as const) {
      const { contact } = await own.admin.query(history, { id: own[key].id });
      expect(contact.history.nodes).toEqual([{ field: 'phone', from, to, actor: { id: own.admin.id } }]);
      const found = await own.admin.query('query ($search: String) { contacts(search: $search, list: ORGANIZATION) { nodes { id } } }', {
        search: to.slice(-11),
      });
      expect(found.contacts.nodes).toEqual([{ id: own[key].id }]);
    }
  });
  it('ends the sessions of who gets another number, and no others', async () => {
    const { id } = await conflict('supervisor', 'sharee');
    const { token } = await signInAs(server.runtime.door, { phone: phoneOf('sharee'), seat: decodeAnyId(own.sharee.id) }, new Date());
    const asHolder = new TestSeat({ id: own.sharee.id, name: 'the sharee', token, url: server.url });
    expect((await asHolder.query('{ viewer { id } }')).viewer.id).toBe(own.sharee.id);
    await settles(own.admin, id, 'EXCHANGE');
    await expect.poll(async () => (await asHolder.ask('{ viewer { id } }')).errors[0]?.extensions.code).toBe('UNAUTHENTICATED');
    expect((await own.supervisor.query('{ viewer { id } }')).viewer.id).toBe(own.supervisor.id);
  });
  it('gives nobody another number for those who could not have granted them their rights, or do not keep their kind', async () => {
    await giveRight(server, own, 'supervisor', 'DIRECTORY', null);
    await giveRight(server, own, 'owner', 'CONTACTS', null);
    const [staff, contacts] = [await again(server, own, 'supervisor'), await again(server, own, 'owner')];
    await giveRight(server, own, 'sharee', 'FORMS', null);
    await takes(own.colleague, phoneOf('sharee'));
    const [ofStaff] = await listed(own.admin, open);
    expect(await settles(staff, ofStaff.id, 'EXCHANGE')).toMatchObject({ __typename: 'RightNotYours', path: ['input', 'conflictId'] });
    await takes(own.customer, phoneOf('formsAdmin'));
    const [ofBoth] = await listed(own.admin, open);
    expect((await contacts.ask(SETTLE, { input: { conflictId: ofBoth.id, choice: 'EXCHANGE' } })).errors).toMatchObject([
      { extensions: { code: 'FORBIDDEN' } },
    ]);
    await takes(own.owner, phoneOf('rival'));
    const [ofContact] = await listed(own.admin, open);
    expect((await staff.ask(SETTLE, { input: { conflictId: ofContact.id, choice: 'EXCHANGE' } })).errors).toMatchObject([
      { extensions: { code: 'FORBIDDEN' } },
    ]);
    expect([await phoneIn(own.sharee.id), await phoneIn(own.formsAdmin.id), await phoneIn(own.rival.id)]).toEqual(
      ['sharee', 'formsAdmin', 'rival'].map(phoneOf),
    );
    expect((await settles(own.admin, ofStaff.id, 'EXCHANGE')).conflict.choice).toBe('EXCHANGE');
  });
  it('hands nobody to a third person whose account is at the number that would be left, in another organization', async () => {
    const left = phoneOf('supervisor');
    const { id, phone } = await conflict('supervisor', 'sharee');
    const elsewhere = await server.organization();
    await takes(elsewhere.colleague, left);
    expect(await settles(own.admin, id, 'EXCHANGE')).toMatchObject({ issues: [{ code: 'NOT_A_CHOICE', path: ['input', 'choice'] }] });
    expect([await phoneIn(own.supervisor.id), await phoneIn(own.sharee.id)]).toEqual([left, phone]);
    const third = await server.seat(left, elsewhere.id);
    expect((await third.query('{ seats { id } }')).seats).toEqual([{ id: elsewhere.colleague.id }]);
    await takes(third, newPhone());
    expect((await settles(own.admin, id, 'EXCHANGE')).conflict.choice).toBe('EXCHANGE');
    await isNow('sharee', left);
  });
  it('nor where they are of the same organization, who are to be put right first', async () => {
    const left = phoneOf('supervisor');
    const { id } = await conflict('supervisor', 'sharee');
    await takes(own.colleague, left);
    expect(await settles(own.admin, id, 'EXCHANGE')).toMatchObject({ issues: [{ code: 'NOT_A_CHOICE' }] });
    expect((await (await server.seat(left, own.id)).query('{ seats { id } }')).seats).toEqual([{ id: own.colleague.id }]);
  });
  it('is as keeping where who had the number has left', async () => {
    const { id, phone } = await conflict('supervisor', 'sharee');
    await leavesNow(own.sharee.id);
    expect((await settles(own.admin, id, 'EXCHANGE')).conflict.choice).toBe('EXCHANGE');
    expect(await phoneIn(own.supervisor.id)).toBe(phone);
  });
});
const leavesNow = (employeeId: string) => says(own.admin, OFFBOARD, { employeeId });

describe('a number that an account has proven while admins decide (spec 3.3)', () => {
  const hires = (phone: string, given: object = {}) =>
    says(own.admin, ADD_EMPLOYEE, { name: 'Gao Ming', phone, departmentIds: [], ...given });
  const adds = (phone: string) => says(own.admin, ADD, { name: 'Gao Ming', phone, tagIds: [own.tagIds[0]] });
  const gone = async (contactId: string) => says(own.admin, DELETE, { contactIds: [contactId] });
  const leaves = (employeeId: string) => says(own.admin, OFFBOARD, { employeeId });

  it('is an employee’s, for whoever hires, adds or sends a table', async () => {
    const { phone } = await conflict('colleague', 'rival');
    for (const onContact of ['KEEP', 'CONVERT']) expect(await hires(phone, { onContact })).toBe('EmployeePhoneTaken');
    await gone(own.rival.id);
    expect([await hires(phone), await adds(phone)]).toEqual(['EmployeePhoneTaken', 'PhoneBelongsToEmployee']);
    const { errors } = await imported(server, own.admin, csv('Staff number,Name,Phone', `N-1,Gao Ming,${phone}`), true);
    expect(errors).toMatchObject([{ row: 2, path: ['phone'], code: expect.stringMatching(/^PHONE_/) }]);
  });
  it('is a contact’s as well', async () => {
    const { phone } = await conflict('customer', 'colleague');
    await leaves(own.colleague.id);
    expect([await hires(phone), await adds(phone)]).toEqual(['PhoneBelongsToContact', 'ContactPhoneTaken']);
    const { errors } = await imported(server, own.admin, csv('Staff number,Name,Phone', `N-1,Gao Ming,${phone}`), true);
    expect(errors).toMatchObject([{ row: 2, path: ['phone'], code: 'PHONE_OF_CONTACT' }]);
    expect(await hires(phone, { onContact: 'CONVERT' })).toBe('AddEmployeeSuccess');
    expect(await phoneIn(own.customer.id)).toBeNull();
  });
  it('is nothing to decide about any more when the seat ends', async () => {
    await conflict('colleague', 'rival');
    await leaves(own.colleague.id);
    expect(await listed(own.admin, open)).toEqual([]);
    await conflict('customer', 'sharee');
    await gone(own.customer.id);
    expect(await listed(own.admin, open)).toEqual([]);
  });
  it('is not taken from a third who has it by now: that is another conflict', async () => {
    const { id, phone } = await conflict('colleague', 'rival');
    await rowsOf(server, own, `update contacts set deleted_at = now() where phone = $1`, [phone]);
    await rowsOf(server, own, `update contacts set phone = $1 where name = 'The customer'`, [phone]);
    await settles(own.admin, id, 'CONVERT');
    expect(await phoneIn(own.colleague.id)).toBe(phoneOf('colleague'));
    expect(await listed(own.admin, open)).toMatchObject([
      { phone, employee: { id: own.colleague.id }, holderContact: { id: own.customer.id } },
    ]);
  });
});

describe('whoever has the number, and goes while admins decide (spec 3.3, 3.8, 3.15)', () => {
  /** @returns what brings them back */
  const goes = async (key: 'rival' | 'sharee'): Promise<() => Promise<string>> => {
    const { id } = own[key];
    if (key === 'rival') {
      await outcome(own.admin, DELETE, { contactIds: [id] });
      return () => says(own.admin, RESTORE, { contactIds: [id] });
    }
    const { transfer } = await outcome(own.admin, OFFBOARD, { employeeId: id });
    return () => says(own.admin, UNDO, { transferId: transfer.id, onContact: 'KEEP' });
  };
  const PAIRS = [
    ['customer', 'rival'],
    ['colleague', 'rival'],
    ['customer', 'sharee'],
    ['colleague', 'sharee'],
  ] as const;

  it.each(PAIRS)('comes back as they were, and so is the conflict: %s has taken the number of %s', async (taker, holder) => {
    const before = await conflict(taker, holder);
    const comesBack = await goes(holder);
    expect(await comesBack()).toMatch(/Success$/);
    expect(await listed(own.admin, open)).toEqual([before]);
    expect([await phoneIn(own[taker].id), await phoneIn(own[holder].id)]).toEqual([phoneOf(taker), phoneOf(holder)]);
    expect((await settles(own.admin, before.id, 'EXCHANGE')).__typename).toBe('SettleDirectoryConflictSuccess');
    expect([await phoneIn(own[taker].id), await phoneIn(own[holder].id)]).toEqual([phoneOf(holder), phoneOf(taker)]);
  });
  it('comes back to what admins have decided: two of a kind keep what they have', async () => {
    const { id } = await conflict('customer', 'rival');
    await settles(own.admin, id, 'KEEP');
    const comesBack = await goes('rival');
    expect([await comesBack(), await listed(own.admin, open)]).toEqual(['RestoreContactsItemSuccess', []]);
  });
  it.each([
    ['customer', 'rival', 'ContactPhoneTaken'],
    ['colleague', 'sharee', 'EmployeePhoneTaken'],
  ] as const)('does not come back to a number that admins have given %s meanwhile', async (taker, holder, refusal) => {
    const { id, phone } = await conflict(taker, holder);
    const comesBack = await goes(holder);
    await settles(own.admin, id, 'KEEP');
    expect([await phoneIn(own[taker].id), await comesBack()]).toEqual([phone, refusal]);
  });
  it.each(['KEEP', 'EXCHANGE'])(
    'comes back beside the employee whom admins have given the number while they were gone, by %s',
    async (choice) => {
      const { id, phone } = await conflict('colleague', 'rival');
      const comesBack = await goes('rival');
      expect((await settles(own.admin, id, choice)).__typename).toBe('SettleDirectoryConflictSuccess');
      expect([await comesBack(), await listed(own.admin, open)]).toEqual(['RestoreContactsItemSuccess', []]);
      expect([await phoneIn(own.colleague.id), await phoneIn(own.rival.id)]).toEqual([phone, phone]);
    },
  );
  it('comes back whether admins have decided before they went or after, at the same moment', async () => {
    const { id, phone } = await conflict('colleague', 'rival');
    const [decided] = await Promise.all([settles(own.admin, id, 'KEEP'), says(own.admin, DELETE, { contactIds: [own.rival.id] })]);
    expect(decided.__typename).toBe('SettleDirectoryConflictSuccess');
    expect(await says(own.admin, RESTORE, { contactIds: [own.rival.id] })).toBe('RestoreContactsItemSuccess');
    expect([await phoneIn(own.colleague.id), await phoneIn(own.rival.id)]).toEqual([phone, phone]);
  });
  it('does not come back beside an employee who got the number by nobody’s decision', async () => {
    const [phone, comesBack] = [phoneOf('rival'), await goes('rival')];
    expect(await says(own.admin, ADD_EMPLOYEE, { name: 'Gao Ming', phone, departmentIds: [] })).toBe('AddEmployeeSuccess');
    expect(await comesBack()).toBe('PhoneBelongsToEmployee');
  });
  it('leaves the number to whose account has it, where staff say so: no other number, and not before', async () => {
    for (const [taker, holder] of [
      ['customer', 'rival'],
      ['colleague', 'sharee'],
    ] as const) {
      const { id, phone } = await conflict(taker, holder);
      await settles(own.admin, id, 'KEEP');
      await used(server, phone);
      const gets = async (number: string): Promise<string> => {
        if (taker === 'customer') return says(own.admin, CHANGE_PHONE, { contactId: own.customer.id, phone: number });
        const { employee } = await own.admin.query('query ($id: ID!) { employee(id: $id) { version } }', { id: own.colleague.id });
        return says(own.admin, UPDATE_EMPLOYEE, { employeeId: own.colleague.id, expectedVersion: employee.version, phone: number });
      };
      expect(await gets(phone)).toMatch(/PhoneTaken$/);
      await goes(holder);
      expect([await gets(newPhone()), await phoneIn(own[taker].id)]).toEqual(['PhoneFollowsAccount', phoneOf(taker)]);
      expect([await gets(phone), await phoneIn(own[taker].id)]).toEqual([expect.stringMatching(/Success$/), phone]);
    }
  });
  it('comes back, or the number is given away at the same moment: one of the two has it', async () => {
    for (let round = 0; round < 4; round++) {
      const { id, phone } = await conflict('customer', 'rival');
      const comesBack = await goes('rival');
      const both = [comesBack, async () => (await settles(own.admin, id, 'KEEP')).__typename];
      const answers = await Promise.all((round % 2 ? both : both.toReversed()).map((act) => act()));
      expect(answers).toContain('SettleDirectoryConflictSuccess');
      const isBack = answers.includes('RestoreContactsItemSuccess');
      expect([await phoneIn(own.customer.id), await phoneIn(own.rival.id)]).toEqual(isBack ? [phoneOf('customer'), phone] : [phone, null]);
      own = await server.organization();
    }
  });
});
