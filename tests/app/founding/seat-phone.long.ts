import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { moveSeatPhone } from '../../../src/app/founding/seat-phone.ts';
import { decodeAnyId } from '../../../src/platform/schema/global-id.ts';
import { newPhone, type TestOrganization } from '../../../src/testing/test-organization.ts';
import type { TestSeat } from '../../../src/testing/test-seat.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { isWho, seatsOf, Telephones } from '../../domains/accounts/phone-change.fixture.ts';
import { entriesFor, isValue } from '../../domains/audit/audit.fixture.ts';
import { ADD, CHANGE_PHONE, rowsOf } from '../../domains/contacts/contact.fixture.ts';
import { runProgram } from '../../support/run-program.ts';
import { says } from '../../support/says.ts';

// A number that whoever signed in with it has lost, and nobody else could change (spec 3.7).

const ROW = 'query ($id: ID!) { node(id: $id) { ... on Contact { phone } ... on Employee { phone } } }';
const FOUND = 'query ($text: String!) { contacts(search: $text) { nodes { id } } }';

let server: TestServer;
let own: TestOrganization;
let telephones: Telephones;
beforeAll(async () => {
  server = await startTestServer();
  telephones = new Telephones(server);
});
beforeEach(async () => {
  own = await server.organization();
});
afterAll(() => server.stop());

const phoneOf = (key: string): string => [...own.plan.employees, ...own.plan.contacts].find((one) => one.key === key)!.phone;
const moves = ({ id }: TestSeat, phone: string) =>
  moveSeatPhone(server.runtime, own.id, { seatId: decodeAnyId(id), phone, reason: 'Number lost' });
const rowOf = async ({ id }: TestSeat): Promise<string> => (await own.admin.query(ROW, { id })).node.phone;

describe('a seat to which the operator gives another number (spec 3.7, 10.3)', () => {
  it.each(['colleague', 'customer'] as const)(
    'is that of %s, used as it is: with the new one they go on, with the former nobody',
    async (key) => {
      const [seat, former, phone] = [own[key], phoneOf(key), newPhone()];
      const session = await telephones.signsIn(former, seat.id);
      if (key === 'customer') expect(await says(own.admin, CHANGE_PHONE, { contactId: seat.id, phone })).toBe('PhoneFollowsAccount');
      expect(await moves(seat, phone)).toEqual({
        kind: key === 'customer' ? 'CONTACT' : 'EMPLOYEE',
        name: expect.any(String),
        before: former,
        isChanged: true,
      });
      await expect.poll(() => isWho(session)).toBe('UNAUTHENTICATED');
      expect(await rowOf(seat)).toBe(phone);
      expect(await isWho(await telephones.signsIn(phone))).toBe(seat.id);
      expect(await seatsOf(await telephones.signsIn(former))).toEqual([]);
      expect(await moves(seat, phone)).toMatchObject({ before: phone, isChanged: false });
      const [entry, ...more] = await entriesFor(own.admin, { act: { equals: 'organization phone' } });
      expect(entry).toMatchObject({ actor: null, sessionId: null, objectIds: [seat.id] });
      expect([more, isValue(server, entry!, 'reason', 'Number lost'), isValue(server, entry!, 'phone', phone)]).toEqual([[], true, true]);
    },
  );
  it('has lost the sessions of the former number for good, also where it comes back to it', async () => {
    const session = await telephones.signsIn(phoneOf('colleague'), own.colleague.id);
    await moves(own.colleague, newPhone());
    await moves(own.colleague, phoneOf('colleague'));
    await expect.poll(() => isWho(session)).toBe('UNAUTHENTICATED');
    expect(await isWho(await telephones.signsIn(phoneOf('colleague')))).toBe(own.colleague.id);
  });
  it('is a contact that is found by the new number, with its history, and what hangs on it stays', async () => {
    const phone = newPhone();
    await moves(own.customer, phone);
    const found = async (text: string) => (await own.admin.query(FOUND, { text })).contacts.nodes;
    expect([await found(phone.slice(-8)), await found(phoneOf('customer').slice(-8))]).toEqual([[{ id: own.customer.id }], []]);
    const history = await rowsOf<{ old: string; new: string }>(
      server,
      own,
      `select old #>> '{}' as old, new #>> '{}' as new from contact_history where field = 'phone' and old is not null`,
    );
    expect(history).toEqual([{ old: phoneOf('customer'), new: phone }]);
  });
  it('is that of a contact with a landline, which has been nobody’s to sign in to', async () => {
    const { contact } = await own.admin.does(ADD, { input: { name: 'Lu Min', phone: '+862154371234', tagIds: [own.tagIds[0]] } });
    const phone = newPhone();
    await moves(contact, phone);
    expect(await isWho(await telephones.signsIn(phone))).toBe(contact.id);
  });
  it('is moved alone: whoever has its former number keeps theirs in other organizations', async () => {
    const other = await server.organization();
    const { contact } = await other.admin.does(ADD, { input: { name: 'Lu Min', phone: phoneOf('customer'), tagIds: [other.tagIds[0]] } });
    await moves(own.customer, newPhone());
    expect(await seatsOf(await telephones.signsIn(phoneOf('customer')))).toEqual([contact.id]);
  });
  it('has no conflict any more; whoever it had one with has what they had', async () => {
    await telephones.changes(own.sharee, phoneOf('colleague'));
    const open = () => rowsOf(server, own, 'select 1 from directory_conflicts where settled_at is null');
    expect(await open()).toHaveLength(1);
    const phone = newPhone();
    await moves(own.sharee, phone);
    expect([await open(), await rowOf(own.sharee), await rowOf(own.colleague)]).toEqual([[], phone, phoneOf('colleague')]);
    expect(await seatsOf(await telephones.signsIn(phoneOf('colleague')))).toEqual([own.colleague.id]);
  });
  it.each(['colleague', 'rival'] as const)('is none where %s of the organization has the number, by row or by account', async (holder) => {
    await expect(moves(own.customer, phoneOf(holder))).rejects.toThrow(`The ${holder} of this organization has this number already`);
    const proven = newPhone();
    await server.runtime.pools.identity.query('update identity.seats set phone = $2 where seat_id = $1', [
      decodeAnyId(own[holder].id),
      proven,
    ]);
    await expect(moves(own.customer, proven)).rejects.toThrow('has this number already');
    expect(await rowOf(own.customer)).toBe(phoneOf('customer'));
  });
  it('is none of another organization, that has left, or that never was', async () => {
    const other = await server.organization();
    await own.admin.query('mutation ($input: DeleteContactsInput!) { deleteContacts(input: $input) { __typename } }', {
      input: { contactIds: [own.rival.id] },
    });
    for (const seat of [other.customer, own.rival, { id: 'x' } as TestSeat])
      await expect(moves(seat, newPhone())).rejects.toThrow('Nobody who is employed there');
  });
  it('has one number of two that it is given at once; of two seats one gets a number', async () => {
    const [one, two] = [newPhone(), newPhone()];
    await Promise.all([moves(own.customer, one), moves(own.customer, two)]);
    const now = await rowOf(own.customer);
    expect([one, two]).toContain(now);
    expect(await isWho(await telephones.signsIn(now))).toBe(own.customer.id);
    const phone = newPhone();
    const both = await Promise.allSettled([moves(own.colleague, phone), moves(own.rival, phone)]);
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  });
});

it('the command says what it did, and what is not right', async () => {
  const run = (...args: string[]) => runProgram(['organization', 'phone', own.id, ...args], { DATABASE_URL: server.databaseUrl });
  const phone = newPhone();
  const given = ['--seat', own.customer.id, '--phone', phone, '--reason', 'Number lost'];
  const { code, stdout } = await run(...given, '--json');
  expect([code, JSON.parse(stdout)]).toMatchObject([
    0,
    { id: own.id, seat: { globalId: own.customer.id, kind: 'CONTACT', before: phoneOf('customer'), phone, isChanged: true } },
  ]);
  expect((await run(...given)).stdout).toBe(`The customer has ${phone} already: nothing is changed.\n`);
  for (const [option, value, fault] of [
    ['--seat', 'Lu Min', '--seat: it must be the id of an employee or a contact'],
    ['--phone', '12', '--phone'],
    ['--reason', ' ', '--reason: it must have'],
  ] as const)
    expect(await run(...given.map((word, at) => (given[at - 1] === option ? value : word)))).toMatchObject({
      code: 2,
      stderr: expect.stringContaining(fault),
    });
  expect(await run('--seat', own.customer.id)).toMatchObject({ code: 2, stderr: expect.stringContaining('--phone') });
});
