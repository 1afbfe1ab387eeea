import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dateIn } from '../../../src/platform/language/moment-in.ts';
import { newPhone, type TestOrganization } from '../../../src/testing/test-organization.ts';
import type { TestSeat } from '../../../src/testing/test-seat.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { codes, leaver, outcome } from '../contacts/contact.fixture.ts';
import { ADD_EMPLOYEE, again, departmentIds, giveRight, hired, namesOf } from './directory.fixture.ts';

let server: TestServer;
let own: TestOrganization;
let other: TestOrganization;
let department: Readonly<Record<string, string>>;
/** DIRECTORY over Sales alone. */
let salesAdmin: TestSeat;

beforeAll(async () => {
  server = await startTestServer();
  own = await server.organization();
  other = await server.organization();
  department = await departmentIds(own);
  await giveRight(server, own, 'colleague', 'DIRECTORY', 'Sales');
  salesAdmin = await again(server, own, 'colleague');
});
afterAll(() => server.stop());

const adds = (seat: TestSeat, given: object) => outcome(seat, ADD_EMPLOYEE, { name: 'He Jing', phone: newPhone(), ...given });
const issueOf = ({ issues }: { issues: { path: string[]; code: string }[] }) => [issues[0]!.path.at(-1), issues[0]!.code];

describe('employing somebody (spec 10.1)', () => {
  it('keeps what is said of them', async () => {
    const phone = newPhone();
    const { employee } = await own.admin.does(ADD_EMPLOYEE, {
      input: {
        name: ' 何静 ',
        phone: phone.replace('+86', ''),
        nickname: 'Jing',
        nameVerified: true,
        staffNumber: 'A-1',
        position: 'Buyer',
        seniorSince: '2020-02-29',
        departmentIds: [department.Support, department['Sales East'], department.Support],
        mainDepartmentId: department['Sales East'],
      },
    });
    expect({ ...employee, departments: namesOf(employee.departments) }).toEqual({
      id: expect.any(String),
      version: 1,
      name: '何静',
      nickname: 'Jing',
      nameVerified: true,
      position: 'Buyer',
      phone,
      staffNumber: 'A-1',
      seniorSince: '2020-02-29',
      departments: ['Sales East', 'Support'],
      mainDepartment: { name: 'Sales East' },
    });
  });

  it('makes a seat that can sign in at once, and works', async () => {
    const { id, phone } = await hired(own.admin, { departmentIds: [department.Sales] });
    const seat = await server.seat(phone, own.id);
    const { viewer, contacts } = await seat.query('{ viewer { id name } contacts { totalCount } }');
    expect([viewer, contacts.totalCount]).toEqual([{ id, name: 'He Jing' }, 0]);
    const { employee } = await own.owner.query('query ($id: ID!) { employee(id: $id) { supervisors { name } mainDepartment { name } } }', {
      id,
    });
    expect(employee).toEqual({ supervisors: [{ name: 'The supervisor' }], mainDepartment: { name: 'Sales' } });
  });

  it('needs nothing but a name and a mobile; seniority begins today', async () => {
    const { employee } = await own.admin.does(ADD_EMPLOYEE, { input: { name: 'Bai', phone: newPhone() } });
    expect(employee).toMatchObject({ nameVerified: false, nickname: null, staffNumber: null, departments: [], mainDepartment: null });
    expect(employee.seniorSince).toBe(dateIn('Asia/Shanghai', new Date()));
  });

  it('once a key employs one', async () => {
    const input = { name: 'Once', phone: newPhone(), idempotencyKey: 'once' };
    const [one, two] = [await own.admin.does(ADD_EMPLOYEE, { input }), await own.admin.does(ADD_EMPLOYEE, { input })];
    expect(two.employee.id).toBe(one.employee.id);
  });

  it.each<[string, object, unknown[]]>([
    ['no phone', { phone: '12' }, ['phone', 'NOT_A_PHONE']],
    ['a fixed line', { phone: '0571-88880000' }, ['phone', 'NOT_A_MOBILE']],
    ['an extension', { phone: '13800000001 ext 12' }, ['phone', 'NOT_A_MOBILE']],
    ['no name', { name: ' ' }, ['name', 'TOO_SHORT']],
  ])('is refused with %s', async (_, given, issue) => {
    expect(issueOf(await adds(own.admin, given))).toEqual(issue);
  });
  it('is refused with a main department that is none of theirs', async () => {
    const given = { departmentIds: [department.Sales], mainDepartmentId: department.Office };
    expect(issueOf(await adds(own.admin, given))).toEqual(['mainDepartmentId', 'NOT_A_MEMBER']);
  });
  it.each([() => 'never issued', () => own.tagIds[0]])('does not find a department that is none', async (id) => {
    expect(await adds(own.admin, { departmentIds: [department.Sales, id()] })).toMatchObject({
      __typename: 'NotFound',
      path: ['input', 'departmentIds', '1'],
    });
  });
  it('does not find another organization’s department', async () => {
    const theirs = await departmentIds(other);
    expect((await adds(own.admin, { departmentIds: [theirs.Sales] })).__typename).toBe('NotFound');
  });
});

describe('a phone is one employee’s (spec 3.3)', () => {
  it('of those who are employed', async () => {
    const { id, phone } = await hired(own.admin);
    expect(await adds(own.admin, { phone })).toMatchObject({ __typename: 'EmployeePhoneTaken', existingEmployee: { id } });
    expect((await adds(other.admin, { phone })).__typename).toBe('AddEmployeeSuccess');
  });
  it('and whose it is, is told to those who may read it alone', async () => {
    const { phone } = await hired(own.admin);
    expect(await adds(salesAdmin, { phone, departmentIds: [department.Sales] })).toMatchObject({
      __typename: 'EmployeePhoneTaken',
      existingEmployee: null,
    });
  });
  it('but not that of one who has left', async () => {
    const phone = newPhone();
    await leaver(server, own, phone);
    expect((await adds(own.admin, { phone })).__typename).toBe('AddEmployeeSuccess');
  });
  it('also where two are employed at once', async () => {
    const phone = newPhone();
    const both = await Promise.all([adds(own.admin, { phone }), adds(own.admin, { phone })]);
    expect(both.map(({ __typename }) => __typename).sort()).toEqual(['AddEmployeeSuccess', 'EmployeePhoneTaken']);
  });
  it('and a staff number is one’s of those who are employed', async () => {
    await hired(own.admin, { staffNumber: 'B-1' });
    expect(issueOf(await adds(own.admin, { staffNumber: 'B-1' }))).toEqual(['staffNumber', 'TAKEN']);
    expect(issueOf(await adds(own.admin, { staffNumber: 'B-\u200b1\u2060' }))).toEqual(['staffNumber', 'TAKEN']); // it looks the same
    for (const same of ['b-1', 'Ｂ-１']) expect(issueOf(await adds(own.admin, { staffNumber: same }))).toEqual(['staffNumber', 'TAKEN']);
    expect(issueOf(await adds(own.admin, { name: '\u200b' }))).toEqual(['name', 'TOO_SHORT']);
    expect((await adds(other.admin, { staffNumber: 'B-1' })).__typename).toBe('AddEmployeeSuccess');
  });
});

describe('who employs (spec 2.3b)', () => {
  it.each(['formsAdmin', 'scopedAdmin', 'supervisor', 'owner', 'sharee'] as const)('not %s', async (name) => {
    expect(await codes(own[name], ADD_EMPLOYEE, { name: 'He Jing', phone: newPhone() })).toEqual(['FORBIDDEN']);
  });
  it.each(['Sales', 'Sales East'])('an admin of Sales: in %s', async (name) => {
    expect((await adds(salesAdmin, { departmentIds: [department[name]] })).__typename).toBe('AddEmployeeSuccess');
  });
  it.each([['Office'], ['Sales', 'Office']])('an admin of Sales not in Office: %s %s', async (...names) => {
    const input = { name: 'He Jing', phone: newPhone(), departmentIds: names.map((name) => department[name]) };
    expect(await codes(salesAdmin, ADD_EMPLOYEE, input)).toEqual(['FORBIDDEN']);
  });
  it('an admin of Sales, nobody without a department', async () => {
    expect(issueOf(await adds(salesAdmin, {}))).toEqual(['departmentIds', 'TOO_FEW']);
  });
});
