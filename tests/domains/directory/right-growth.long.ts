import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { TestOrganization } from '../../../src/testing/test-organization.ts';
import type { TestSeat } from '../../../src/testing/test-seat.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { says } from '../../support/says.ts';
import { rowsOf } from '../contacts/contact.fixture.ts';
import { OFFBOARD } from '../transfers/transfer.fixture.ts';
import { again, departmentIds, GRANT, giveRight, hired, MOVE_DEPARTMENT, UPDATE_EMPLOYEE } from './directory.fixture.ts';
import { csv, imported } from './employee-import.fixture.ts';

// Whoever says who sits where says over whom rights for departments are (docs/decisions/moving-and-rights.md).

let server: TestServer;
let own: TestOrganization;
let id: Readonly<Record<string, string>>;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());
beforeEach(async () => {
  own = await server.organization();
  id = await departmentIds(own);
});

type Held = readonly [right: string, department: string | null];
/** The sharee, with DIRECTORY for everybody and some rights more. */
async function mover(...rights: readonly Held[]): Promise<TestSeat> {
  for (const [right, department] of [['DIRECTORY', null] as const, ...rights]) await giveRight(server, own, 'sharee', right, department);
  return again(server, own, 'sharee');
}
const moves = (seat: TestSeat, from: string, to: string | null, given: object = {}) =>
  says(seat, MOVE_DEPARTMENT, { departmentId: id[from], parentId: to && id[to], ...given });
/** The colleague, of Warehouse, who answers for the rival. */
const seats = async (seat: TestSeat, ...names: readonly string[]) => {
  const { version } = (await own.admin.query('query ($id: ID!) { employee(id: $id) { version } }', { id: own.colleague.id })).employee;
  return says(seat, UPDATE_EMPLOYEE, {
    employeeId: own.colleague.id,
    expectedVersion: version,
    departmentIds: names.map((name) => id[name]),
  });
};
const isAdminOf = async (seat: TestSeat, contactId: string): Promise<boolean> =>
  (await seat.query('query ($id: ID!) { contact(id: $id) { viewerRoles } }', { id: contactId })).contact.viewerRoles.includes('ADMIN');

describe('one’s own right for a department (spec 2.3b)', () => {
  it('does not grow by moving a department, nor by trying it', async () => {
    const seat = await mover(['CONTACTS', 'Support']);
    for (const dryRun of [true, false]) expect(await moves(seat, 'Warehouse', 'Support', { dryRun })).toBe('RightNotYours');
    expect(await isAdminOf(seat, own.rival.id)).toBe(false);
    const { departments } = await own.admin.query('{ departments(first: 100) { nodes { id parent { id } } } }');
    expect(departments.nodes).toContainEqual({ id: id.Warehouse, parent: null });
  });
  it('does not grow by moving people', async () => {
    const seat = await mover(['CONTACTS', 'Support']);
    for (const names of [['Warehouse', 'Support'], ['Support']]) expect(await seats(seat, ...names)).toBe('RightNotYours');
    expect(await isAdminOf(seat, own.rival.id)).toBe(false);
  });
  it('does not grow by a table, whose row says so', async () => {
    const seat = await mover(['CONTACTS', 'Support']);
    const { phone } = await hired(own.admin, { name: 'Lu Yan', staffNumber: 'L-1', departmentIds: [id.Warehouse] });
    const table = (department: string) => csv('Staff number,Name,Phone,Departments', `L-1,Lu Yan,${phone},${department}`);
    for (const dryRun of [true, false]) {
      const { result, errors } = await imported(server, seat, table('Support'), dryRun);
      expect([result.applied, errors]).toMatchObject([false, [{ row: 2, path: ['departments'], code: 'RIGHT_NOT_YOURS' }]]);
    }
    expect((await imported(server, seat, table('Office'))).result).toMatchObject({ applied: true, updated: 1 });
    expect((await imported(server, own.admin, table('Support'))).result).toMatchObject({ applied: true, updated: 1 });
  });
  it('is in nobody’s way where it covers both places, or is for everybody', async () => {
    expect(await moves(await mover(['CONTACTS', 'Support'], ['CONTACTS', 'Warehouse']), 'Warehouse', 'Support')).toBe(
      'MoveDepartmentSuccess',
    );
    own = await server.organization();
    id = await departmentIds(own);
    expect(await seats(await mover(['CONTACTS', null], ['CONTACTS', 'Support']), 'Support')).toBe('UpdateEmployeeSuccess');
  });
  it('may shrink', async () => {
    const seat = await mover(['CONTACTS', 'Sales']);
    expect(await moves(seat, 'Sales East', null)).toBe('MoveDepartmentSuccess');
    expect(await isAdminOf(own.admin, own.customer.id)).toBe(true);
  });
});

describe('whoever goes on for a leaver (spec 3.15)', () => {
  const leaves = async (seat: TestSeat, successor?: { readonly id: string }, employee = own.colleague) =>
    says(seat, OFFBOARD, { employeeId: employee.id, ...(successor ? { successorId: successor.id } : {}), dryRun: true });
  /** The mover, with CONTACTS for one department more. */
  const more = async (department: string | null) => {
    await giveRight(server, own, 'sharee', 'CONTACTS', department);
    return again(server, own, 'sharee');
  };
  it('is nobody by whom one’s own right over contacts grows', async () => {
    const seat = await mover(['CONTACTS', 'Sales East']);
    expect(await leaves(seat, own.owner)).toBe('RightNotYours');
    expect(await leaves(seat, own.formsAdmin)).toBe('OffboardEmployeeSuccess'); // nobody's right reaches them
    expect(await leaves(await more('Warehouse'), own.owner)).toBe('OffboardEmployeeSuccess'); // they hold it over the leaver
  });
  it('is nobody by whom another’s grows, as far as one could not grant it', async () => {
    expect(await leaves(await mover(), own.owner)).toBe('RightNotYours');
    expect(await leaves(await more(null), own.owner)).toBe('OffboardEmployeeSuccess');
  });
  it('is oneself where one could take the contacts over anyhow, or the rules say so', async () => {
    expect(await leaves(await mover(), own.sharee)).toBe('RightNotYours');
    expect(await leaves(await more('Warehouse'), own.sharee)).toBe('OffboardEmployeeSuccess');
    await giveRight(server, own, 'supervisor', 'DIRECTORY', null);
    const supervisor = await again(server, own, 'supervisor');
    expect(await leaves(supervisor, own.supervisor)).toBe('RightNotYours');
    expect(await leaves(supervisor, own.supervisor, own.owner)).toBe('OffboardEmployeeSuccess');
  });
  it('is, by the rules, whoever it is, but where one’s own right grows', async () => {
    const sits = (department: string) =>
      rowsOf(
        server,
        own,
        `insert into department_members (organization_id, department_id, employee_id, is_main, joined_at, is_supervisor)
         select d.organization_id, d.id, e.id, false, now(), d.name = 'Warehouse' from departments d, employees e where d.name = $1 and e.name = 'The owner'`,
        [department],
      );
    await sits('Warehouse'); // whom the rules find sits in Sales East as well, which is scopedAdmin's
    expect(await leaves(await mover())).toBe('OffboardEmployeeSuccess');
    expect(await leaves(await more('Sales East'))).toBe('RightNotYours');
  });
});

describe('another’s right for a department', () => {
  // scopedAdmin holds CONTACTS and FORMS over Sales
  it.each([
    ['neither', [], 'RightNotYours'],
    ['one of two', [['CONTACTS', null]], 'RightNotYours'],
    [
      'both, one for another department',
      [
        ['CONTACTS', null],
        ['FORMS', 'Office'],
      ],
      'RightNotYours',
    ],
    [
      'both, for that department',
      [
        ['CONTACTS', 'Warehouse'],
        ['FORMS', 'Warehouse'],
      ],
      'Success',
    ],
    [
      'both',
      [
        ['CONTACTS', null],
        ['FORMS', null],
      ],
      'Success',
    ],
  ] as const)('grows by who could grant it: with %s of the rights', async (_, rights, outcome) => {
    const seat = await mover(...(rights as readonly Held[]));
    const told = (name: string) => (outcome === 'Success' ? `${name}Success` : outcome);
    expect(await seats(seat, 'Warehouse', 'Sales East')).toBe(told('UpdateEmployee'));
    await seats(own.admin, 'Warehouse');
    expect(await moves(seat, 'Warehouse', 'Sales')).toBe(told('MoveDepartment'));
  });
  it('asks for all departments of somebody who sits in two', async () => {
    await seats(own.admin, 'Warehouse', 'Support');
    const seat = await mover(['CONTACTS', 'Warehouse'], ['FORMS', 'Warehouse']);
    expect(await seats(seat, 'Warehouse', 'Support', 'Sales')).toBe('RightNotYours');
    expect(await seats(seat, 'Warehouse', 'Office')).toBe('UpdateEmployeeSuccess'); // no right is for Office
  });
  it('asks for the whole organization where somebody sits nowhere', async () => {
    await seats(own.admin);
    expect(await seats(await mover(['CONTACTS', 'Sales'], ['FORMS', null]), 'Sales')).toBe('RightNotYours');
    expect(await seats(own.admin, 'Sales')).toBe('UpdateEmployeeSuccess');
  });
  it('does not grow where they hold it over both places, or for everybody', async () => {
    await own.admin.does(GRANT, { input: { employeeId: own.scopedAdmin.id, right: 'CONTACTS' } });
    await own.admin.does(GRANT, { input: { employeeId: own.scopedAdmin.id, right: 'FORMS', departmentIds: [id.Warehouse] } });
    expect(await moves(await mover(), 'Warehouse', 'Sales')).toBe('MoveDepartmentSuccess');
  });
  it('is nobody’s way to employ somebody: there is nothing of theirs yet', async () => {
    expect((await hired(await mover(['CONTACTS', 'Sales']), { departmentIds: [id.Sales] })).id).toBeTruthy();
  });
});
