import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signInAs } from '../../../src/domains/accounts/index.ts';
import { newPhone, type TestOrganization, testPlan } from '../../../src/testing/test-organization.ts';
import { TestSeat } from '../../../src/testing/test-seat.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { placeOrder } from '../../support/form-moves.ts';
import { outcome, rowsOf, SHARE } from '../contacts/contact.fixture.ts';
import { departmentIds, GRANT, giveRight, MOVE_DEPARTMENT, REVOKE, SET_SUPERVISORS, UPDATE_EMPLOYEE } from './directory.fixture.ts';

// What a dry run tells, against what every seat really finds before and after, asked through the API (spec 10.2).

interface Effect {
  readonly employeeId: string;
  readonly objectType: string;
  readonly gained: number;
  readonly lost: number;
  readonly gainedIds: readonly string[];
  readonly lostIds: readonly string[];
}
let server: TestServer;
let own: TestOrganization;
let id: Readonly<Record<string, string>>;
let staff: readonly { readonly name: string; readonly phone: string }[];

/**
 * Sales over East and West, Support over Desk; a supervisor on each level, contacts of everybody, shares with departments and in person, rights for
 * departments and for all.
 */
beforeAll(async () => {
  server = await startTestServer();
  const plan = testPlan();
  const person = (key: string, department: string, more: object = {}) => ({
    key,
    name: `The ${key}`,
    phone: newPhone(),
    department,
    ...more,
  });
  const employees = [
    ...plan.employees,
    person('west', 'Sales West', { supervises: true }),
    person('seller', 'Sales West'),
    person('desk', 'Desk', { supervises: true }),
    person('clerk', 'Desk'),
    person('lead', 'Support', { supervises: true }),
  ];
  const owned = ['owner', 'west', 'seller', 'desk', 'clerk', 'lead', 'supervisor', 'sharee', 'colleague'];
  const contacts = owned.map((owner) => ({ key: `of ${owner}`, name: `Of ${owner}`, phone: newPhone(), owner, isMember: true }));
  own = await server.organization({
    ...plan,
    employees,
    departments: [...plan.departments, ['Sales West', 'Sales'], ['Desk', 'Support']],
    contacts: [...plan.contacts, ...contacts],
  });
  staff = employees;
  id = await departmentIds(own);
  await giveRight(server, own, 'clerk', 'CONTACTS', 'Support');
  await giveRight(server, own, 'lead', 'FORMS', 'Support');
  const seats = own as unknown as Record<string, TestSeat>;
  await own.admin.does(SHARE, { input: { contactId: own.rival.id, departmentId: id.Support } });
  await own.admin.does(SHARE, { input: { contactId: seats['of west']!.id, departmentId: id.Sales } });
  await own.admin.does(SHARE, { input: { contactId: seats['of lead']!.id, employeeId: seats.seller!.id } });
  for (const customer of [own.customer, own.unowned, seats['of west']!, seats['of clerk']!]) await placeOrder(customer);
});
afterAll(() => server.stop());

const LEAVE = `mutation ($input: OffboardEmployeeInput!) { offboardEmployee(input: $input) { __typename ... on UserError { code }
  ... on OffboardEmployeeSuccess { transfer { id } effects { employeeId objectType gained lost gainedIds lostIds } } } }`;
const FOUND = '{ viewer { id } contacts(first: 100) { nodes { id } } businessForms(first: 100) { nodes { id } } }';
type Found = ReadonlyMap<string, { readonly Contact: ReadonlySet<string>; readonly BusinessForm: ReadonlySet<string> }>;
/** What every employee finds, each signed in anew. */
async function everything(): Promise<Found> {
  const found = new Map();
  const rows = await rowsOf<{ name: string; phone: string }>(server, own, 'select name, phone from employees where left_at is null');
  for (const { name, phone } of rows.filter((one) => staff.some(({ name: known }) => known === one.name))) {
    const { token } = await signInAs(server.runtime.door, { phone, organizationId: own.id, seat: 'EMPLOYEE' }, new Date());
    const { viewer, contacts, businessForms } = await new TestSeat({ id: '', name, token, url: server.url }).query(FOUND);
    const ids = ({ nodes }: { nodes: { id: string }[] }) => new Set(nodes.map((one) => one.id));
    found.set(viewer.id, { Contact: ids(contacts), BusinessForm: ids(businessForms) });
  }
  return found;
}
const minus = (all: ReadonlySet<string>, others: ReadonlySet<string>) => [...all].filter((one) => !others.has(one)).sort();
/** Of all seats and objects, those that differ. */
function differences(before: Found, after: Found): unknown[] {
  const found = [...before].flatMap(([employeeId, was]) =>
    (['Contact', 'BusinessForm'] as const).flatMap((objectType) => {
      const is = after.get(employeeId)!;
      const [gainedIds, lostIds] = [minus(is[objectType], was[objectType]), minus(was[objectType], is[objectType])];
      return gainedIds.length + lostIds.length ? [{ employeeId, objectType, gainedIds, lostIds }] : [];
    }),
  );
  return found.sort((a, b) => (`${a.employeeId} ${a.objectType}` < `${b.employeeId} ${b.objectType}` ? -1 : 1));
}
const told = (effects: readonly Effect[]): unknown[] => {
  for (const { gained, lost, gainedIds, lostIds } of effects) expect([gained, lost]).toEqual([gainedIds.length, lostIds.length]);
  return effects
    .map(({ employeeId, objectType, gainedIds, lostIds }) => ({
      employeeId,
      objectType,
      gainedIds: [...gainedIds].sort(),
      lostIds: [...lostIds].sort(),
    }))
    .sort((a, b) => (`${a.employeeId} ${a.objectType}` < `${b.employeeId} ${b.objectType}` ? -1 : 1));
};
/** Where they sit from now on, whatever else has happened to them. */
const sits =
  (key: string, ...departments: readonly string[]) =>
  async () => {
    const { employee } = await own.admin.query('query ($id: ID!) { employee(id: $id) { version } }', { id: seat(key).id });
    return { employeeId: seat(key).id, expectedVersion: employee.version, departmentIds: departments.map((name) => id[name]) };
  };
/** The phone of somebody who has not signed in yet is that of a contact. */
const becomes = (contact: string, onContact: 'CONVERT' | 'KEEP') => async () => {
  const { employee } = await own.admin.query('query ($id: ID!) { employee(id: $id) { version } }', { id: own.colleague.id });
  const { phone } = own.plan.contacts.find(({ key }) => key === contact)!;
  return { employeeId: own.colleague.id, expectedVersion: employee.version, phone, onContact };
};
const auditEntries = async (): Promise<number> =>
  (await rowsOf<{ n: number }>(server, own, 'select count(*)::int as n from audit_entries'))[0]!.n;
const seat = (key: string): TestSeat => (own as unknown as Record<string, TestSeat>)[key]!;

describe('a dry run tells who gains and loses what (spec 10.2)', () => {
  it.each<[string, string, () => object | Promise<object>, boolean]>([
    ['Sales West comes below Support', MOVE_DEPARTMENT, () => ({ departmentId: id['Sales West'], parentId: id.Support }), true],
    ['Support comes below Sales', MOVE_DEPARTMENT, () => ({ departmentId: id.Support, parentId: id.Sales }), true],
    ['Desk comes to the top', MOVE_DEPARTMENT, () => ({ departmentId: id.Desk, parentId: null }), true],
    ['a department stays where it is', MOVE_DEPARTMENT, () => ({ departmentId: id.Desk, parentId: null }), false],
    [
      'Sales West has another supervisor',
      SET_SUPERVISORS,
      () => ({ departmentId: id['Sales West'], employeeIds: [seat('seller').id] }),
      true,
    ],
    ['Sales has none', SET_SUPERVISORS, () => ({ departmentId: id.Sales, employeeIds: [] }), true],
    [
      'somebody gets CONTACTS for Sales',
      GRANT,
      () => ({ employeeId: seat('colleague').id, right: 'CONTACTS', departmentIds: [id.Sales] }),
      true,
    ],
    ['somebody gets CONTACTS for all', GRANT, () => ({ employeeId: seat('seller').id, right: 'CONTACTS' }), true],
    ['somebody gets FORMS for all', GRANT, () => ({ employeeId: seat('sharee').id, right: 'FORMS' }), true],
    ['somebody gets AUDIT', GRANT, () => ({ employeeId: seat('sharee').id, right: 'AUDIT' }), false],
    ['somebody loses CONTACTS for departments', REVOKE, () => ({ employeeId: seat('clerk').id, right: 'CONTACTS' }), true],
    ['somebody loses FORMS for all', REVOKE, () => ({ employeeId: own.formsAdmin.id, right: 'FORMS' }), true],
    ['somebody comes to a department that something is shared with', UPDATE_EMPLOYEE, sits('seller', 'Sales West', 'Desk'), true],
    ['somebody goes from one supervisor to another, and from a right', UPDATE_EMPLOYEE, sits('clerk', 'Sales West'), true],
    ['and comes back', UPDATE_EMPLOYEE, sits('clerk', 'Desk'), true],
    ['somebody supervises no more, having gone', UPDATE_EMPLOYEE, sits('lead', 'Office'), true],
    ['somebody is in no department', UPDATE_EMPLOYEE, sits('desk'), true],
    ['and in one again, over whom nobody is', UPDATE_EMPLOYEE, sits('desk', 'Desk'), false],
    ['somebody stays where they are', UPDATE_EMPLOYEE, sits('seller', 'Sales West'), false],
    ['a contact that is shared in person becomes an employee', UPDATE_EMPLOYEE, becomes('of lead', 'CONVERT'), true],
    ['and one that is shared with a department', UPDATE_EMPLOYEE, becomes('of west', 'CONVERT'), true],
    ['and one of whom a form is there', UPDATE_EMPLOYEE, becomes('of clerk', 'CONVERT'), true],
    ['a contact stays, of whose number an employee is', UPDATE_EMPLOYEE, becomes('of desk', 'KEEP'), false],
  ])('%s', async (_, mutation, given, changes) => {
    const before = await everything();
    const audited = await auditEntries();
    const input = await given();
    const { effects } = await outcome(own.admin, mutation, { ...input, dryRun: true });
    expect(differences(before, await everything())).toEqual([]);
    expect(await auditEntries()).toBe(audited); // what was not done is not in the record
    const done = await outcome(own.admin, mutation, { ...input, dryRun: false });
    expect([done.__typename.endsWith('Success'), done.effects]).toEqual([true, null]);
    const really = differences(before, await everything());
    expect(told(effects)).toEqual(really);
    expect(really.length > 0).toBe(changes);
  });

  it('and changes nothing: no row, no right, no version', async () => {
    const kept = () =>
      rowsOf(
        server,
        own,
        'select (select json_agg(c order by c::text) from department_closure c) c, (select json_agg(d order by d::text) from departments d) d, (select version from rights_versions) v',
      );
    const before = await kept();
    await own.admin.does(MOVE_DEPARTMENT, { input: { departmentId: id.Desk, parentId: id.Sales, dryRun: true } });
    expect(await kept()).toEqual(before);
  });
  it('nor anything of an employee', async () => {
    const kept = () =>
      rowsOf(
        server,
        own,
        `select row_to_json(e) e, (select json_agg(m order by m::text) from department_members m) m from employees e order by id`,
      );
    const before = await kept();
    const input = { ...(await sits('seller', 'Office')()), name: 'Somebody else', phone: newPhone(), dryRun: true };
    const { employee } = await own.admin.does(UPDATE_EMPLOYEE, { input });
    expect([employee.name, employee.version, await kept()]).toEqual(['The seller', input.expectedVersion, before]);
    await expect(server.seat(input.phone, own.id)).rejects.toThrow('No seat');
  });
  it.each([
    ['west', undefined, false], // who follows supervises them already
    ['clerk', 'seller', true],
  ] as const)('%s leaves', async (key, heir, changes) => {
    const input = { employeeId: seat(key).id, successorId: heir && seat(heir).id };
    staff = staff.filter(({ phone }) => phone !== own.plan.employees.find((one) => one.key === key)!.phone);
    const before = await everything();
    const audited = await auditEntries();
    const { effects, transfer } = await outcome(own.admin, LEAVE, { ...input, dryRun: true });
    expect([transfer, differences(before, await everything()), await auditEntries()]).toEqual([null, [], audited]);
    const done = await outcome(own.admin, LEAVE, input);
    expect([done.__typename, done.effects]).toEqual(['OffboardEmployeeSuccess', null]);
    const really = differences(before, await everything());
    expect(told(effects)).toEqual(really);
    expect(really.length > 0).toBe(changes);
  });
  it('is refused where the act would be', async () => {
    const cycle = { departmentId: id.Sales, parentId: id['Sales East'], dryRun: true };
    expect((await outcome(own.admin, MOVE_DEPARTMENT, cycle)).__typename).toBe('DepartmentCycle');
    expect((await outcome(own.admin, GRANT, { employeeId: own.admin.id, right: 'FORMS', dryRun: true })).__typename).toBe('RightNotYours');
  });
  it('names no object that whoever asks does not find themself, and counts all', async () => {
    await giveRight(server, own, 'scopedAdmin', 'DIRECTORY', null);
    await giveRight(server, own, 'scopedAdmin', 'CONTACTS', null);
    await rowsOf(
      server,
      own,
      `delete from admin_rights where admin_right = 'CONTACTS' and employee_id = (select id from employees where name = 'The scopedAdmin')`,
    );
    await giveRight(server, own, 'supervisor', 'DIRECTORY', null);
    const asks = await server.seat(own.plan.employees.find(({ key }) => key === 'scopedAdmin')!.phone, own.id);
    const { effects } = await outcome(asks, SET_SUPERVISORS, { departmentId: id.Sales, employeeIds: [own.supervisor.id], dryRun: true });
    const [contacts] = effects.filter(({ objectType }: Effect) => objectType === 'Contact');
    expect(contacts).toMatchObject({ employeeId: own.supervisor.id, gainedIds: [] });
    expect(contacts.gained).toBeGreaterThan(0);
  });
});
