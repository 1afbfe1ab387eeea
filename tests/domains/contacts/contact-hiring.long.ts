import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { decodeGlobalId } from '../../../src/platform/schema/global-id.ts';
import { newPhone, type TestOrganization } from '../../../src/testing/test-organization.ts';
import type { TestSeat } from '../../../src/testing/test-seat.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { Crossing } from '../../support/crossing.ts';
import { says } from '../../support/says.ts';
import {
  ADD_EMPLOYEE,
  again,
  departmentIds as departmentIdsOf,
  giveRight,
  hired,
  UPDATE_EMPLOYEE,
} from '../directory/directory.fixture.ts';
import { csv, outcome as importOutcome, started } from '../directory/employee-import.fixture.ts';
import { OFFBOARD } from '../transfers/transfer.fixture.ts';
import { ADD, added, CHANGE_PHONE, codes, DELETE, outcome, RESTORE, rowsOf } from './contact.fixture.ts';

let server: TestServer;
let own: TestOrganization;
let crossing: Crossing;
let made: { readonly id: string; readonly phone: string };
beforeAll(async () => {
  server = await startTestServer({ patience: 120_000 });
  crossing = await Crossing.open(server);
});
beforeEach(async () => {
  own = await server.organization();
  made = await added(own.owner, own);
});
afterAll(async () => {
  await crossing.close();
  await server.stop();
});

const HIRE = ADD_EMPLOYEE.replace(
  '... on EmployeePhoneTaken',
  '... on PhoneBelongsToContact { choices existingContact { id } } ... on EmployeePhoneTaken',
);
const hires = (seat: TestSeat, given: object = {}) => outcome(seat, HIRE, { name: 'Zhu Ming', phone: made.phone, ...given });
const seatsOf = async () =>
  (
    await rowsOf<{ kind: string }>(
      server,
      own,
      `select 'EMPLOYEE' as kind from employees where phone = $1 and left_at is null union all select 'CONTACT' from contacts where phone = $1 and deleted_at is null`,
      [made.phone],
    )
  ).map(({ kind }) => kind);

describe('hiring a contact (spec 3.3)', () => {
  it('says that the phone is a contact’s, and what may become of it', async () => {
    expect(await hires(own.admin)).toMatchObject({
      __typename: 'PhoneBelongsToContact',
      path: ['input', 'phone'],
      choices: ['CONVERT', 'KEEP'],
      existingContact: { id: made.id },
    });
    expect(await seatsOf()).toEqual(['CONTACT']);
  });
  it('keeps both: the person has two seats', async () => {
    const { employee } = await hires(own.admin, { onContact: 'KEEP' });
    expect(await seatsOf()).toEqual(['EMPLOYEE', 'CONTACT']);
    const seat = await server.seat(made.phone, own.id);
    expect([employee.id, made.id]).toContain(seat.id);
    await own.admin.does(DELETE, { input: { contactIds: [made.id] } });
    expect(await says(own.admin, RESTORE, { contactIds: [made.id] })).toBe('RestoreContactsItemSuccess'); // it was decided that both have it
    expect(await seatsOf()).toEqual(['EMPLOYEE', 'CONTACT']);
  });
  it('keeps both, and not beside yet another who is employed with the number while the contact is in the bin', async () => {
    const { employee } = await hires(own.admin, { onContact: 'KEEP' });
    await own.admin.does(DELETE, { input: { contactIds: [made.id] } });
    await own.admin.does(OFFBOARD, { input: { employeeId: employee.id } });
    await hires(own.admin, { name: 'Another' });
    expect(await says(own.admin, RESTORE, { contactIds: [made.id] })).toBe('PhoneBelongsToEmployee');
  });
  it('converts: the contact goes into the bin, and the seat is the employee’s', async () => {
    const { employee } = await hires(own.admin, { onContact: 'CONVERT' });
    expect(await seatsOf()).toEqual(['EMPLOYEE']);
    expect((await server.seat(made.phone, own.id)).id).toBe(employee.id);
    const { contacts } = await own.admin.query('{ contacts(list: BIN) { nodes { id } } }');
    expect(contacts.nodes).toEqual([{ id: made.id }]);
    expect(await says(own.admin, RESTORE, { contactIds: [made.id] })).toBe('PhoneBelongsToEmployee');
  });
  it('needs no choice where nobody has the phone, or one in the bin', async () => {
    expect((await hires(own.admin, { phone: newPhone(), onContact: 'CONVERT' })).__typename).toBe('AddEmployeeSuccess');
    await rowsOf(server, own, 'update contacts set deleted_at = now() where phone = $1', [made.phone]);
    expect((await hires(own.admin)).__typename).toBe('AddEmployeeSuccess');
  });
  it('does not delete what is not one’s to delete, and names no contact to those who do not find it', async () => {
    await giveRight(server, own, 'colleague', 'DIRECTORY', null);
    const seat = await again(server, own, 'colleague');
    for (const given of [{}, { onContact: 'CONVERT' }])
      expect(await hires(seat, given)).toMatchObject({ __typename: 'PhoneBelongsToContact', choices: ['KEEP'], existingContact: null });
    expect((await hires(seat, { onContact: 'KEEP' })).__typename).toBe('AddEmployeeSuccess');
  });
});

describe('answers that a phone is known, to those who employ people (spec 3.4)', () => {
  const used = (seat: TestSeat, count: number) =>
    rowsOf(
      server,
      own,
      `insert into phone_answers (organization_id, id, seat_id, at) select $1, gen_random_uuid(), $2, now() from generate_series(1, $3::int)`,
      [own.id, decodeGlobalId('Employee', seat.id), count],
    );
  const counted = async (seat: TestSeat) =>
    (await rowsOf(server, own, 'select 1 from phone_answers where seat_id = $1', [decodeGlobalId('Employee', seat.id)])).length;
  const staffAdmin = async (department: string | null) => {
    await giveRight(server, own, 'colleague', 'DIRECTORY', department);
    return again(server, own, 'colleague');
  };
  const staffPhone = () => own.plan.employees.find(({ key }) => key === 'owner')!.phone;

  it('are twenty a day; then all phones are answered alike', async () => {
    const seat = await staffAdmin(null);
    await used(seat, 19);
    expect((await hires(seat)).__typename).toBe('PhoneBelongsToContact');
    const { id, version } = await hired(own.admin);
    for (const phone of [made.phone, newPhone()]) {
      expect(await codes(seat, HIRE, { name: 'Zhu Ming', phone })).toEqual(['RATE_LIMITED']);
      expect(await codes(seat, UPDATE_EMPLOYEE, { employeeId: id, expectedVersion: version ?? 1, phone })).toEqual(['RATE_LIMITED']);
    }
  });
  it('are of employees too, toward those who do not read their phones', async () => {
    const seat = await staffAdmin('Warehouse');
    const departmentIds = [(await departmentIdsOf(own)).Warehouse];
    await used(seat, 18);
    expect(await hires(seat, { phone: staffPhone(), departmentIds })).toMatchObject({
      __typename: 'EmployeePhoneTaken',
      existingEmployee: null,
    });
    await hired(own.admin, { staffNumber: 'TAKEN' });
    const silent = { phone: staffPhone(), departmentIds, staffNumber: 'TAKEN' };
    expect((await hires(seat, silent)).__typename).toBe('EmployeePhoneTaken');
    expect(await counted(seat)).toBe(20);
    for (const phone of [staffPhone(), newPhone()])
      expect(await codes(seat, HIRE, { name: 'Zhu Ming', ...silent, phone })).toEqual(['RATE_LIMITED']);
  });
  it('are not counted for those who read every contact and employee', async () => {
    await used(own.admin, 20);
    expect((await hires(own.admin)).__typename).toBe('PhoneBelongsToContact');
    expect((await hires(own.admin, { phone: staffPhone() })).__typename).toBe('EmployeePhoneTaken');
    expect((await hires(own.admin, { phone: newPhone() })).__typename).toBe('AddEmployeeSuccess');
    expect(await counted(own.admin)).toBe(20);
  });
  it('are those of a table of the staff as well: it fails as a whole where they do not suffice', async () => {
    const seat = await staffAdmin(null);
    const table = (...phones: string[]) => csv('Staff number,Name,Phone', ...phones.map((phone, i) => `T${i},Person ${i},${phone}`));
    const dryRun = async (by: TestSeat, ...phones: string[]) => importOutcome(server, by, await started(by, table(...phones), true));
    await used(seat, 19);
    const two = [made.phone, own.plan.contacts[0]!.phone];
    expect(await dryRun(seat, made.phone)).toMatchObject({ state: 'SUCCEEDED', errors: [{ code: 'PHONE_OF_CONTACT' }] });
    expect(await counted(seat)).toBe(20);
    for (const phones of [two, [newPhone()]])
      expect(await dryRun(seat, ...phones)).toMatchObject({
        state: 'FAILED',
        errors: [{ row: null, code: 'ASKED_TOO_OFTEN' }],
        result: null,
      });
    await rowsOf(server, own, 'delete from phone_answers where seat_id = $1 and true', [decodeGlobalId('Employee', seat.id)]);
    await used(seat, 19);
    expect(await dryRun(seat, ...two)).toMatchObject({ state: 'FAILED', errors: [{ code: 'ASKED_TOO_OFTEN' }] });
    expect(await counted(seat)).toBe(20); // whoever asks for more than is left has had it
    expect(await dryRun(own.admin, ...two)).toMatchObject({ state: 'SUCCEEDED', result: { rejected: 2 } });
    expect(await counted(own.admin)).toBe(0);
  });
});

describe('a phone that becomes an employee’s and a contact’s at once (spec 3.3)', () => {
  const phone = newPhone();
  const hiring = () => says(own.admin, HIRE, { name: 'Zhu Ming', phone });
  const adding = () => says(own.owner, ADD, { name: 'Zhu Ming', phone, tagIds: [own.tagIds[0]] });
  const moving = () => says(own.owner, CHANGE_PHONE, { contactId: made.id, phone });
  // whoever employs somebody looks once more when all is written, so of two at once the contact stays
  it('is one’s alone: the contact comes first', async () => {
    expect(await crossing.meet(adding, hiring, 'the test')).toEqual(['AddContactSuccess', 'PhoneBelongsToContact']);
  });
  it('is one’s alone: the employee comes first', async () => {
    expect(await crossing.meet(hiring, adding, 'the test')).toEqual(['PhoneBelongsToContact', 'AddContactSuccess']);
  });
  it('is one’s alone: a contact is moved to it', async () => {
    expect(await crossing.meet(moving, hiring, 'the test')).toEqual(['ChangeContactPhoneSuccess', 'PhoneBelongsToContact']);
  });
  it('is one’s alone: an employee’s phone is mended to it', async () => {
    const { id } = await hired(own.admin);
    const mending = () => says(own.admin, UPDATE_EMPLOYEE, { employeeId: id, expectedVersion: 1, phone });
    expect(await crossing.meet(adding, mending, 'the test')).toEqual(['AddContactSuccess', 'PhoneBelongsToContact']);
  });
  it('is one’s alone: the employee comes by a table', async () => {
    const file = csv('Staff number,Name,Phone', `77,Zhu Ming,${phone}`);
    await crossing.hold('lock table employees in share row exclusive mode');
    const jobId = await started(own.admin, file);
    await crossing.until('the test').finally(async () => {
      expect(await adding()).toBe('AddContactSuccess');
      await crossing.letGo();
    });
    expect(await importOutcome(server, own.admin, jobId)).toMatchObject({
      result: { applied: false, rejected: 1 },
      errors: [{ row: 2, path: ['phone'], code: 'PHONE_OF_CONTACT' }],
    });
  });
});
