import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { decodeAnyId } from '../../../src/platform/schema/global-id.ts';
import type { TestOrganization } from '../../../src/testing/test-organization.ts';
import type { TestSeat } from '../../../src/testing/test-seat.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { Crossing } from '../../support/crossing.ts';
import { says } from '../../support/says.ts';
import { ADD, added, CHANGE_PHONE, DELETE, RESTORE, rowsOf } from '../contacts/contact.fixture.ts';
import {
  ADD_DEPARTMENT,
  ADD_EMPLOYEE,
  again,
  departmentIds,
  giveRight,
  hired,
  REMOVE_DEPARTMENT,
  UPDATE_EMPLOYEE,
} from '../directory/directory.fixture.ts';
import { OFFBOARD, outcome, ownerOf, UNDO } from './transfer.fixture.ts';

// Whoever comes back to their seat meets who has their phone or their number by now (spec 3.3, 3.15).

let server: TestServer;
let own: TestOrganization;
let crossing: Crossing;
let transferId: string;
beforeAll(async () => {
  server = await startTestServer({ patience: 120_000 });
  crossing = await Crossing.open(server);
});
beforeEach(async () => {
  own = await server.organization();
  transferId = (await outcome(own.admin, OFFBOARD, { employeeId: own.owner.id })).transfer.id;
});
afterAll(async () => {
  await crossing.close();
  await server.stop();
});

const UNDO_HERE = UNDO.replace(
  '... on TransferNotUndoable',
  `... on PhoneBelongsToContact { choices existingContact { id } }
  ... on EmployeePhoneTaken { existingEmployee { id } } ... on TransferNotUndoable`,
);
const undoes = (given: object = {}, seat: TestSeat = own.admin) => outcome(seat, UNDO_HERE, { transferId, ...given });
const phone = () => own.plan.employees.find(({ key }) => key === 'owner')!.phone;
const newContact = () => ({ name: 'Zhu Ming', phone: phone(), tagIds: [own.tagIds[0]] });
const taken = async () => (await own.admin.does(ADD, { input: newContact() })).contact.id as string;
/** Whether the leaver is away, with nothing of the transfer given back. */
const isAway = async () => {
  const { employee } = await own.admin.query('query ($id: ID!) { employee(id: $id) { leftAt } }', { id: own.owner.id });
  const [kept] = await rowsOf<{ states: string[] }>(server, own, 'select array_agg(distinct state) as states from transfer_items');
  return employee.leftAt !== null && (await ownerOf(own, own.customer.id)) === own.supervisor.id && kept!.states.join() === 'MOVED';
};

describe('coming back to a phone that is a contact’s by now (spec 3.3)', () => {
  it('says so, with what may become of the contact, and keeps everything', async () => {
    const contactId = await taken();
    expect(await undoes()).toMatchObject({
      __typename: 'PhoneBelongsToContact',
      path: ['input', 'transferId'],
      choices: ['CONVERT', 'KEEP'],
      existingContact: { id: contactId },
    });
    expect(await isAway()).toBe(true);
    expect((await undoes({ onContact: 'KEEP' })).__typename).toBe('UndoTransferSuccess'); // it is not used up
  });
  it('keeps both: the person has two seats', async () => {
    const contactId = await taken();
    expect(await undoes({ onContact: 'KEEP' })).toMatchObject({ __typename: 'UndoTransferSuccess', returned: 1 });
    expect((await own.admin.query('query ($id: ID!) { contact(id: $id) { phone } }', { id: contactId })).contact.phone).toBe(phone());
    const { employee } = await own.admin.query('query ($id: ID!) { employee(id: $id) { phone leftAt } }', { id: own.owner.id });
    expect(employee).toEqual({ phone: phone(), leftAt: null });
  });
  it('converts: the contact goes into the bin', async () => {
    const contactId = await taken();
    expect((await undoes({ onContact: 'CONVERT' })).__typename).toBe('UndoTransferSuccess');
    expect((await own.admin.query('{ contacts(list: BIN) { nodes { id } } }')).contacts.nodes).toEqual([{ id: contactId }]);
    expect((await server.seat(phone(), own.id)).id).toBe(own.owner.id);
    expect(await says(own.admin, RESTORE, { contactIds: [contactId] })).toBe('PhoneBelongsToEmployee');
  });
  it('does not delete what is not one’s to delete', async () => {
    await taken();
    await giveRight(server, own, 'colleague', 'DIRECTORY', null);
    const seat = await again(server, own, 'colleague');
    for (const given of [{}, { onContact: 'CONVERT' }])
      expect(await undoes(given, seat)).toMatchObject({ __typename: 'PhoneBelongsToContact', choices: ['KEEP'], existingContact: null });
    expect(await isAway()).toBe(true);
  });
  it('asks nothing of one in the bin', async () => {
    await own.admin.ask(DELETE, { input: { contactIds: [await taken()] } });
    expect((await undoes()).__typename).toBe('UndoTransferSuccess');
  });
});

describe('coming back to what another employee has by now', () => {
  it('names who has the phone', async () => {
    const { id } = await hired(own.admin, { phone: phone() });
    expect(await undoes()).toMatchObject({ __typename: 'EmployeePhoneTaken', existingEmployee: { id }, path: ['input', 'transferId'] });
    expect(await isAway()).toBe(true);
  });
  it('says that the staff number is taken', async () => {
    await rowsOf(server, own, `update employees set staff_number = 'C-7' where name = 'The owner'`);
    await hired(own.admin, { staffNumber: 'C-7' });
    expect(await undoes()).toMatchObject({
      __typename: 'ValidationFailed',
      issues: [{ path: ['input', 'transferId'], code: 'STAFF_NUMBER_TAKEN' }],
    });
    expect(await isAway()).toBe(true);
  });
});

describe('coming back where the main department is gone (spec 3.15)', () => {
  it('makes the one joined first of the others the main one, by whose supervisors the next leaving is settled', async () => {
    const id = await departmentIds(own);
    const person = await hired(own.admin, { departmentIds: [id.Office, id['Sales East'], id.Support], name: 'Zhu Ming' });
    const adds = { name: 'For now', parentId: null };
    const { department } = await own.admin.does(ADD_DEPARTMENT, { input: adds });
    await own.admin.does(UPDATE_EMPLOYEE, {
      input: { employeeId: person.id, expectedVersion: person.version, departmentIds: [department.id, id['Sales East'], id.Support] },
    });
    await own.admin.does(UPDATE_EMPLOYEE, {
      input: { employeeId: person.id, expectedVersion: person.version + 1, mainDepartmentId: department.id },
    });
    const left = async () => (await outcome(own.admin, OFFBOARD, { employeeId: person.id })).transfer.id as string;
    transferId = await left();
    expect((await outcome(own.admin, REMOVE_DEPARTMENT, { departmentId: department.id })).__typename).toBe('RemoveDepartmentSuccess');
    expect(await undoes()).toMatchObject({ __typename: 'UndoTransferSuccess' });
    const { employee } = await own.admin.query('query ($id: ID!) { employee(id: $id) { mainDepartment { name } departments { name } } }', {
      id: person.id,
    });
    expect(employee.departments).toHaveLength(2);
    const [first] = await rowsOf<{ name: string }>(
      server,
      own,
      `select name from departments join department_members on department_id = id where employee_id = $1 order by joined_at, department_id limit 1`,
      [decodeAnyId(person.id)],
    );
    expect(employee.mainDepartment).toEqual(first);
  });
});

describe('coming back while somebody takes the phone (docs/decisions/locks-in-one-order.md)', () => {
  const undoing = () => says(own.admin, UNDO, { transferId });
  const adding = () => says(own.supervisor, ADD, newContact());
  const hiring = () => says(own.admin, ADD_EMPLOYEE, { name: 'Zhu Ming', phone: phone() });

  // whoever comes back looks once more when all is written, so of two at once the contact stays
  it('is refused where a contact comes first', async () => {
    expect(await crossing.meet(adding, undoing, 'the test')).toEqual(['AddContactSuccess', 'PhoneBelongsToContact']);
    expect(await isAway()).toBe(true);
  });
  it('is refused where a contact comes between', async () => {
    expect(await crossing.meet(undoing, adding, 'the test')).toEqual(['PhoneBelongsToContact', 'AddContactSuccess']);
    expect(await isAway()).toBe(true);
  });
  it('is refused where a contact is moved to the phone', async () => {
    const { id: contactId } = await added(own.supervisor, own);
    const moving = () => says(own.supervisor, CHANGE_PHONE, { contactId, phone: phone() });
    expect(await crossing.meet(moving, undoing, 'the test')).toEqual(['ChangeContactPhoneSuccess', 'PhoneBelongsToContact']);
    expect(await isAway()).toBe(true);
  });
  it('comes wholly before or after the hiring of another', async () => {
    expect(await crossing.meet(hiring, undoing, 'a turn')).toEqual(['AddEmployeeSuccess', 'EmployeePhoneTaken']);
    expect(await isAway()).toBe(true);
  });
  it('is first, and another is not hired with the phone', async () => {
    expect(await crossing.meet(undoing, hiring, 'a turn')).toEqual(['UndoTransferSuccess', 'EmployeePhoneTaken']);
  });
});
