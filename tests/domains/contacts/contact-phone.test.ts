import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newPhone, type TestOrganization } from '../../../src/testing/test-organization.ts';
import type { TestSeat } from '../../../src/testing/test-seat.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { ADD, added, kept, leaver, outcome, READ, rowsOf } from './contact.fixture.ts';

let server: TestServer;
let own: TestOrganization;
beforeAll(async () => {
  server = await startTestServer();
  own = await server.organization();
});
afterAll(() => server.stop());

const input = (phone: string) => ({ name: 'Zhu Ming', phone, tagIds: [own.tagIds[0]] });
const phoneOf = (name: 'customer' | 'unowned' | 'rival'): string => own.plan.contacts.find(({ key }) => key === name)!.phone;

describe('the phone of a contact (spec 3.2)', () => {
  it.each([
    ['13912340001', '+8613912340001', null, '+86 139 1234 0001'],
    ['+86 139-1234-0002', '+8613912340002', null, '+86 139 1234 0002'],
    ['01012340003 转 802', '+861012340003', '802', '+86 10 1234 0003 ext. 802'],
    ['+44 20 7946 0958', '+442079460958', null, '+44 20 7946 0958'],
  ])('%s is kept as %s, with its extension, and shown formatted', async (typed, phone, phoneExtension, phoneFormatted) => {
    const { id } = await added(own.owner, own, { phone: typed });
    expect((await own.owner.query(READ, { id })).contact).toMatchObject({ phone, phoneExtension, phoneFormatted });
  });

  it('is read as of the organization’s country where it has no country code', async () => {
    const french = await server.organization();
    await rowsOf(server, french, `update organizations set country = 'FR'`);
    const { id } = await added(french.owner, french, { phone: '06 12 34 56 78' });
    expect((await french.owner.query(READ, { id })).contact.phone).toBe('+33612345678');
    expect((await outcome(own.owner, ADD, input('06 12 34 56 78'))).__typename).toBe('ValidationFailed');
  });

  it('may be in use in another organization', async () => {
    const other = await server.organization();
    await added(other.colleague, other, { phone: phoneOf('customer') });
  });
});

describe('a phone of an employee (spec 3.3)', () => {
  it('is refused, however it is written', async () => {
    const before = await kept(server, own);
    const phone = own.plan.employees[6]!.phone;
    for (const typed of [phone, phone.replace('+86', ''), `${phone} ext 5`])
      expect(await outcome(own.owner, ADD, input(typed))).toEqual({
        __typename: 'PhoneBelongsToEmployee',
        code: 'PHONE_BELONGS_TO_EMPLOYEE',
        path: ['input', 'phone'],
      });
    expect(await kept(server, own)).toBe(before);
  });

  it('is free once the employee has left', async () => {
    const phone = newPhone();
    await leaver(server, own, phone);
    await added(own.owner, own, { phone });
  });
});

describe('a phone that is a contact already (spec 3.4)', () => {
  const names = (refused: { askToShare: readonly { name: string }[] }) => refused.askToShare.map(({ name }) => name);

  it('is refused, with the names of those who can share it and no id', async () => {
    const before = await kept(server, own);
    const refused = await outcome(own.colleague, ADD, input(phoneOf('customer')));
    expect(refused).toEqual({
      __typename: 'ContactPhoneTaken',
      code: 'CONTACT_PHONE_TAKEN',
      path: ['input', 'phone'],
      askToShare: ['The admin', 'The owner', 'The scopedAdmin', 'The supervisor'].map((name) => ({ name })),
      requestToken: expect.stringMatching(/^[\w-]{60,}$/),
      existingContact: null,
    });
    expect(JSON.stringify(refused)).not.toContain(own.customer.id);
    expect(await kept(server, own)).toBe(before);
  });

  it('names the admins of the whole organization alone, where nobody owns it', async () => {
    expect(names(await outcome(own.colleague, ADD, input(phoneOf('unowned'))))).toEqual(['The admin']);
  });

  it('names only admins whose departments the owner is in, and no supervisor of others', async () => {
    expect(names(await outcome(own.owner, ADD, input(phoneOf('rival'))))).toEqual(['The admin', 'The colleague']);
  });

  it('names nobody who has left', async () => {
    const other = await server.organization();
    await rowsOf(server, other, `update employees set left_at = now() where name in ('The supervisor', 'The scopedAdmin')`);
    const asked = { ...input(other.plan.contacts[0]!.phone), tagIds: [other.tagIds[0]] };
    expect(names(await outcome(other.colleague, ADD, asked))).toEqual(['The admin', 'The owner']);
  });

  it.each(['admin', 'scopedAdmin', 'supervisor', 'owner', 'sharee'] as const)(
    'gives the id to %s, who finds the contact anyway',
    async (name) => {
      expect(await outcome(own[name], ADD, input(phoneOf('customer')))).toMatchObject({
        __typename: 'ContactPhoneTaken',
        existingContact: { id: own.customer.id, name: 'The customer' },
      });
    },
  );

  it('tells whoever sees the contact so, and nobody else', async () => {
    const WORDS = 'mutation ($input: AddContactInput!) { addContact(input: $input) { ... on ContactPhoneTaken { message } } }';
    const told = async (seat: TestSeat): Promise<string> =>
      (await seat.query(WORDS, { input: input(phoneOf('customer')) })).addContact.message;
    expect(await told(own.owner)).toBe('This phone is already that of a contact that you see.');
    expect(await told(own.colleague)).toMatch(/Ask one of the people named/);
  });

  it.each(['colleague', 'formsAdmin'] as const)('gives no id to %s, who does not', async (name) => {
    expect(await outcome(own[name], ADD, input(phoneOf('customer')))).toMatchObject({
      __typename: 'ContactPhoneTaken',
      existingContact: null,
    });
  });
});
