import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newPhone, type TestOrganization } from '../../../src/testing/test-organization.ts';
import type { TestSeat } from '../../../src/testing/test-seat.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { added, CHANGE_PHONE, DELETE, outcome } from './contact.fixture.ts';

const PHONES = 'furtherPhones { phone extension kind label }';
const NAMED = '... on UserError { code path } ... on ValidationFailed { issues { path code } }';
const ADD = `mutation ($input: AddContactInput!) { addContact(input: $input) { __typename ${NAMED} ... on AddContactSuccess { knownPhones contact { id version ${PHONES} } } } }`;
const UPDATE = `mutation ($input: UpdateContactInput!) { updateContact(input: $input) { __typename ${NAMED} ... on UpdateContactSuccess { knownPhones contact { id version ${PHONES} } } } }`;
const READ = `query ($id: ID!) { contact(id: $id) { ${PHONES} history(first: 50) { nodes { field from to } } } }`;
const WORK = { phone: '0571-8888 0001 ext 802', kind: 'WORK', label: 'Desk' };
const KEPT = { phone: '+8657188880001', extension: '802', kind: 'WORK', label: 'Desk' };

let server: TestServer;
let own: TestOrganization;
beforeAll(async () => {
  server = await startTestServer();
});
beforeEach(async () => {
  own = await server.organization();
});
afterAll(() => server.stop());

const add = (seat: TestSeat, furtherPhones: object[], given: object = {}) =>
  outcome(seat, ADD, { name: 'Zhu Ming', phone: newPhone(), tagIds: [own.tagIds[0]], furtherPhones, ...given });
const found = async (seat: TestSeat, search: string): Promise<number> =>
  (await seat.query('query ($search: String!) { contacts(search: $search) { totalCount } }', { search })).contacts.totalCount;

describe('further numbers (spec 3.1, 3.2, 3.6)', () => {
  it('are kept with a kind and a label, once each, and never the main one', async () => {
    const phone = newPhone();
    const { contact, knownPhones } = await add(
      own.owner,
      [WORK, { ...WORK, kind: 'HOME' }, { phone, kind: 'MOBILE' }, { phone: '13700009999', kind: 'FAX' }],
      { phone },
    );
    expect(contact.furtherPhones).toEqual([KEPT, { phone: '+8613700009999', extension: null, kind: 'FAX', label: null }]);
    expect(knownPhones).toEqual([]);
  });

  it('are found by any part, until they are taken away; the main one still is', async () => {
    const phone = newPhone();
    const { contact } = await add(own.owner, [WORK], { phone });
    expect([await found(own.owner, '88880001'), await found(own.colleague, '88880001')]).toEqual([1, 0]);
    expect(await outcome(own.owner, UPDATE, { contactId: contact.id, expectedVersion: contact.version, remark: 'x' })).toMatchObject({
      contact: { furtherPhones: [KEPT] },
    });
    const moved = newPhone();
    await outcome(own.owner, CHANGE_PHONE, { contactId: contact.id, phone: moved });
    expect([await found(own.owner, '88880001'), await found(own.owner, moved)]).toEqual([1, 1]);
    const { contact: now } = await own.owner.query('query ($id: ID!) { contact(id: $id) { version } }', { id: contact.id });
    await outcome(own.owner, UPDATE, { contactId: contact.id, expectedVersion: now.version, furtherPhones: [] });
    expect([await found(own.owner, '88880001'), await found(own.owner, moved)]).toEqual([0, 1]);
    const { history } = (await own.owner.query(READ, { id: contact.id })).contact;
    expect(history.nodes.filter(({ field }: { field: string }) => field === 'furtherPhones')).toEqual([
      { field: 'furtherPhones', from: '["+8657188880001 ext. 802 (WORK, Desk)"]', to: null },
      { field: 'furtherPhones', from: null, to: '["+8657188880001 ext. 802 (WORK, Desk)"]' },
    ]);
  });

  it('are read by whoever reads the main one', async () => {
    const { contact } = await add(own.owner, [WORK]);
    const answer = await own.colleague.ask(`query ($id: ID!) { contact(id: $id) { ${PHONES} } }`, { id: contact.id });
    expect(answer).toMatchObject({ data: { contact: { furtherPhones: null } }, errors: [{ extensions: { code: 'FORBIDDEN' } }] });
    expect((await own.supervisor.query(READ, { id: contact.id })).contact.furtherPhones).toEqual([KEPT]);
  });

  it('may be another’s: that is said, and counts among the answers of the day', async () => {
    const { phone } = await added(own.colleague, own);
    const numbers = [{ phone, kind: 'MOBILE' }, WORK];
    expect(await add(own.owner, numbers)).toMatchObject({ __typename: 'AddContactSuccess', knownPhones: [phone] });
    for (let i = 0; i < 19; i++) await add(own.owner, numbers);
    expect((await own.owner.ask(ADD, { input: { name: 'A', phone, tagIds: [own.tagIds[0]] } })).errors[0]!.extensions.code).toBe(
      'RATE_LIMITED',
    );
    expect(
      (await outcome(own.admin, ADD, { name: 'A', phone: newPhone(), tagIds: [own.tagIds[0]], furtherPhones: numbers })).knownPhones,
    ).toEqual([phone]);
  });

  it('are refused where they are no numbers, each with its place', async () => {
    expect(await add(own.owner, [WORK, { phone: 'call me', kind: 'WORK' }, { phone: '12', kind: 'WORK' }])).toMatchObject({
      __typename: 'ValidationFailed',
      issues: [
        { path: ['input', 'furtherPhones', '1', 'phone'], code: 'NOT_A_PHONE' },
        { path: ['input', 'furtherPhones', '2', 'phone'], code: 'NOT_A_PHONE' },
      ],
    });
  });
});

describe('finding by the window (spec 3.6)', () => {
  const INVITE = 'mutation ($input: InviteContactsInput!) { inviteContacts(input: $input) { __typename } }';
  const OPEN = 'mutation { openServiceWindow(input: {}) { __typename } }';
  const names = async (seat: TestSeat, where: object) =>
    (await seat.query('query ($where: ContactFilter) { contacts(where: $where) { nodes { name } } }', { where })).contacts.nodes.map(
      ({ name }: { name: string }) => name,
    );

  it('tells those who are let in from those who are not', async () => {
    const { id } = await added(own.owner, own, { name: 'Not yet in' });
    const inside = await names(own.owner, { inWindow: { equals: true } });
    expect(await names(own.owner, { inWindow: { equals: false } })).toContain('Not yet in');
    expect(inside).not.toContain('Not yet in');
    expect(inside).toContain('The customer');
    await own.admin.ask(OPEN);
    await own.owner.does(INVITE, { input: { contactIds: [id] } });
    expect(await names(own.owner, { inWindow: { equals: true } })).toContain('Not yet in');
    expect(await names(own.owner, { not: { inWindow: { equals: true } } })).not.toContain('Not yet in');
    expect(await names(own.colleague, { inWindow: { equals: true } })).not.toContain('Not yet in'); // whoever does not read it, finds nothing by it
    expect(await names(own.owner, { leftWindow: { equals: true } })).toEqual([]);
    await outcome(own.admin, DELETE, { contactIds: [id] });
  });
});
