import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { TestOrganization } from '../../../src/testing/test-organization.ts';
import type { TestSeat } from '../../../src/testing/test-seat.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { added, codes, kept, leaver, outcome, READ, SHARE, UNSHARE } from './contact.fixture.ts';

const DEPARTMENTS = '{ departments { nodes { id name } } }';
const ACCESS = `query ($id: ID!) { contact(id: $id) { phone viewerRoles viewerAccess { role through since until } } }`;
const SHARED = '{ contacts(list: SHARED_WITH_ME) { totalCount nodes { id } } }';
const HOUR = 3_600_000;
let now = Date.now();
let server: TestServer;
let own: TestOrganization;
let departments: Record<string, string>;
let id: string;
beforeAll(async () => {
  server = await startTestServer({ now: () => new Date(now) });
  own = await server.organization();
  const { nodes } = (await own.admin.query(DEPARTMENTS)).departments;
  departments = Object.fromEntries(nodes.map((one: { id: string; name: string }) => [one.name, one.id]));
});
beforeEach(async () => {
  ({ id } = await added(own.owner, own));
});
afterAll(() => server.stop());

const at = (milliseconds: number) => new Date(now + milliseconds).toISOString();
const shares = async () => (await own.owner.query(READ, { id })).contact.sharedWith.nodes;
/** Whether a seat finds the contact and reads what lies inside; one does not go without the other. */
async function sees(seat: TestSeat): Promise<boolean> {
  const { data, errors } = await seat.ask(ACCESS, { id });
  const found = (await seat.query(SHARED)).contacts.nodes.some((one: { id: string }) => one.id === id);
  expect(found).toBe(errors.length === 0);
  expect(data.contact.phone !== null).toBe(found);
  return found;
}

describe('sharing a contact with a person (spec 2.2)', () => {
  it('lets that person alone see it, and says who shared it, since when and why', async () => {
    expect(await sees(own.sharee)).toBe(false);
    const given = { contactId: id, employeeId: own.sharee.id, reason: 'Speaks the language', idempotencyKey: `share-${id}` };
    const { share, contact } = await own.owner.does(SHARE, { input: given });
    expect(contact).toEqual({ id });
    expect(share).toMatchObject({
      name: 'The sharee',
      since: at(0),
      until: null,
      reason: 'Speaks the language',
      grantedBy: { id: own.owner.id },
    });
    expect(await sees(own.sharee)).toBe(true);
    expect(await sees(own.colleague)).toBe(false);
    expect(await shares()).toMatchObject([{ name: 'The sharee', employee: { id: own.sharee.id }, department: null }]);
    expect((await own.sharee.query(ACCESS, { id })).contact).toMatchObject({
      viewerRoles: ['SHAREE', 'COLLEAGUE'],
      viewerAccess: [
        { role: 'SHAREE', through: null, since: at(0), until: null },
        { role: 'COLLEAGUE', through: null, since: null, until: null },
      ],
    });
  });

  it('ends at the moment that was set, by itself', async () => {
    await outcome(own.owner, SHARE, { contactId: id, employeeId: own.sharee.id, until: at(HOUR) });
    expect(await shares()).toMatchObject([{ until: at(HOUR) }]);
    now += HOUR - 1;
    expect(await sees(own.sharee)).toBe(true);
    now += 1;
    expect(await sees(own.sharee)).toBe(false);
    expect(await shares()).toEqual([]);
    expect((await outcome(own.owner, UNSHARE, { contactId: id, employeeId: own.sharee.id })).__typename).toBe('NotFound');
    await outcome(own.owner, SHARE, { contactId: id, employeeId: own.sharee.id });
    expect(await sees(own.sharee)).toBe(true);
    expect(await shares()).toMatchObject([{ since: at(0), until: null }]);
  });

  it('is ended by whoever may share, and the sharee loses sight at once', async () => {
    await outcome(own.owner, SHARE, { contactId: id, employeeId: own.sharee.id });
    expect(await sees(own.sharee)).toBe(true);
    expect(await outcome(own.supervisor, UNSHARE, { contactId: id, employeeId: own.sharee.id })).toMatchObject({ contact: { id } });
    expect(await sees(own.sharee)).toBe(false);
    expect((await outcome(own.owner, UNSHARE, { contactId: id, employeeId: own.sharee.id })).__typename).toBe('NotFound');
  });

  it('is done again with another end and reason; it began when it began', async () => {
    const since = at(0);
    await outcome(own.owner, SHARE, { contactId: id, employeeId: own.sharee.id, reason: 'Holidays', until: at(2 * HOUR) });
    now += HOUR;
    await outcome(own.supervisor, SHARE, { contactId: id, employeeId: own.sharee.id, reason: 'For good' });
    expect(await shares()).toMatchObject([{ since, until: null, reason: 'For good', grantedBy: { id: own.supervisor.id } }]);
  });

  it('is one share, however many share at once', async () => {
    const seats = [own.owner, own.supervisor, own.admin, own.scopedAdmin];
    const all = await Promise.all(
      Array.from({ length: 12 }, (_, i) => outcome(seats[i % 4]!, SHARE, { contactId: id, employeeId: own.sharee.id })),
    );
    expect(new Set(all.map(({ share }) => share.id)).size).toBe(1);
    expect(await shares()).toHaveLength(1);
  });
});

describe('sharing a contact with a department', () => {
  it('lets its members see it, those of departments below too, and no others', async () => {
    const { id: mine } = await added(own.colleague, own);
    id = mine;
    await outcome(own.colleague, SHARE, { contactId: id, departmentId: departments.Sales });
    expect(await Promise.all([own.owner, own.supervisor].map(sees))).toEqual([true, true]);
    expect(await sees(own.sharee)).toBe(false);
    const { viewerAccess } = (await own.owner.query(ACCESS, { id })).contact;
    expect(viewerAccess).toContainEqual({ role: 'SHAREE', through: 'Sales', since: at(0), until: null });
    await outcome(own.colleague, UNSHARE, { contactId: id, departmentId: departments.Sales });
    expect(await sees(own.owner)).toBe(false);
  });

  it('shows it once to somebody with whom it is shared in several ways', async () => {
    await outcome(own.owner, SHARE, { contactId: id, departmentId: departments.Support });
    await outcome(own.owner, SHARE, { contactId: id, employeeId: own.sharee.id });
    const { contacts } = await own.sharee.query('{ contacts(list: SHARED_WITH_ME, first: 100) { totalCount nodes { id } } }');
    expect(contacts.nodes.filter((one: { id: string }) => one.id === id)).toHaveLength(1);
    expect(contacts.totalCount).toBe(contacts.nodes.length);
    await outcome(own.owner, UNSHARE, { contactId: id, employeeId: own.sharee.id });
    expect(await sees(own.sharee)).toBe(true);
  });
});

describe('what sharing refuses', () => {
  it.each(['admin', 'scopedAdmin', 'supervisor', 'owner'] as const)('nothing to %s', async (name) => {
    expect((await outcome(own[name], SHARE, { contactId: id, employeeId: own.colleague.id })).__typename).toBe('ShareContactSuccess');
  });

  it.each(['sharee', 'colleague', 'formsAdmin'] as const)('sharing and ending shares to %s', async (name) => {
    await outcome(own.owner, SHARE, { contactId: id, employeeId: own.sharee.id });
    const before = await kept(server, own);
    for (const mutation of [SHARE, UNSHARE])
      expect(await codes(own[name], mutation, { contactId: id, employeeId: own.sharee.id })).toEqual(['FORBIDDEN']);
    expect(await kept(server, own)).toBe(before);
  });

  it.each([
    ['both an employee and a department', 'ONE_SHAREE', () => ({ employeeId: own.sharee.id, departmentId: departments.Sales })],
    ['nobody', 'ONE_SHAREE', () => ({})],
    ['the owner', 'IS_OWNER', () => ({ employeeId: own.owner.id })],
    ['an end that is past', 'PAST', () => ({ employeeId: own.sharee.id, until: at(0) })],
  ])('%s', async (_, code, given) => {
    const before = await kept(server, own);
    expect(await outcome(own.owner, SHARE, { contactId: id, ...given() })).toMatchObject({
      __typename: 'ValidationFailed',
      issues: [{ code }],
    });
    expect(await kept(server, own)).toBe(before);
  });

  it('somebody who has left', async () => {
    const employeeId = await leaver(server, own);
    expect(await outcome(own.owner, SHARE, { contactId: id, employeeId })).toMatchObject({ issues: [{ code: 'LEFT' }] });
  });

  it('what is not there: a contact, an employee, a department', async () => {
    const other = await server.organization();
    const before = await kept(server, own);
    for (const given of [
      { contactId: other.customer.id, employeeId: own.sharee.id },
      { contactId: id, employeeId: other.sharee.id },
      { contactId: id, employeeId: departments.Sales },
      { contactId: id, departmentId: own.sharee.id },
    ])
      expect((await outcome(own.owner, SHARE, given)).__typename).toBe('NotFound');
    expect(await kept(server, own)).toBe(before);
  });
});
