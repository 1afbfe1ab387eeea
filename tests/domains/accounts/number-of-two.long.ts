import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { makeAdmin } from '../../../src/app/founding/organization-admin.ts';
import { decodeAnyId } from '../../../src/platform/schema/global-id.ts';
import { newPhone, type TestOrganization } from '../../../src/testing/test-organization.ts';
import type { TestSeat } from '../../../src/testing/test-seat.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { bare, says } from '../../support/says.ts';
import { ADD, CHANGE_PHONE, outcome, rowsOf } from '../contacts/contact.fixture.ts';
import { ADD_EMPLOYEE, UPDATE_EMPLOYEE } from '../directory/directory.fixture.ts';
import { isWho, seatsOf, Telephones } from './phone-change.fixture.ts';

// Whoever proves a number reaches what it has (spec 3.7); whoever leaves it takes along what is theirs, and nothing else.

let server: TestServer;
let own: TestOrganization;
let other: TestOrganization;
let telephones: Telephones;
beforeAll(async () => {
  server = await startTestServer();
  telephones = new Telephones(server);
});
beforeEach(async () => {
  own = await server.organization();
  other = await server.organization();
});
afterAll(() => server.stop());

type Key = 'colleague' | 'sharee' | 'customer' | 'rival';
interface Person {
  readonly seat: TestSeat;
  readonly phone: string;
  readonly of: TestOrganization;
}
const person = (of: TestOrganization, key: Key): Person => ({
  seat: of[key],
  phone: [...of.plan.employees, ...of.plan.contacts].find((one) => one.key === key)!.phone,
  of,
});
/** The number in the row and in the index of seats. */
async function numbersOf({ seat, of }: Person): Promise<[string, string]> {
  const { node } = await of.admin.query('query ($id: ID!) { node(id: $id) { ... on Contact { phone } ... on Employee { phone } } }', {
    id: seat.id,
  });
  const { rows } = await server.runtime.pools.identity.query<{ phone: string }>(
    `select phone from identity.seats where seat_id = $1 and organization_id = $2`,
    [uuidOf(seat.id), of.id],
  );
  return [node.phone, rows[0]!.phone];
}
const uuidOf = decodeAnyId;
const stillThere = async ({ seat, phone, of }: Person): Promise<void> => {
  expect(await numbersOf({ seat, phone, of })).toEqual([phone, phone]);
  const back = await telephones.signsIn(phone);
  expect([await isWho(back), await seatsOf(back)]).toEqual([seat.id, [seat.id]]);
};

const PAIRS: readonly (readonly [string, () => readonly [Person, Person]])[] = [
  ['an employee, that of a colleague', () => [person(own, 'sharee'), person(own, 'colleague')]],
  ['an employee, that of a contact', () => [person(own, 'sharee'), person(own, 'rival')]],
  ['a contact, that of an employee', () => [person(own, 'customer'), person(own, 'colleague')]],
  ['a contact, that of a contact', () => [person(own, 'customer'), person(own, 'rival')]],
  ['an employee, that of an employee elsewhere', () => [person(own, 'sharee'), person(other, 'colleague')]],
  ['a contact, that of a contact elsewhere', () => [person(own, 'customer'), person(other, 'rival')]],
  ['a contact, that of an employee elsewhere', () => [person(own, 'customer'), person(other, 'colleague')]],
];

describe.each(PAIRS)('whoever has taken the number of somebody else by one code: %s', (_, pairOf) => {
  it.each(['back', 'to a third'])('leaves them their seat, going %s', async (how) => {
    const [guest, holder] = pairOf();
    await telephones.signsIn(holder.phone); // theirs, in use
    expect((await telephones.changes(guest.seat, holder.phone)).staying).toEqual([]);
    expect(await seatsOf(guest.seat)).toEqual([guest.seat.id, holder.seat.id].toSorted()); // who proves a number is its holder
    const asHolder = (await telephones.switches(guest.seat, holder.seat.id)) as TestSeat;
    expect(await isWho(asHolder)).toBe(holder.seat.id);

    const next = how === 'back' ? guest.phone : newPhone();
    expect(await telephones.changes(guest.seat, next)).toMatchObject({
      phone: next,
      seats: [{ id: guest.seat.id }],
      staying: [{ id: holder.seat.id }],
      conflicts: [],
    });
    expect(await isWho(guest.seat)).toBe(guest.seat.id);
    expect(await telephones.switches(guest.seat, holder.seat.id)).toBe('NotFound');
    await expect.poll(() => isWho(asHolder)).toBe('UNAUTHENTICATED');
    await stillThere(holder);
    await stillThere({ ...guest, phone: next });
  });

  it('goes nowhere by a session that was switched to it, which is told so before: it switches back, and the code stays good', async () => {
    const [guest, holder] = pairOf();
    await telephones.changes(guest.seat, holder.phone);
    const asHolder = (await telephones.switches(guest.seat, holder.seat.id)) as TestSeat;
    const asking = { phone: guest.phone, code: await telephones.codeFor(asHolder, guest.phone), seatIds: [guest.seat.id] };
    expect(await telephones.asks(asHolder, asking)).toMatchObject({ __typename: 'ValidationFailed', issues: [{ code: 'OWN_SEAT_STAYS' }] });
    const back = (await telephones.switches(asHolder, guest.seat.id)) as TestSeat;
    expect(await telephones.asks(back, asking)).toMatchObject({ phone: guest.phone });
    for (const other of [asHolder, guest.seat]) await expect.poll(() => isWho(other)).toBe('UNAUTHENTICATED');
    expect([await isWho(back), await seatsOf(back)]).toEqual([guest.seat.id, [guest.seat.id]]);
    await stillThere(holder);
    await stillThere(guest);
  });

  it('stays behind when its holder goes on, who takes along their own seat alone', async () => {
    const [guest, holder] = pairOf();
    await telephones.changes(guest.seat, holder.phone);
    const back = await telephones.signsIn(holder.phone, holder.seat.id);
    const next = newPhone();
    expect(await telephones.changes(back, next)).toMatchObject({
      phone: next,
      seats: [{ id: holder.seat.id }],
      staying: [{ id: guest.seat.id }],
    });
    expect([await isWho(back), await isWho(guest.seat)]).toEqual([holder.seat.id, guest.seat.id]);
    expect(await seatsOf(guest.seat)).toEqual([guest.seat.id]);
    await stillThere({ ...holder, phone: next });
    expect(await telephones.changes(guest.seat, guest.phone)).toMatchObject({ seats: [{ id: guest.seat.id }], staying: [] });
    await stillThere(guest);
  });
});

it('a session that had reached the seat of another stays ended when they come to the number once more', async () => {
  const [guest, holder] = [person(own, 'sharee'), person(other, 'colleague')];
  await telephones.changes(guest.seat, holder.phone);
  const asHolder = (await telephones.switches(guest.seat, holder.seat.id)) as TestSeat;
  await telephones.changes(guest.seat, guest.phone);
  await telephones.changes(guest.seat, holder.phone);
  await expect.poll(() => isWho(asHolder)).toBe('UNAUTHENTICATED');
});

const idsOf = (seats: readonly { id: string }[]): string[] => seats.map(({ id }) => id).toSorted();

describe('what an account that came to a number takes along when it goes on (spec 3.7)', () => {
  const adds = adding;

  it('is all that it came with, and what it was given since', async () => {
    const guest = person(own, 'sharee');
    const there = await adds(other, guest.phone);
    const came = await telephones.signsIn(guest.phone, guest.seat.id);
    const phone = newPhone();
    const found = await adds(await server.organization(), phone);
    expect((await telephones.changes(came, phone)).seats).toHaveLength(3);
    const since = await adds(await server.organization(), phone);
    const next = newPhone();
    const before = { phone: next, code: await telephones.codeFor(came, next) };
    expect(await telephones.asks(came, before)).toMatchObject({ code: 'PHONE_OF_SEVERAL', unclaimed: [] });
    const anew = await telephones.signsIn(phone, guest.seat.id);
    const asking = { phone: next, code: await telephones.codeFor(anew, next) };
    const refused = await telephones.asks(anew, asking);
    expect(refused).toMatchObject({
      code: 'PHONE_OF_SEVERAL',
      path: ['input', 'seatIds'],
      unclaimed: [{ id: since.contact.id }],
      others: [{ id: found.contact.id }],
    });
    expect(idsOf(refused.going)).toEqual([guest.seat.id, there.contact.id].toSorted());
    const seatIds = [guest.seat.id, there.contact.id, since.contact.id];
    const answer = await telephones.asks(anew, { ...asking, seatIds });
    expect(answer.staying).toEqual([{ id: found.contact.id }]);
    expect(idsOf(answer.seats)).toEqual(seatIds.toSorted());
  });
  it('is nothing that was not named, whatever seat was used last (spec 3.7)', async () => {
    const [guest, holder] = [person(own, 'sharee'), person(other, 'colleague')];
    await telephones.changes(guest.seat, holder.phone);
    await telephones.signsIn(holder.phone, guest.seat.id); // the seat used last
    const back = await telephones.signsIn(holder.phone); // by its holder, who acts as the guest
    expect(await isWho(back)).toBe(guest.seat.id);
    const phone = newPhone();
    const asking = { phone, code: await telephones.codeFor(back, phone) };
    expect(await telephones.asks(back, asking)).toMatchObject({
      __typename: 'PhoneOfSeveral',
      going: [{ id: guest.seat.id }],
      others: [{ id: holder.seat.id }],
    });
    const both = [guest.seat.id, holder.seat.id];
    expect((await telephones.asks(back, { ...asking, seatIds: both })).__typename).toBe('PhoneOfSeveral');
    expect((await telephones.asks(back, { ...asking, seatIds: [own.rival.id] })).code).toBe('NOT_FOUND');
    expect(await seatsOf(back)).toEqual(both.toSorted());
    expect((await telephones.asks(back, { ...asking, seatIds: [holder.seat.id] })).issues).toMatchObject([{ code: 'OWN_SEAT_STAYS' }]);
    const asHolder = (await telephones.switches(back, holder.seat.id)) as TestSeat;
    const answer = await telephones.asks(asHolder, { ...asking, seatIds: [holder.seat.id] });
    expect(answer).toMatchObject({ seats: [{ id: holder.seat.id }], staying: [{ id: guest.seat.id }] });
    await stillThere({ ...holder, phone });
    expect(await isWho(guest.seat)).toBe(guest.seat.id);
  });
  it('is never a seat of somebody else who is known, named or not', async () => {
    const [guest, holder] = [person(own, 'sharee'), person(other, 'colleague')];
    await telephones.changes(guest.seat, holder.phone);
    const asking = { phone: guest.phone, code: await telephones.codeFor(guest.seat, guest.phone) };
    for (const seatIds of [[holder.seat.id], [guest.seat.id, holder.seat.id]])
      expect((await telephones.asks(guest.seat, { ...asking, seatIds })).__typename).toBe('PhoneOfSeveral');
    await telephones.asks(guest.seat, { ...asking, seatIds: [guest.seat.id] });
    await stillThere(holder);
    await stillThere(guest);
  });
  it('is a part of what is theirs, by name: two who shared a telephone from the beginning go apart', async () => {
    const phone = newPhone();
    const [one, two] = [(await adds(own, phone)).contact, (await adds(other, phone)).contact];
    const session = await telephones.signsIn(phone, one.id);
    const next = newPhone();
    const asking = { phone: next, code: await telephones.codeFor(session, next), seatIds: [one.id] };
    expect(await telephones.asks(session, asking)).toMatchObject({ seats: [{ id: one.id }], staying: [{ id: two.id }] });
    expect([await seatsOf(session), await seatsOf(await telephones.signsIn(phone))]).toEqual([[one.id], [two.id]]);
  });
  it('is an employee who is hired beside the contact that has the number by its row, of several who are there', async () => {
    const [guest, holder] = [person(own, 'customer'), person(own, 'rival')];
    await telephones.changes(guest.seat, holder.phone); // a conflict: the guest’s row has the former number
    const input = { name: 'The rival, employed', phone: holder.phone, departmentIds: [], onContact: 'KEEP' };
    const { employee } = await outcome(own.admin, ADD_EMPLOYEE, input);
    const next = newPhone();
    const back = await telephones.signsIn(holder.phone, holder.seat.id);
    expect(idsOf((await telephones.changes(back, next)).seats)).toEqual([employee.id, holder.seat.id].toSorted());
    await telephones.changes(guest.seat, guest.phone);
    await stillThere(guest);
  });
  it('is everything, for whoever signs in with the number and has not come to it by a change', async () => {
    const guest = person(own, 'sharee');
    const holder = person(other, 'colleague');
    await telephones.changes(guest.seat, holder.phone);
    await telephones.changes(guest.seat, guest.phone);
    const back = await telephones.signsIn(holder.phone);
    const next = newPhone();
    expect(await telephones.changes(back, next)).toMatchObject({ seats: [{ id: holder.seat.id }], staying: [] });
    await stillThere({ ...holder, phone: next });
  });
  it('is none of a third account’s that comes to the number as well', async () => {
    const [first, second, holder] = [person(own, 'sharee'), person(own, 'customer'), person(other, 'colleague')];
    await telephones.changes(first.seat, holder.phone);
    await telephones.changes(second.seat, holder.phone);
    expect(await isWho(first.seat)).toBe('UNAUTHENTICATED'); // another has proven its number
    const answer = await telephones.changes(second.seat, second.phone);
    expect(answer.seats).toEqual([{ id: second.seat.id }]);
    expect(new Set(answer.staying.map(({ id }: { id: string }) => id))).toEqual(new Set([first.seat.id, holder.seat.id]));
    await stillThere(second);
  });
  it.each(['first', 'second', 'holder'] as const)(
    'is each one’s own, of three at one number: the %s goes on before the others',
    async (who) => {
      const [first, second, holder] = [person(own, 'sharee'), person(own, 'customer'), person(other, 'colleague')];
      await telephones.changes(first.seat, holder.phone);
      await telephones.changes(second.seat, holder.phone);
      const all = { first, second, holder };
      const order = [all[who], ...Object.values(all).filter((one) => one !== all[who])];
      for (const [at, one] of order.entries()) {
        const session = one === second && who === 'second' ? second.seat : await telephones.signsIn(holder.phone, one.seat.id);
        const phone = newPhone();
        const answer = await telephones.changes(session, phone);
        expect(answer.seats).toEqual([{ id: one.seat.id }]);
        expect(answer.staying.map(({ id }: { id: string }) => id).toSorted()).toEqual(
          order
            .slice(at + 1)
            .map(({ seat }) => seat.id)
            .toSorted(),
        );
        expect(await isWho(session)).toBe(one.seat.id);
        await stillThere({ ...one, phone });
      }
    },
  );
  it('is no session but the one that asks: others may have opened the rest, or their telephones are elsewhere', async () => {
    const [guest, holder] = [person(own, 'sharee'), person(other, 'colleague')];
    await telephones.changes(guest.seat, holder.phone);
    const [asGuest, asHolder] = [
      await telephones.signsIn(holder.phone, guest.seat.id),
      await telephones.signsIn(holder.phone, holder.seat.id),
    ];
    await telephones.changes(guest.seat, guest.phone);
    await expect.poll(() => isWho(asGuest)).toBe('UNAUTHENTICATED'); // it was opened by the number that both had
    expect([await isWho(guest.seat), await isWho(asHolder)]).toEqual([guest.seat.id, holder.seat.id]);
    const another = await telephones.signsIn(holder.phone);
    const phone = newPhone();
    await telephones.changes(asHolder, phone);
    await expect.poll(() => isWho(another)).toBe('UNAUTHENTICATED');
    expect(await isWho(asHolder)).toBe(holder.seat.id);
    await stillThere({ ...holder, phone });
  });
  it('is no seat that has ended: it comes back to its number', async () => {
    const [guest, holder] = [person(own, 'sharee'), person(own, 'colleague')];
    const { transfer } = (
      await own.admin.query(
        'mutation ($input: OffboardEmployeeInput!) { offboardEmployee(input: $input) { ... on OffboardEmployeeSuccess { transfer { id } } } }',
        { input: { employeeId: holder.seat.id } },
      )
    ).offboardEmployee;
    await telephones.changes(guest.seat, holder.phone);
    expect(await telephones.changes(guest.seat, guest.phone)).toMatchObject({ staying: [], conflicts: [] });
    expect(await says(own.admin, bare('undoTransfer'), { transferId: transfer.id })).toBe('UndoTransferSuccess');
    await stillThere(holder);
  });
  it('is no colleague beside whom an admin keeps them: two of a kind are two people', async () => {
    const [guest, holder] = [person(own, 'sharee'), person(own, 'colleague')];
    await telephones.changes(guest.seat, holder.phone);
    const { directoryConflicts } = await own.admin.query('{ directoryConflicts { nodes { id } } }');
    const [{ id: conflictId }] = directoryConflicts.nodes;
    expect(await says(own.admin, bare('settleDirectoryConflict'), { conflictId, choice: 'KEEP' })).toBe('SettleDirectoryConflictSuccess');
    expect((await telephones.changes(guest.seat, guest.phone)).staying).toEqual([{ id: holder.seat.id }]);
    await stillThere(holder);
  });
  it('is no employee who is hired beside a contact that stays', async () => {
    const [guest, holder] = [person(other, 'sharee'), person(own, 'rival')];
    await telephones.changes(guest.seat, holder.phone);
    const input = { name: 'The same person', phone: holder.phone, departmentIds: [], onContact: 'KEEP' };
    expect(await says(own.admin, ADD_EMPLOYEE, input)).toBe('AddEmployeeSuccess');
    expect((await telephones.changes(guest.seat, guest.phone)).staying).toEqual([{ id: holder.seat.id }]);
    expect(await seatsOf(await telephones.signsIn(holder.phone))).toHaveLength(2);
  });
});

describe('a seat whose number is another than that of its row', () => {
  /** As it was left by a change that took too much along: the index has a number that its holder does not have. */
  const astray = async ({ seat, of }: Person): Promise<string> => {
    const phone = newPhone();
    await server.runtime.pools.identity.query('update identity.seats set phone = $3 where organization_id = $1 and seat_id = $2', [
      of.id,
      uuidOf(seat.id),
      phone,
    ]);
    return phone;
  };
  const mendsEmployee = async ({ seat, phone }: Person) => {
    const { employee } = await own.admin.query('query ($id: ID!) { employee(id: $id) { version } }', { id: seat.id });
    return says(own.admin, UPDATE_EMPLOYEE, { employeeId: seat.id, expectedVersion: employee.version, phone });
  };
  const mendsContact = ({ seat, phone }: Person) => says(own.admin, CHANGE_PHONE, { contactId: seat.id, phone });
  const usedBy = (phone: string) =>
    server.runtime.pools.identity.query('update identity.seats set last_used_at = now() where phone = $1', [phone]);

  it('is mended to that of its row, an employee’s and a contact’s, while nobody has signed in to it', async () => {
    for (const [who, mends] of [
      [person(own, 'colleague'), mendsEmployee],
      [person(own, 'customer'), mendsContact],
    ] as const) {
      await astray(who);
      expect(await mends(who)).toMatch(/Success$/);
      await stillThere(who);
    }
  });
  it('is nobody’s to mend of the staff once somebody has', async () => {
    const [colleague, customer] = [person(own, 'colleague'), person(own, 'customer')];
    const numbers = [await astray(colleague), await astray(customer)];
    for (const phone of numbers) await usedBy(phone);
    expect([await mendsEmployee(colleague), await mendsContact(customer)]).toEqual(['UpdateEmployeeSuccess', 'PhoneFollowsAccount']);
    expect([(await numbersOf(colleague))[1], (await numbersOf(customer))[1]]).toEqual(numbers);
    expect(await mendsEmployee({ ...colleague, phone: newPhone() })).toBe('PhoneFollowsAccount');
  });
  it('is mended by the operator, whoever has signed in to it: its sessions end', async () => {
    const who = person(own, 'colleague');
    await usedBy(await astray(who));
    await makeAdmin(server.runtime, own.id, { phone: who.phone, name: undefined });
    await expect.poll(() => isWho(who.seat)).toBe('UNAUTHENTICATED');
    await stillThere(who);
  });
  it('has no conflict to settle any more when it is mended', async () => {
    const [guest, holder] = [person(own, 'sharee'), person(own, 'colleague')];
    await telephones.changes(guest.seat, holder.phone);
    const open = () => rowsOf(server, own, 'select 1 from directory_conflicts where settled_at is null');
    expect(await open()).toHaveLength(1);
    await makeAdmin(server.runtime, own.id, { phone: guest.phone, name: undefined });
    expect(await open()).toEqual([]);
    await stillThere(guest);
    await stillThere(holder);
  });
});

describe('at the same moment, on connections of their own', () => {
  const settled = async (guest: Person, holder: Person): Promise<void> => {
    await stillThere(holder);
    await stillThere(guest);
  };
  it('its holder signs in while somebody comes or goes: each reaches their own afterwards', async () => {
    const [guest, holder] = [person(own, 'sharee'), person(own, 'colleague')];
    for (let round = 0; round < 4; round++) {
      const comes = await telephones.codeFor(guest.seat, holder.phone);
      const signsIn = () => server.seat(holder.phone, own.id);
      await Promise.all([telephones.changes(guest.seat, holder.phone, comes), ...Array.from({ length: 3 }, signsIn)]);
      const goes = await telephones.codeFor(guest.seat, guest.phone);
      await Promise.all([telephones.changes(guest.seat, guest.phone, goes), ...Array.from({ length: 3 }, signsIn)]);
      await settled(guest, holder);
    }
  });
  it('two change to each other’s number: one is first, and neither fails', async () => {
    const [one, two] = [person(own, 'sharee'), person(other, 'colleague')];
    const codes = [await telephones.codeFor(one.seat, two.phone), await telephones.codeFor(two.seat, one.phone)];
    const answers = await Promise.all([
      telephones.changes(one.seat, two.phone, codes[0]),
      telephones.changes(two.seat, one.phone, codes[1]),
    ]);
    expect(answers.filter((answer) => typeof answer === 'object')).toHaveLength(1);
    const isFirst = typeof answers[0] === 'object';
    expect(answers[isFirst ? 1 : 0]).toBe('UNAUTHENTICATED'); // another has proven its number
    const [taken, left] = isFirst ? [two.phone, one.phone] : [one.phone, two.phone];
    expect(await seatsOf(await telephones.signsIn(taken))).toEqual([one.seat.id, two.seat.id].toSorted());
    expect(await seatsOf(await telephones.signsIn(left))).toEqual([]);
  });
  it('two who take along what nobody has claimed: one has it', async () => {
    for (let round = 0; round < 4; round++) {
      const [guest, holder] = [person(own, 'sharee'), person(other, 'colleague')];
      await telephones.changes(guest.seat, holder.phone);
      const { id } = (await adding(await server.organization(), holder.phone)).contact;
      const back = await telephones.signsIn(holder.phone, holder.seat.id);
      const leaving = async (seat: TestSeat, own: string) => {
        const phone = newPhone();
        return { seat, own, asking: { phone, code: await telephones.codeFor(seat, phone), seatIds: [own, id] } };
      };
      const anew = await telephones.signsIn(holder.phone, guest.seat.id);
      const both = [await leaving(anew, guest.seat.id), await leaving(back, holder.seat.id)];
      const answers = await Promise.all(both.map(({ seat, asking }) => telephones.asks(seat, asking)));
      expect(answers.map(({ __typename }) => __typename).toSorted()).toEqual(['ChangeMyPhoneSuccess', 'NotFound']);
      for (const [at, { seat, own }] of both.entries())
        if (answers[at].__typename === 'ChangeMyPhoneSuccess') expect(await seatsOf(seat)).toEqual([own, id].toSorted());
        else expect(await seatsOf(seat)).toEqual([own]);
      own = await server.organization();
      other = await server.organization();
    }
  });
  it('two come to a number that nobody has, and somebody signs in with it: it has one account', async () => {
    for (let round = 0; round < 4; round++) {
      const [one, two] = [await server.seat(person(own, 'sharee').phone), await server.seat(person(other, 'colleague').phone)];
      const phone = newPhone();
      await adding(await server.organization(), phone);
      const codes = [await telephones.codeFor(one, phone), await telephones.codeFor(two, phone)];
      const [first, second] = await Promise.all([
        telephones.changes(one, phone, codes[0]),
        telephones.changes(two, phone, codes[1]),
        server.seat(phone),
      ]);
      // the code of one phone is the last that came to it, for each account that asked
      expect([first, second].filter((answer) => answer.phone === phone)).toHaveLength(2);
      const { rows } = await server.runtime.pools.identity.query('select from identity.accounts where phone = $1', [phone]);
      expect(rows.length).toBe(1);
      own = await server.organization();
      other = await server.organization();
    }
  });
});
const adding = (of: TestOrganization, phone: string) => of.admin.does(ADD, { input: { name: 'Lu Min', phone, tagIds: [of.tagIds[0]] } });
