import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { keepHouse } from '../../../src/app/housekeeping.ts';
import { phoneTelling, signInAs, TextOutbox } from '../../../src/domains/accounts/index.ts';
import { changePhone, requestPhoneChangeCode } from '../../../src/domains/accounts/phone-change.service.ts';
import type { TextMessage } from '../../../src/sdk/index.ts';
import { testLogger } from '../../../src/testing/test-log.ts';
import { newPhone, type TestOrganization, testPlan } from '../../../src/testing/test-organization.ts';
import { TestSeat } from '../../../src/testing/test-seat.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { Crossing } from '../../support/crossing.ts';
import { orderFor } from '../../support/form-moves.ts';
import { RawDatabase } from '../../support/raw-database.ts';
import { says } from '../../support/says.ts';
import { used } from '../../support/used-seat.ts';
import { ADD, CHANGE_PHONE, DELETE, RESTORE, rowsOf } from '../contacts/contact.fixture.ts';
import { ADD_EMPLOYEE } from '../directory/directory.fixture.ts';

const REQUEST = `mutation ($input: RequestPhoneChangeCodeInput!) { requestPhoneChangeCode(input: $input) { __typename ... on UserError { code } ... on ValidationFailed { issues { code path } } } }`;
const CHANGE = `mutation ($input: ChangeMyPhoneInput!) { changeMyPhone(input: $input) { __typename ... on UserError { code path message }
  ... on ChangeMyPhoneSuccess { phone seats { id } conflicts { id } } } }`;
const SIGN_IN = `mutation ($input: SignInInput!) { signIn(input: $input) { __typename ... on SignInSuccess { seat { id } seats { id } } } }`;
const FOUND = 'query ($search: String) { contacts(search: $search, list: ORGANIZATION) { nodes { id phone } } }';

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
  sent.clear();
  own = await server.organization();
});
afterAll(() => server.stop());

/** Nobody waits for a code but its reader. */
const codeFor = async (phone: string): Promise<string> => {
  await server.runtime.door.texts.settled();
  return sent.get(phone)!;
};
const asked = async (seat: TestSeat, phone: string): Promise<string> => {
  expect((await seat.query(REQUEST, { input: { phone } })).requestPhoneChangeCode).toEqual({ __typename: 'RequestPhoneChangeCodeSuccess' });
  return codeFor(phone);
};
const changed = async (seat: TestSeat, phone: string, code?: string, seatIds?: readonly string[]) =>
  (await seat.query(CHANGE, { input: { phone, code: code ?? (await asked(seat, phone)), seatIds } })).changeMyPhone;
const phoneOf = (key: string) => [...own.plan.employees, ...own.plan.contacts].find((one) => one.key === key)!.phone;
const rows = <Row extends object>(text: string, values: readonly unknown[] = []) => rowsOf<Row>(server, own, text, values);
const phoneIn = async (id: string, organization = own): Promise<string> =>
  (await organization.admin.query('query ($id: ID!) { node(id: $id) { ... on Contact { phone } ... on Employee { phone } } }', { id })).node
    .phone;
const openConflicts = () =>
  rows<{ phone: string }>('select phone, seat_kind, holder_kind from directory_conflicts where settled_at is null');

describe('a person’s own phone (spec 3.7)', () => {
  it('changes with what the contact is found by and its history; the session, forms and shares stay', async () => {
    const { formId } = await orderFor(own.owner, own.customer);
    const phone = newPhone();
    expect(await changed(own.customer, phone)).toEqual({
      __typename: 'ChangeMyPhoneSuccess',
      phone,
      seats: [{ id: own.customer.id }],
      conflicts: [],
    });
    expect(await phoneIn(own.customer.id)).toBe(phone);
    expect((await own.admin.query(FOUND, { search: phone.slice(-6) })).contacts.nodes).toContainEqual({ id: own.customer.id, phone });
    expect((await own.admin.query(FOUND, { search: phoneOf('customer').slice(3) })).contacts.nodes).toEqual([]);
    expect((await own.customer.query('{ myForms { nodes { id } } viewer { id } }')).myForms.nodes).toEqual([{ id: formId }]);
    const { contact } = await own.admin.query(
      'query ($id: ID!) { contact(id: $id) { sharedWith { nodes { employee { id } } } history(first: 1) { nodes { field from to actor { id } } } } }',
      { id: own.customer.id },
    );
    expect(contact.sharedWith.nodes).toEqual([{ employee: { id: own.sharee.id } }]);
    expect(contact.history.nodes).toEqual([{ field: 'phone', from: phoneOf('customer'), to: phone, actor: null }]);
    const { auditEntries } = await own.admin.query('{ auditEntries(first: 1) { nodes { act actorId objectIds } } }');
    expect(auditEntries.nodes).toEqual([{ act: 'changeMyPhone', actorId: own.customer.id, objectIds: [own.customer.id] }]);
  });

  it('is what one signs in with, and the former number is nobody’s', async () => {
    const phone = newPhone();
    await changed(own.owner, phone);
    expect((await server.seat(phone, own.id)).id).toBe(own.owner.id);
    await expect(server.seat(phoneOf('owner'), own.id)).rejects.toThrow('No seat');
    expect((await own.owner.query('{ viewer { ... on Employee { phone } } }')).viewer.phone).toBe(phone);
    const input = { name: 'New', phone: phoneOf('owner'), tagIds: [own.tagIds[0]] };
    expect((await own.admin.query(ADD, { input })).addContact.__typename).toBe('AddContactSuccess');
    const taken = await own.admin.query(ADD, { input: { ...input, phone } });
    expect(taken.addContact.__typename).toBe('PhoneBelongsToEmployee');
  });

  it('changes in every organization of the account', async () => {
    const plan = testPlan();
    const employees = plan.employees.map((one) => (one.key === 'colleague' ? { ...one, phone: phoneOf('customer') } : one));
    const other = await server.organization({ employees });
    const seat = await server.seat(phoneOf('customer'), own.id);
    const phone = newPhone();
    expect((await changed(seat, phone)).seats).toHaveLength(2);
    expect([await phoneIn(own.customer.id), await phoneIn(other.colleague.id, other)]).toEqual([phone, phone]);
    expect((await seat.query('{ viewer { id } }')).viewer.id).toBe(own.customer.id);
    expect((await (await server.seat(phone, other.id)).query('{ viewer { id } }')).viewer.id).toBe(other.colleague.id);
  });

  it('takes no seat along that the session does not reach, and the code stays good', async () => {
    const other = await server.organization();
    const phone = newPhone();
    const code = await asked(own.customer, phone);
    expect(await changed(own.customer, phone, code, [other.owner.id])).toMatchObject({
      __typename: 'NotFound',
      path: ['input', 'seatIds', '0'],
    });
    expect(await changed(own.customer, phone, code)).toMatchObject({ phone });
  });

  it('is not staff’s to change', async () => {
    const phone = newPhone();
    await changed(own.customer, phone);
    await used(server, phone);
    const { changeContactPhone } = await own.admin.query(CHANGE_PHONE, { input: { contactId: own.customer.id, phone: newPhone() } });
    expect(changeContactPhone.__typename).toBe('PhoneFollowsAccount');
  });
});

describe('proving the new number', () => {
  const refused = { __typename: 'SignInRefused', path: ['input', 'code'] };
  const other = (code: string, by = 1): string => String((Number(code) + by) % 1_000_000).padStart(6, '0');

  it('takes the code sent to it, once, for the account that asked', async () => {
    const [phone, elsewhere] = [newPhone(), newPhone()];
    const code = await asked(own.customer, phone);
    expect(await changed(own.customer, phone, other(code))).toMatchObject({
      ...refused,
      message: expect.stringContaining('sent to the new number'),
    });
    expect(await changed(own.customer, elsewhere, code)).toMatchObject(refused);
    expect(await changed(own.rival, phone, code)).toMatchObject(refused);
    expect(await phoneIn(own.customer.id)).toBe(phoneOf('customer'));
    expect(await changed(own.customer, phone, code)).toMatchObject({ phone });
    expect(await changed(own.customer, phone, code)).toMatchObject(refused);
  });

  it('is no signing in, and signing in is no proof of it', async () => {
    const phone = newPhone();
    const code = await asked(own.customer, phone);
    expect((await server.nobody.query(SIGN_IN, { input: { phone, code } })).signIn.__typename).toBe('SignInRefused');
    await server.nobody.query('mutation ($input: RequestSignInCodeInput!) { requestSignInCode(input: $input) { __typename } }', {
      input: { phone },
    });
    const another = await codeFor(phone);
    expect(await changed(own.customer, phone, another)).toMatchObject(another === code ? {} : refused);
  });

  it('has five tries', async () => {
    const phone = newPhone();
    const code = await asked(own.customer, phone);
    for (let i = 1; i <= 5; i++) expect(await changed(own.customer, phone, other(code, i))).toMatchObject(refused);
    expect(await changed(own.customer, phone, code)).toMatchObject(refused);
  });

  it('is asked for within the limits of codes, with one answer whether or not somebody has the number', async () => {
    await asked(own.customer, phoneOf('rival'));
    const phone = newPhone();
    for (let i = 0; i < 10; i++) await asked(own.customer, phone);
    expect((await own.customer.ask(REQUEST, { input: { phone } })).errors).toMatchObject([{ extensions: { code: 'RATE_LIMITED' } }]);
    expect((await own.customer.query(REQUEST, { input: { phone: '0571-88880000' } })).requestPhoneChangeCode.issues).toMatchObject([
      { code: 'NOT_A_MOBILE' },
    ]);
  });

  it('takes a session', async () => {
    for (const [mutation, input] of [
      [REQUEST, { phone: newPhone() }],
      [CHANGE, { phone: newPhone(), code: '123456' }],
    ] as const)
      expect((await server.nobody.ask(mutation, { input })).errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
    expect(sent.size).toBe(0);
  });

  it('is not enough for a session that a demo’s code opened, where the account has seats beyond the demo', async () => {
    const demo = async (): Promise<TestSeat> => {
      const { token } = await signInAs(
        server.runtime.door,
        { phone: phoneOf('customer'), organizationId: own.id, demoOnly: true },
        new Date(),
      );
      return new TestSeat({ id: own.customer.id, name: 'demo', token, url: server.url });
    };
    const phone = newPhone();
    expect(await changed(await demo(), phone)).toMatchObject({ phone });
    expect(await changed(await server.seat(phone, own.id), phoneOf('customer'))).toMatchObject({ phone: phoneOf('customer') });
    const contacts = testPlan().contacts.map((one) => (one.key === 'customer' ? { ...one, phone: phoneOf('customer') } : one));
    await server.organization({ contacts, isDemo: false });
    const seat = await demo();
    const code = await asked(seat, phone);
    expect((await seat.ask(CHANGE, { input: { phone, code } })).errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
    expect(await phoneIn(own.customer.id)).toBe(phoneOf('customer'));
  });

  it('does nothing for the number that one has', async () => {
    expect(await changed(own.customer, phoneOf('customer'))).toMatchObject({ phone: phoneOf('customer'), conflicts: [] });
    expect(await rows(`select from contact_history where field = 'phone' and old is not null`)).toEqual([]);
  });
});

describe('a number that somebody else in the organization has (spec 3.3)', () => {
  it.each(['rival', 'colleague'] as const)('is a conflict for the admins where it is that of %s, and nothing is lost', async (holder) => {
    const [former, phone] = [phoneOf('customer'), phoneOf(holder)];
    const before = await own[holder].query('{ viewer { id } }');
    const answer = await changed(own.customer, phone);
    expect(answer).toMatchObject({ phone, conflicts: [{ id: own.customer.id }] });
    expect(new Set(answer.seats.map(({ id }: { id: string }) => id))).toEqual(new Set([own.customer.id, own[holder].id]));
    expect([await phoneIn(own.customer.id), await phoneIn(own[holder].id)]).toEqual([former, phone]);
    expect(await openConflicts()).toEqual([{ phone, seat_kind: 'CONTACT', holder_kind: holder === 'rival' ? 'CONTACT' : 'EMPLOYEE' }]);
    expect((await own.customer.query('{ viewer { id } }')).viewer.id).toBe(own.customer.id);
    expect(before.viewer.id).toBe(own[holder].id);
    await expect.poll(async () => (await own[holder].ask('{ viewer { id } }')).errors[0]?.extensions.code).toBe('UNAUTHENTICATED'); // opened by who had the number before
  });

  it('is none where whoever has it lies in the bin or has left', async () => {
    await own.admin.query('mutation ($input: DeleteContactsInput!) { deleteContacts(input: $input) { __typename } }', {
      input: { contactIds: [own.rival.id] },
    });
    expect(await changed(own.customer, phoneOf('rival'))).toMatchObject({ conflicts: [] });
    await rows(`update employees set left_at = now() where name = 'The colleague'`);
    expect(await changed(own.customer, phoneOf('colleague'))).toMatchObject({ conflicts: [] });
    expect(await phoneIn(own.customer.id)).toBe(phoneOf('colleague'));
  });

  it('is told once more to whoever asks for the number that they have, until it is settled', async () => {
    await changed(own.customer, phoneOf('rival'));
    expect((await changed(own.customer, phoneOf('rival'))).conflicts).toEqual([{ id: own.customer.id }]);
    const phone = newPhone();
    await changed(own.customer, phone, undefined, [own.customer.id]);
    expect((await changed(own.customer, phone)).conflicts).toEqual([]);
  });

  it('stands in no other organization’s way', async () => {
    const contacts = testPlan().contacts.map((one) => (one.key === 'customer' ? { ...one, phone: phoneOf('customer') } : one));
    const other = await server.organization({ contacts });
    const phone = phoneOf('rival');
    const seat = await server.seat(phoneOf('customer'), own.id);
    expect((await changed(seat, phone)).conflicts).toEqual([{ id: own.customer.id }]);
    expect(await phoneIn(other.customer.id, other)).toBe(phone);
  });

  it.each(['customer', 'colleague'] as const)(
    'is a conflict with a contact that is being added as well: %s waits for it',
    async (follower) => {
      const phone = newPhone();
      const code = await asked(own[follower], phone);
      const crossing = await Crossing.open(server);
      await crossing.holdCommits();
      const adding = own.admin.query(ADD, { input: { name: 'New', phone, tagIds: [own.tagIds[0]] } });
      await crossing.until('the test');
      const changing = changed(own[follower], phone, code);
      await crossing.until('the test', 'a turn');
      await crossing.letGo();
      await crossing.close();
      expect((await adding).addContact.__typename).toBe('AddContactSuccess');
      expect(await changing).toMatchObject({ phone, conflicts: [{ id: own[follower].id }] });
      expect(await openConflicts()).toMatchObject([{ phone }]);
      expect(
        await rows('select phone from contacts where phone = $1 union all select phone from employees where phone = $1', [phone]),
      ).toHaveLength(1);
    },
  );

  it('goes to one of two: the contact that is added with it at the same moment, or who follows', async () => {
    for (let round = 0; round < 5; round++) {
      const phone = newPhone();
      const code = await asked(own.customer, phone);
      const input = { name: 'New', phone, tagIds: [own.tagIds[0]] };
      const [answer] = await Promise.all([
        changed(own.customer, phone, code, [own.customer.id]), // who was added in the round before stays
        own.admin.query(ADD, { input }),
      ]);
      expect(answer.phone).toBe(phone);
      const holders = await rows<{ id: string }>('select id from contacts where phone = $1 and deleted_at is null', [phone]);
      expect(holders).toHaveLength(1);
      expect((await openConflicts()).filter((one) => one.phone === phone)).toHaveLength(answer.conflicts.length);
    }
  });
});

describe('an account that was opened with the number before', () => {
  it('is no more: its sessions end, and it is the number of who has proven it', async () => {
    const phone = newPhone();
    await server.nobody.query('mutation ($input: RequestSignInCodeInput!) { requestSignInCode(input: $input) { __typename } }', {
      input: { phone },
    });
    const SEATLESS = SIGN_IN.replace('seat { id }', 'token seat { id }');
    const { token } = (await server.nobody.query(SEATLESS, { input: { phone, code: await codeFor(phone) } })).signIn;
    expect(await changed(own.customer, phone)).toMatchObject({ phone, seats: [{ id: own.customer.id }] });
    const answer = await fetch(`${server.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ query: '{ seats { id } }' }),
    });
    await expect.poll(async () => answer.status < 500).toBe(true);
    expect((await server.seat(phone, own.id)).id).toBe(own.customer.id);
  });

  it('lets signing in with either number at the same moment come before or after, whole', async () => {
    const phone = newPhone();
    const code = await asked(own.customer, phone);
    const signIns = Array.from({ length: 6 }, () => server.seat(phoneOf('customer'), own.id).catch((error: Error) => error.message));
    const [answer, ...seats] = await Promise.all([changed(own.customer, phone, code), ...signIns]);
    expect(answer.phone).toBe(phone);
    for (const seat of seats) if (typeof seat !== 'string') expect((seat as TestSeat).id).toBe(own.customer.id);
    expect(seats.filter((seat) => typeof seat === 'string' && !seat.startsWith('No seat'))).toEqual([]);
  });
});

describe('a seat that has ended (spec 3.7, 3.8, 3.15)', () => {
  let other: TestOrganization;
  /** Makes the person of one of our seats a contact of another organization, who changes their phone there. @returns the new one */
  const changedElsewhere = async (key: string): Promise<string> => {
    const former = phoneOf(key);
    await other.owner.does(ADD, { input: { name: 'The same person', phone: former, tagIds: [other.tagIds[0]] } });
    const phone = newPhone();
    expect((await changed(await server.seat(former, other.id), phone)).seats).toHaveLength(1);
    return phone;
  };
  const LEAVE = `mutation ($input: OffboardEmployeeInput!) { offboardEmployee(input: $input) { ... on OffboardEmployeeSuccess { transfer { id } } } }`;
  const UNDO = `mutation ($input: UndoTransferInput!) { undoTransfer(input: $input) { __typename } }`;
  const left = async () => {
    const { transfer } = (await own.admin.query(LEAVE, { input: { employeeId: own.owner.id } })).offboardEmployee;
    return () => says(own.admin, UNDO, { transferId: transfer.id });
  };
  beforeEach(async () => {
    other = await server.organization();
  });

  it('of an employee comes back to the account that it was, and to nobody who has the former number', async () => {
    const undoes = await left();
    const phone = await changedElsewhere('owner');
    expect(await rows('select phone from employees where left_at is not null')).toEqual([{ phone: phoneOf('owner') }]); // they are not told
    expect(await undoes()).toBe('UndoTransferSuccess');
    expect(await phoneIn(own.owner.id)).toBe(phone);
    expect((await server.seat(phone, own.id)).id).toBe(own.owner.id);
    await expect(server.seat(phoneOf('owner'), own.id)).rejects.toThrow('No seat');
  });
  it('of a contact as well, who is found by the new number', async () => {
    await own.admin.query(DELETE, { input: { contactIds: [own.customer.id] } });
    const phone = await changedElsewhere('customer');
    expect(await rows('select phone from contacts where deleted_at is not null')).toEqual([{ phone: phoneOf('customer') }]);
    await own.admin.query(RESTORE, { input: { contactIds: [own.customer.id] } });
    expect((await own.admin.query(FOUND, { search: phone.slice(-6) })).contacts.nodes).toContainEqual({ id: own.customer.id, phone });
    expect((await server.seat(phone, own.id)).id).toBe(own.customer.id);
    await expect(server.seat(phoneOf('customer'), own.id)).rejects.toThrow('No seat');
  });
  it('comes back also where somebody else has the former number by now', async () => {
    await own.admin.query(DELETE, { input: { contactIds: [own.customer.id] } });
    const phone = await changedElsewhere('customer');
    await own.admin.does(ADD, { input: { name: 'New', phone: phoneOf('customer'), tagIds: [own.tagIds[0]] } });
    expect(await says(own.admin, RESTORE, { contactIds: [own.customer.id] })).toBe('RestoreContactsItemSuccess');
    expect(await phoneIn(own.customer.id)).toBe(phone);
    expect((await server.seat(phone, own.id)).id).toBe(own.customer.id);
  });
  it('of an employee asks for a choice where a contact has the new number', async () => {
    const undoes = await left();
    await own.admin.does(ADD, { input: { name: 'New', phone: await changedElsewhere('owner'), tagIds: [own.tagIds[0]] } });
    expect(await undoes()).toBe('PhoneBelongsToContact');
    await expect(server.seat(phoneOf('owner'), own.id)).rejects.toThrow('No seat');
  });
  it.each(['owner', 'customer'] as const)('of %s comes back beside whoever else has the new number: admins decide', async (key) => {
    const undoes = key === 'owner' ? await left() : undefined;
    if (!undoes) await own.admin.query(DELETE, { input: { contactIds: [own.customer.id] } });
    const phone = await changedElsewhere(key);
    if (undoes) await own.admin.does(ADD_EMPLOYEE, { input: { name: 'New', phone, departmentIds: [] } });
    else await own.admin.does(ADD, { input: { name: 'New', phone, tagIds: [own.tagIds[0]] } });
    expect(await (undoes?.() ?? says(own.admin, RESTORE, { contactIds: [own.customer.id] }))).toMatch(/Success$/);
    expect([await phoneIn(own[key].id), await openConflicts()]).toMatchObject([phoneOf(key), [{ phone }]]);
    expect((await changed(await server.seat(phone, other.id), phone)).conflicts).toEqual([{ id: own[key].id }]);
  });
  it.each(['owner', 'customer'] as const)('of %s, who had a conflict when they went, comes back with it', async (key) => {
    expect((await changed(own[key], phoneOf(key === 'owner' ? 'colleague' : 'rival'))).conflicts).toHaveLength(1);
    const before = await openConflicts();
    const undoes = key === 'owner' ? await left() : undefined;
    if (!undoes) await own.admin.query(DELETE, { input: { contactIds: [own.customer.id] } });
    expect(await openConflicts()).toEqual([]);
    expect(await (undoes?.() ?? says(own.admin, RESTORE, { contactIds: [own.customer.id] }))).toMatch(/Success$/);
    expect([await openConflicts(), await phoneIn(own[key].id)]).toEqual([before, phoneOf(key)]);
  });
  it('does not come back where others have both numbers, the new one and the former', async () => {
    await own.admin.query(DELETE, { input: { contactIds: [own.customer.id] } });
    for (const phone of [await changedElsewhere('customer'), phoneOf('customer')])
      await own.admin.does(ADD, { input: { name: 'New', phone, tagIds: [own.tagIds[0]] } });
    expect(await says(own.admin, RESTORE, { contactIds: [own.customer.id] })).toBe('ContactPhoneTaken');
  });
  it('comes back to the number that its account has, also where that changes at the same moment', async () => {
    const former = phoneOf('owner');
    await other.owner.does(ADD, { input: { name: 'The same person', phone: former, tagIds: [other.tagIds[0]] } });
    let elsewhere = await server.seat(former, other.id);
    for (let round = 0; round < 4; round++) {
      const undoes = await left();
      const phone = newPhone();
      const code = await asked(elsewhere, phone);
      const both = [() => changed(elsewhere, phone, code), undoes];
      const answers = await Promise.all((round % 2 ? both : both.toReversed()).map((act) => act()));
      expect(answers).toContainEqual('UndoTransferSuccess');
      expect(answers).toContainEqual(expect.objectContaining({ phone }));
      expect(await phoneIn(own.owner.id), `round ${round}`).toBe(phone);
      elsewhere = await server.seat(phone, other.id);
      expect((await server.seat(phone, own.id)).id).toBe(own.owner.id);
    }
  });
  it('is restored, or its number is somebody’s who has proven it at the same moment: both have it only where admins decide', async () => {
    for (let round = 0; round < 4; round++) {
      const [phone, former] = [newPhone(), newPhone()];
      const input = (of: string) => ({ name: 'One of two', phone: of, tagIds: [own.tagIds[0]] });
      const contactId = (await own.admin.does(ADD, { input: input(phone) })).contact.id;
      await own.admin.does(ADD, { input: input(former) });
      const seat = await server.seat(former, own.id);
      await own.admin.does(DELETE, { input: { contactIds: [contactId] } });
      const code = await asked(seat, phone);
      const [answer, restored] = await Promise.all([changed(seat, phone, code), says(own.admin, RESTORE, { contactIds: [contactId] })]);
      expect(answer.phone).toBe(phone);
      const holders = await rows<{ id: string }>('select id from contacts where phone = $1 and deleted_at is null', [phone]);
      const open = (await openConflicts()).filter((one) => one.phone === phone);
      expect([holders.length, open.length, restored], `round ${round}`).toEqual(
        restored === 'RestoreContactsItemSuccess' ? [1, 1, restored] : [1, 0, 'ContactPhoneTaken'],
      );
    }
  });
  it('comes back to its number where the account has kept it', async () => {
    const undoes = await left();
    expect(await undoes()).toBe('UndoTransferSuccess');
    expect((await server.seat(phoneOf('owner'), own.id)).id).toBe(own.owner.id);
  });
});

describe('a crash between the account and its organizations', () => {
  const changedAlone = async (seat: TestSeat, phone: string) => {
    const { door } = server.runtime;
    const { sessionId } = (await server.runtime.seats.signedIn(seat.token!))!;
    await requestPhoneChangeCode(door, { sessionId, phone, address: '192.0.2.7', language: 'en' }, new Date());
    return changePhone(door, { sessionId, phone, code: await codeFor(phone) }, new Date());
  };

  it('is made up for by the next server’s housekeeping, once', async () => {
    const phone = newPhone();
    await changedAlone(own.customer, phone);
    expect(await phoneIn(own.customer.id)).toBe(phoneOf('customer'));
    expect((await own.customer.query('{ viewer { id } }')).viewer.id).toBe(own.customer.id);
    await Promise.all([keepHouse(server.runtime, testLogger('silent')), keepHouse(server.runtime, testLogger('silent'))]);
    await keepHouse(server.runtime, testLogger('silent'));
    expect(await phoneIn(own.customer.id)).toBe(phone);
    expect(await rows(`select from contact_history where field = 'phone' and old is not null`)).toHaveLength(1);
  });

  it('tells an organization once of one change, whoever tells it', async () => {
    const phone = newPhone();
    const { changeId } = await changedAlone(own.owner, phone);
    const telling = server.runtime.switchboard.service(phoneTelling);
    await Promise.all(Array.from({ length: 8 }, () => telling.tell({ changeId, organizationId: own.id })));
    expect(await phoneIn(own.owner.id)).toBe(phone);
    const [entry] = await rows<{ count: string }>(`select count(*) from audit_entries where act = 'changeMyPhone'`);
    expect(Number(entry!.count)).toBe(1);
  });

  it('passes over what is no longer so: of two changes the last, in whatever order they are told', async () => {
    const [first, second] = [newPhone(), newPhone()];
    await changedAlone(own.customer, first);
    await changedAlone(own.customer, second);
    await keepHouse(server.runtime, testLogger('silent'));
    expect(await phoneIn(own.customer.id)).toBe(second);
    const told = await rows<{ new: string }>(
      `select new #>> '{}' as new from contact_history where field = 'phone' and old is not null order by id`,
    );
    expect(told.map((one) => one.new)).toEqual([second]);
  });

  it('tells a change late that has been overtaken, and nothing becomes of it', async () => {
    const [late, phone] = [newPhone(), newPhone()];
    const { changeId } = await changedAlone(own.customer, late);
    expect(await changed(own.customer, phone)).toMatchObject({ phone, conflicts: [] });
    const telling = server.runtime.switchboard.service(phoneTelling);
    expect(await telling.tell({ changeId, organizationId: own.id })).toEqual([]);
    expect([await phoneIn(own.customer.id), await openConflicts()]).toEqual([phone, []]);
  });

  it('says which seats follow later', async () => {
    const phone = newPhone();
    const code = await asked(own.customer, phone);
    const database = await RawDatabase.open(server.databaseUrl);
    await database.rows(`alter function phone_changes_take(uuid) rename to phone_changes_gone`);
    const answer = (
      await own.customer.query(CHANGE.replace('conflicts { id }', 'conflicts { id } following { id }'), { input: { phone, code } })
    ).changeMyPhone;
    await database.rows(`alter function phone_changes_gone(uuid) rename to phone_changes_take`);
    await database.close();
    expect(answer).toMatchObject({ phone, conflicts: [], following: [{ id: own.customer.id }] });
    await keepHouse(server.runtime, testLogger('silent'));
    expect(await phoneIn(own.customer.id)).toBe(phone);
  });
});
