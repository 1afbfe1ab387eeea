import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newPhone, type TestOrganization, testPlan } from '../../../src/testing/test-organization.ts';
import type { TestSeat } from '../../../src/testing/test-seat.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { mutate, placed } from '../../rules/world.fixture.ts';
import { added } from '../contacts/contact.fixture.ts';
import { actsFor, ENTRIES, entriesFor } from './audit.fixture.ts';

// Admins with the right AUDIT read the record, and nobody else, not even of their own acts (spec 11.1).

const HOUR = 3_600_000;
const START = Date.parse('2026-06-01T08:00:00Z');
let now = START;
let server: TestServer;
type Own = TestOrganization & { readonly salesAuditor: TestSeat; readonly contactsAdmin: TestSeat };
let own: Own;
let other: TestOrganization;
/** A contact that the owner, the colleague and the admin have something done to, an hour apart. */
let contactId: string;
let orderId: string;

function plan(): ReturnType<typeof testPlan> {
  const { employees, ...rest } = testPlan();
  const person = (key: string) => ({ key, name: `The ${key}`, phone: newPhone(), department: 'Office' });
  const salesAuditor = { ...person('salesAuditor'), scopedRights: [{ right: 'AUDIT' as const, department: 'Sales' }] };
  return { ...rest, employees: [...employees, salesAuditor, { ...person('contactsAdmin'), rights: ['CONTACTS' as const] }] };
}
beforeAll(async () => {
  server = await startTestServer({ now: () => new Date(now) });
  own = (await server.organization(plan())) as Own;
  other = await server.organization({ name: 'Other Works' });
  now += HOUR;
  contactId = (await added(own.owner, own)).id;
  now += HOUR;
  await mutate(own.owner, 'shareContact', { contactId, employeeId: own.sharee.id });
  now += HOUR;
  await mutate(own.admin, 'transferContacts', { contactIds: [contactId], ownerId: own.colleague.id });
  now += HOUR;
  await mutate(own.colleague, 'tagContact', { contactId, tagId: own.tagIds[3] });
  now += HOUR;
  orderId = await placed(own.customer);
  await added(other.owner, other);
});
afterAll(() => server.stop());

const UNTIL = { at: { after: new Date(START + HOUR / 2).toISOString(), before: new Date(START + 5.5 * HOUR).toISOString() } };
const ALL = ['placeOrder', 'tagContact', 'transferContacts', 'shareContact', 'addContact'];
const codesOf = async (seat: TestSeat): Promise<string[]> =>
  (await seat.ask('{ auditEntries { nodes { id } } }')).errors.map(({ extensions }) => extensions.code);

describe('the audit record is read', () => {
  it('by admins with AUDIT for the whole organization: all of it, newest first', async () => {
    expect(await actsFor(own.admin, UNTIL)).toEqual(ALL);
    const [order] = await entriesFor(own.admin, UNTIL);
    expect(order).toMatchObject({ at: '2026-06-01T13:00:00.000Z', module: 'ordering', actor: null, actorId: own.customer.id });
  });
  it('by an admin with AUDIT for a department: what its employees did, and those below it', async () => {
    expect(await actsFor(own.salesAuditor, UNTIL)).toEqual(['shareContact', 'addContact']);
    expect(await actsFor(own.salesAuditor, { ...UNTIL, objects: { any: [contactId] } })).toEqual(['shareContact', 'addContact']);
    expect(await actsFor(own.salesAuditor, { actor: { in: [own.colleague.id, own.admin.id, own.customer.id] } })).toEqual([]);
  });
  it.each(['owner', 'colleague', 'supervisor', 'sharee', 'contactsAdmin', 'formsAdmin', 'scopedAdmin'] as const)(
    'not by the %s',
    async (name) => {
      expect(await codesOf(own[name])).toEqual(['FORBIDDEN']);
    },
  );
  it('not by contacts, whose schema does not know it, and not by nobody', async () => {
    expect(await codesOf(own.customer)).toEqual(['BAD_REQUEST']);
    expect(await codesOf(server.nobody)).not.toEqual([]);
  });
  it('entry by entry by the same people alone, not by whoever did it', async () => {
    const entries = await entriesFor(own.admin, UNTIL);
    const [order, tag, , share] = entries.map(({ id }) => id);
    const node = async (seat: TestSeat, id: string): Promise<unknown> =>
      (await seat.ask('query ($id: ID!) { node(id: $id) { id } }', { id })).data?.node;
    expect(await node(own.admin, share!)).toEqual({ id: share });
    expect(await node(own.salesAuditor, share!)).toEqual({ id: share });
    expect(await node(own.salesAuditor, tag!)).toBeNull();
    expect(await node(own.owner, share!)).toBeNull();
    expect(await node(own.colleague, tag!)).toBeNull();
    expect(await node(own.customer, order!)).toBeNull();
    expect(await node(other.admin, share!)).toBeNull();
  });
  it('by another organization’s admin of their own organization', async () => {
    expect(await actsFor(other.admin, UNTIL)).toEqual(['addContact']);
    expect(await actsFor(other.admin, { objects: { any: [contactId] } })).toEqual([]);
    expect(await actsFor(other.admin, { actor: { equals: own.owner.id } })).toEqual([]);
  });
});

describe('the audit record is searched', () => {
  const at = (hours: number): string => new Date(START + hours * HOUR).toISOString();
  it.each([
    ['by an object', () => ({ objects: { any: [contactId] } }), ALL.slice(1)],
    ['by an object of any type', () => ({ objects: { any: [orderId, own.sharee.id] } }), ['placeOrder', 'shareContact']],
    ['by two objects together', () => ({ objects: { all: [contactId, own.colleague.id] } }), ['transferContacts']],
    ['by what has nothing to do with an object', () => ({ objects: { none: [contactId] } }), ['placeOrder']],
    ['by an employee', () => ({ actor: { equals: own.owner.id } }), ['shareContact', 'addContact']],
    ['by a contact', () => ({ actor: { equals: own.customer.id } }), ['placeOrder']],
    ['by act', () => ({ act: { in: ['tagContact', 'addContact'] } }), ['tagContact', 'addContact']],
    ['by module', () => ({ module: { equals: 'ordering' } }), ['placeOrder']],
    ['by time', () => ({ at: { after: at(1.5), before: at(3.5) } }), ['transferContacts', 'shareContact']],
    ['by time, to the millisecond', () => ({ at: { after: at(2), before: at(4) } }), ['transferContacts']],
    ['by all of it', () => ({ objects: { any: [contactId] }, actor: { equals: own.owner.id }, at: { after: at(1.5) } }), ['shareContact']],
    ['by nothing that there is', () => ({ objects: { any: ['nonsense'] } }), []],
  ])('%s', async (_, where, acts) => {
    expect(await actsFor(own.admin, { and: [UNTIL], ...where() })).toEqual(acts);
  });

  it('with the mutations of one document in their order, although they are of one moment', async () => {
    now += HOUR;
    const groups = ['One', 'Two', 'Three'].map(
      (name) => `${name}: addTagGroup(input: { name: "${name}", color: RED }) { ... on AddTagGroupSuccess { tagGroup { id } } }`,
    );
    const made = await own.admin.query(`mutation { ${groups.join(' ')} }`);
    const entries = await entriesFor(own.admin, { at: { after: at(5) } });
    expect(new Set(entries.map((entry) => entry.at)).size).toBe(1);
    expect(entries.map(({ objectIds }) => objectIds[0])).toEqual(['Three', 'Two', 'One'].map((name) => made[name].tagGroup.id));
  });

  it('page by page, each entry once', async () => {
    const acts: string[] = [];
    for (let after: string | undefined, more = true; more; ) {
      const { auditEntries } = await own.admin.query(ENTRIES, { first: 2, after, where: UNTIL });
      acts.push(...auditEntries.nodes.map(({ act }: { act: string }) => act));
      expect(auditEntries.totalCount).toBe(ALL.length);
      ({ hasNextPage: more, endCursor: after } = auditEntries.pageInfo);
    }
    expect(acts).toEqual(ALL);
  });
});
