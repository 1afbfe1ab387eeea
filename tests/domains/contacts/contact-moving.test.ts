import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newPhone, type TestOrganization } from '../../../src/testing/test-organization.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { used } from '../../support/used-seat.ts';
import { added, CHANGE_PHONE, codes, kept, outcome, READ, SHARE } from './contact.fixture.ts';

let server: TestServer;
let own: TestOrganization;
let made: Awaited<ReturnType<typeof added>>;
beforeAll(async () => {
  server = await startTestServer();
  own = await server.organization();
});
beforeEach(async () => {
  made = await added(own.owner, own);
});
afterAll(() => server.stop());

const move = (phone: string, contactId = made.id) => ({ contactId, phone });
const LANDLINE = ['+861065550101', '+861065550102'] as const;

describe('moving a contact to a new number (spec 3.7)', () => {
  it.each(['admin', 'scopedAdmin', 'supervisor', 'owner'] as const)('is done by %s', async (name) => {
    const phone = newPhone();
    expect(await outcome(own[name], CHANGE_PHONE, move(phone))).toEqual({
      __typename: 'ChangeContactPhoneSuccess',
      contact: { id: made.id, version: 2, phone, phoneExtension: null },
    });
  });

  it.each(['formsAdmin', 'sharee', 'colleague'] as const)('is not done by %s', async (name) => {
    await outcome(own.owner, SHARE, { contactId: made.id, employeeId: own.sharee.id });
    const before = await kept(server, own);
    expect(await codes(own[name], CHANGE_PHONE, move(newPhone()))).toEqual(['FORBIDDEN']);
    expect(await kept(server, own)).toBe(before);
  });

  it('keeps all but the phone, finds it by the new one alone, and frees the old one', async () => {
    const before = (await own.owner.query(READ, { id: made.id })).contact;
    const phone = newPhone();
    await outcome(own.owner, CHANGE_PHONE, move(phone));
    const { contact } = await own.owner.query(READ, { id: made.id });
    const { version, updatedAt, phoneFormatted } = contact;
    expect(contact).toEqual({ ...before, version, updatedAt, phone, phoneFormatted });
    const found = async (search: string) =>
      (await own.owner.query('query ($search: String) { contacts(search: $search) { nodes { id } } }', { search })).contacts.nodes;
    expect(await found(phone)).toEqual([{ id: made.id }]);
    expect(await found(made.phone)).toEqual([]);
    await added(own.colleague, own, { phone: made.phone });
  });

  it('sets and takes away the extension of the same number', async () => {
    const extended = (await outcome(own.owner, CHANGE_PHONE, move(`${made.phone} ext 12`))).contact;
    expect(extended).toMatchObject({ phone: made.phone, phoneExtension: '12', version: 2 });
    expect((await outcome(own.owner, CHANGE_PHONE, move(made.phone))).contact).toMatchObject({ phoneExtension: null, version: 3 });
  });

  it('does nothing for the number that it has', async () => {
    const before = await kept(server, own);
    expect((await outcome(own.owner, CHANGE_PHONE, move(made.phone.replace('+86', '')))).contact).toMatchObject({ version: 1 });
    expect(await kept(server, own)).toBe(before);
  });

  it.each([
    ['NotFound', () => move(newPhone(), own.tagIds[0]!)],
    ['ValidationFailed', () => move('12')],
    ['PhoneBelongsToEmployee', () => move(own.plan.employees[0]!.phone)],
    ['ContactPhoneTaken', () => move(own.plan.contacts[1]!.phone)],
  ] as const)('is refused with %s', async (refusal, input) => {
    const before = await kept(server, own);
    expect((await outcome(own.owner, CHANGE_PHONE, input())).__typename).toBe(refusal);
    expect(await kept(server, own)).toBe(before);
  });

  it('gives one contact a number that two are moved to at once', async () => {
    const other = await added(own.colleague, own);
    const phone = newPhone();
    const all = await Promise.all([
      outcome(own.owner, CHANGE_PHONE, move(phone)),
      outcome(own.colleague, CHANGE_PHONE, move(phone, other.id)),
    ]);
    expect(all.map(({ __typename }) => __typename).sort()).toEqual(['ChangeContactPhoneSuccess', 'ContactPhoneTaken']);
  });
});

describe('the seat of a contact that is moved', () => {
  const seats = async (phone: string): Promise<string | undefined> =>
    server.seat(phone, own.id).then(
      ({ id }) => id,
      () => undefined,
    );

  it('is opened by the new number and not by the old one', async () => {
    const phone = newPhone();
    await outcome(own.owner, CHANGE_PHONE, move(phone));
    expect(await seats(made.phone)).toBeUndefined();
    expect(await seats(phone)).toBe(made.id);
  });

  it('ends where the new number is no mobile, and comes back with a mobile', async () => {
    await outcome(own.owner, CHANGE_PHONE, move(LANDLINE[0]));
    expect([await seats(made.phone), await seats(LANDLINE[0])]).toEqual([undefined, undefined]);
    await outcome(own.owner, CHANGE_PHONE, move(LANDLINE[1]));
    expect(await seats(LANDLINE[1])).toBeUndefined();
    const phone = newPhone();
    await outcome(own.owner, CHANGE_PHONE, move(phone));
    expect(await seats(phone)).toBe(made.id);
  });

  it('keeps its number once somebody has signed in with it', async () => {
    await used(server, made.phone);
    const before = await kept(server, own);
    for (const name of ['owner', 'supervisor', 'admin'] as const)
      expect(await outcome(own[name], CHANGE_PHONE, move(newPhone()))).toMatchObject({
        __typename: 'PhoneFollowsAccount',
        path: ['input', 'phone'],
      });
    expect(await kept(server, own)).toBe(before);
    expect(await seats(made.phone)).toBe(made.id);
  });
});
