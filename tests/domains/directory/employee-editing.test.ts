import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newPhone, type TestOrganization } from '../../../src/testing/test-organization.ts';
import type { TestSeat } from '../../../src/testing/test-seat.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { says } from '../../support/says.ts';
import { used } from '../../support/used-seat.ts';
import { ADD, added, codes, leaver, outcome, rowsOf } from '../contacts/contact.fixture.ts';
import { again, departmentIds, GRANT, giveRight, hired, namesOf, UPDATE_EMPLOYEE } from './directory.fixture.ts';

let server: TestServer;
let own: TestOrganization;
let department: Readonly<Record<string, string>>;
/** DIRECTORY over Sales alone. */
let salesAdmin: TestSeat;
let made: Awaited<ReturnType<typeof hired>>;

beforeAll(async () => {
  server = await startTestServer();
  own = await server.organization();
  department = await departmentIds(own);
  await giveRight(server, own, 'colleague', 'DIRECTORY', 'Sales');
  salesAdmin = await again(server, own, 'colleague');
});
afterAll(() => server.stop());
beforeEach(async () => {
  made = await hired(own.admin, { nickname: 'Jing', position: 'Buyer', departmentIds: [department['Sales East'], department.Support] });
});

const edits = (seat: TestSeat, given: object) => outcome(seat, UPDATE_EMPLOYEE, { employeeId: made.id, expectedVersion: 1, ...given });

describe('editing an employee (spec 10.1)', () => {
  it('leaves alone what is left out, and takes away what is emptied', async () => {
    const { employee } = await edits(own.admin, { name: '何静', nickname: '', seniorSince: '2019-01-02', nameVerified: true });
    expect(employee).toMatchObject({
      version: 2,
      name: '何静',
      nickname: null,
      position: 'Buyer',
      seniorSince: '2019-01-02',
      nameVerified: true,
    });
    const { employees } = await own.admin.query(`{ employees(where: { name: { equals: "何静" } }) { nodes { id } } }`);
    expect(employees.nodes).toEqual([{ id: made.id }]);
    const [row] = await rowsOf<{ sort_name: string }>(server, own, `select sort_name from employees where name = '何静'`);
    expect(row!.sort_name).toMatch(/^he/);
  });
  it('that says nothing new is no change', async () => {
    expect(
      (await edits(own.admin, { name: 'He Jing', departmentIds: [department['Sales East'], department.Support] })).employee.version,
    ).toBe(1);
  });
  it('is refused to whoever has read what is no more', async () => {
    await edits(own.admin, { position: 'Seller' });
    expect(await edits(own.admin, { name: 'Other' })).toMatchObject({
      __typename: 'VersionConflict',
      current: { version: 2, name: 'He Jing' },
    });
  });
  it('says where they sit; the main department stays where it can', async () => {
    const { employee } = await edits(own.admin, { departmentIds: [department.Office, department['Sales East']] });
    expect([namesOf(employee.departments), employee.mainDepartment, employee.version]).toEqual([
      ['Office', 'Sales East'],
      { name: 'Sales East' },
      2,
    ]);
    const again = await edits(own.admin, { expectedVersion: 2, departmentIds: [department.Warehouse, department.Office] });
    expect([namesOf(again.employee.departments), again.employee.mainDepartment]).toEqual([['Office', 'Warehouse'], { name: 'Warehouse' }]);
  });
  it('names another main department', async () => {
    const { employee } = await edits(own.admin, { mainDepartmentId: department.Support });
    expect([namesOf(employee.departments), employee.mainDepartment]).toEqual([['Sales East', 'Support'], { name: 'Support' }]);
    expect((await edits(own.admin, { expectedVersion: 2, mainDepartmentId: department.Office })).issues[0].code).toBe('NOT_A_MEMBER');
  });
  it('keeps who supervises a department that they stay in, and when they joined', async () => {
    await rowsOf(
      server,
      own,
      `update department_members set is_supervisor = true, joined_at = '2001-01-01' where employee_id = (select id from employees where phone = $1)`,
      [made.phone],
    );
    await edits(own.admin, { departmentIds: [department['Sales East'], department.Office] });
    const rows = await rowsOf(
      server,
      own,
      `select d.name, m.is_supervisor, m.joined_at < '2002-01-01' as long from department_members m join departments d on d.id = m.department_id
      where m.employee_id = (select id from employees where phone = $1) order by d.name`,
      [made.phone],
    );
    expect(rows).toEqual([
      { name: 'Office', is_supervisor: false, long: false },
      { name: 'Sales East', is_supervisor: true, long: true },
    ]);
  });
  it('does not take a staff number that another has', async () => {
    await hired(own.admin, { staffNumber: 'C-1' });
    expect((await edits(own.admin, { staffNumber: 'C-1' })).issues).toEqual([{ path: ['input', 'staffNumber'], code: 'TAKEN' }]);
  });
});

describe('mending a phone that nobody has signed in with (spec 3.3, 3.7)', () => {
  const seatOf = async (phone: string) => (await server.seat(phone, own.id).catch(() => undefined))?.id;
  it('moves the seat to it', async () => {
    const phone = newPhone();
    const { employee } = await edits(own.admin, { phone, position: 'Head' });
    expect(employee).toMatchObject({ phone, position: 'Head', version: 2 });
    expect([await seatOf(made.phone), await seatOf(phone)]).toEqual([undefined, made.id]);
    expect(await says(own.admin, ADD, { name: 'New', phone: made.phone, tagIds: [own.tagIds[0]] })).toBe('AddContactSuccess');
  });
  it('is an act of the record, which names the field and not the number (spec 11.1)', async () => {
    const phone = newPhone();
    await edits(own.admin, { phone });
    const { auditEntries } = await own.admin.query(
      `query ($ids: [ID!]) { auditEntries(where: { objects: { any: $ids } }) { nodes { act fields { path } } } }`,
      { ids: [made.id] },
    );
    expect(auditEntries.nodes[0]).toMatchObject({ act: 'updateEmployee' });
    expect(auditEntries.nodes[0].fields.map(({ path }: { path: string }) => path)).toContain('phone');
    expect(JSON.stringify(auditEntries)).not.toContain(phone.slice(3));
  });
  it('that says what is so is no change, also once they have an account', async () => {
    await used(server, made.phone);
    expect((await edits(own.admin, { phone: made.phone })).employee).toMatchObject({ phone: made.phone, version: 1 });
  });
  it('is theirs to change once they have an account', async () => {
    const self = await server.seat(made.phone, own.id);
    await used(server, made.phone);
    expect(await edits(own.admin, { phone: newPhone(), name: 'Other' })).toMatchObject({
      __typename: 'PhoneFollowsAccount',
      path: ['input', 'phone'],
    });
    expect((await self.query('{ viewer { name ... on Employee { phone } } }')).viewer).toEqual({ name: 'He Jing', phone: made.phone });
  });
  it('is mended though a stranger has an account with it, whose sign-in has not come here', async () => {
    const stranger = await server.organization();
    const theirs = stranger.plan.employees.find(({ key }) => key === 'owner')!.phone;
    await used(server, theirs);
    const mistyped = await hired(own.admin, { phone: theirs });
    const phone = newPhone();
    expect((await edits(own.admin, { employeeId: mistyped.id, phone })).employee).toMatchObject({ phone });
    expect(await seatOf(theirs)).toBeUndefined();
    await expect(server.seat(theirs, stranger.id)).resolves.toMatchObject({ id: stranger.owner.id });
  });
  it('is mended by oneself in a session without a code; else `changeMyPhone` is the way', async () => {
    const { phone } = own.plan.employees.find(({ key }) => key === 'admin')!;
    const [before, after] = [await again(server, own, 'admin'), newPhone()];
    const mends = async (seat: TestSeat, to: string) => {
      const { version } = (await own.admin.query('query ($id: ID!) { employee(id: $id) { version } }', { id: own.admin.id })).employee;
      return outcome(seat, UPDATE_EMPLOYEE.replace('__typename', '__typename ... on PhoneFollowsAccount { own message }'), {
        employeeId: own.admin.id,
        expectedVersion: version,
        phone: to,
      });
    };
    await used(server, phone);
    expect(await mends(before, after)).toMatchObject({
      __typename: 'PhoneFollowsAccount',
      own: true,
      message: expect.stringContaining('changeMyPhone'),
    });
    await server.runtime.pools.identity.query('update identity.seats set last_used_at = null where phone = $1', [phone]);
    expect((await mends(before, phone)).__typename).toBe('UpdateEmployeeSuccess');
  });
  it('does not take the phone of a colleague', async () => {
    const other = await hired(own.admin);
    expect(await edits(own.admin, { phone: other.phone })).toMatchObject({ __typename: 'EmployeePhoneTaken', path: ['input', 'phone'] });
    expect(await seatOf(made.phone)).toBe(made.id);
  });
  it.each(['010-8888 7777', 'none', '+8613800000001 ext 12'])('takes mobiles alone: not %s', async (phone) => {
    expect((await edits(own.admin, { phone })).__typename).toBe('ValidationFailed');
  });
  it('asks what becomes of a contact who has it', async () => {
    const { id, phone } = await added(own.owner, own);
    const PHONE = UPDATE_EMPLOYEE.replace('... on VersionConflict', '... on PhoneBelongsToContact { choices } ... on VersionConflict');
    const mends = (onContact?: string) => outcome(own.admin, PHONE, { employeeId: made.id, expectedVersion: 1, phone, onContact });
    expect(await mends()).toMatchObject({ __typename: 'PhoneBelongsToContact', choices: ['CONVERT', 'KEEP'], path: ['input', 'phone'] });
    expect((await mends('CONVERT')).employee).toMatchObject({ phone, version: 2 });
    expect((await own.admin.query('{ contacts(list: BIN) { nodes { id } } }')).contacts.nodes).toContainEqual({ id });
    expect(await seatOf(phone)).toBe(made.id);
  });
  it('is not everybody’s', async () => {
    expect(await codes(own.supervisor, UPDATE_EMPLOYEE, { employeeId: made.id, expectedVersion: 1, phone: newPhone() })).toEqual([
      'FORBIDDEN',
    ]);
    await edits(own.admin, { departmentIds: [department['Sales East']] });
    expect((await edits(salesAdmin, { expectedVersion: 2, phone: newPhone() })).__typename).toBe('UpdateEmployeeSuccess');
  });
});

describe('mending the phone of somebody who holds rights (docs/decisions/whose-seat.md)', () => {
  const mends = (seat: TestSeat, given: object = {}) => edits(seat, { phone: newPhone(), ...given });
  const grants = (right: string, ...names: string[]) =>
    own.admin.does(GRANT, {
      input: { employeeId: made.id, right, ...(names.length && { departmentIds: names.map((name) => department[name]) }) },
    });
  const mended = { __typename: 'UpdateEmployeeSuccess' };
  /** DIRECTORY for the whole organization, and CONTACTS over Sales. */
  let staffAdmin: TestSeat;
  beforeAll(async () => {
    await giveRight(server, own, 'sharee', 'DIRECTORY', null);
    await giveRight(server, own, 'sharee', 'CONTACTS', 'Sales');
    staffAdmin = await again(server, own, 'sharee');
  });
  beforeEach(async () => {
    made = await hired(own.admin, { departmentIds: [department['Sales East']] });
  });

  it('is for whoever could grant them all', async () => {
    await grants('CONTACTS', 'Sales East');
    await grants('DIRECTORY');
    expect(await mends(staffAdmin)).toMatchObject(mended);
    await grants('AUDIT');
    expect(await mends(own.admin, { expectedVersion: 2 })).toMatchObject(mended);
  });
  it.each([
    ['a right that they have not got', 'AUDIT', []],
    ['the same for other departments', 'CONTACTS', ['Support']],
    ['the same for more departments', 'CONTACTS', ['Sales East', 'Support']],
    ['the same for the whole organization', 'CONTACTS', []],
  ])('is not, with DIRECTORY for everybody, where it is %s', async (_, right, names) => {
    await grants(right, ...names);
    expect(await mends(staffAdmin)).toMatchObject({ __typename: 'RightNotYours' });
    const row = await rowsOf<{ id: string }>(server, own, 'select id from employees where phone = $1', [made.phone]);
    expect(row).toHaveLength(1);
    expect((await server.seat(made.phone, own.id)).id).toBe(made.id);
  });
  it('is not, with DIRECTORY for their department alone, where they hold it for everybody', async () => {
    await grants('DIRECTORY');
    expect(await mends(salesAdmin)).toMatchObject({ __typename: 'RightNotYours' });
  });
  it('leaves all else to be edited, the phone that they have included', async () => {
    await grants('AUDIT');
    expect(await edits(staffAdmin, { phone: made.phone, position: 'Head' })).toMatchObject(mended);
  });
});

describe('who edits (spec 2.3b)', () => {
  it.each(['formsAdmin', 'scopedAdmin', 'supervisor', 'owner'] as const)('not %s', async (name) => {
    expect(await codes(own[name], UPDATE_EMPLOYEE, { employeeId: made.id, expectedVersion: 1, name: 'X' })).toEqual(['FORBIDDEN']);
  });
  it('not oneself', async () => {
    const self = await server.seat(made.phone, own.id);
    expect(await codes(self, UPDATE_EMPLOYEE, { employeeId: made.id, expectedVersion: 1, position: 'Boss' })).toEqual(['FORBIDDEN']);
  });
  /** Whoever sits in Sales and below it, and nowhere else. */
  const within = () => hired(own.admin, { nickname: 'Jing', departmentIds: [department['Sales East'], department.Sales] });
  it('an admin of Sales those who sit there, also below it', async () => {
    made = await within();
    expect((await edits(salesAdmin, { position: 'Seller' })).employee.position).toBe('Seller');
    const outside = await hired(own.admin, { departmentIds: [department.Support] });
    expect(await codes(salesAdmin, UPDATE_EMPLOYEE, { employeeId: outside.id, expectedVersion: 1, position: 'X' })).toEqual(['FORBIDDEN']);
  });
  it.each([{ position: 'X' }, { nickname: '' }, { phone: '+8613800007777' }, { departmentIds: [] }])(
    'not one who sits elsewhere too: %o',
    async (given) => {
      const input = { employeeId: made.id, expectedVersion: 1, ...given };
      expect(await codes(salesAdmin, UPDATE_EMPLOYEE, input)).toEqual(['FORBIDDEN']);
    },
  );
  it('nor reads what is theirs', async () => {
    const PERSONAL = 'query ($id: ID!) { employee(id: $id) { name phone } }';
    const { errors } = await salesAdmin.ask(PERSONAL, { id: made.id });
    expect(errors).toMatchObject([{ path: ['employee', 'phone'], extensions: { code: 'FORBIDDEN' } }]);
    const { id, phone } = await within();
    expect((await salesAdmin.query(PERSONAL, { id })).employee.phone).toBe(phone);
  });
  it('an admin of Sales moves people within it, and neither in nor out', async () => {
    made = await within();
    const moves = (...names: string[]) => ({
      employeeId: made.id,
      expectedVersion: 1,
      departmentIds: names.map((name) => department[name]),
    });
    for (const names of [['Sales East', 'Support'], ['Office']])
      expect(await codes(salesAdmin, UPDATE_EMPLOYEE, moves(...names))).toEqual(['FORBIDDEN']);
    expect(
      await codes(salesAdmin, UPDATE_EMPLOYEE, { employeeId: made.id, expectedVersion: 1, mainDepartmentId: department.Support }),
    ).toEqual(['FORBIDDEN']);
    const { employee } = await edits(salesAdmin, { departmentIds: [department.Sales] });
    expect([namesOf(employee.departments), employee.mainDepartment]).toEqual([['Sales'], { name: 'Sales' }]);
  });
  it('and they are told so', async () => {
    const can = async (seat: TestSeat, { id }: { readonly id: string } = made) =>
      (await seat.query('query ($id: ID!) { employee(id: $id) { viewerCan { edit } } }', { id })).employee.viewerCan.edit;
    expect(await Promise.all([own.admin, salesAdmin, own.supervisor].map((seat) => can(seat)))).toEqual([true, false, false]);
    expect(await can(salesAdmin, await within())).toBe(true);
  });
  it.each([() => 'never issued', () => own.customer.id])('nobody what is no employee', async (id) => {
    expect((await outcome(own.admin, UPDATE_EMPLOYEE, { employeeId: id(), expectedVersion: 1, name: 'X' })).__typename).toBe('NotFound');
  });
  it('nobody one who has left', async () => {
    const gone = await leaver(server, own);
    expect((await outcome(own.admin, UPDATE_EMPLOYEE, { employeeId: gone, expectedVersion: 1, name: 'X' })).__typename).toBe(
      'ValidationFailed',
    );
  });
});
