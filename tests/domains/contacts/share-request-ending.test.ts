import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { decodeGlobalId } from '../../../src/platform/schema/global-id.ts';
import type { TestOrganization } from '../../../src/testing/test-organization.ts';
import type { TestSeat } from '../../../src/testing/test-seat.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { Crossing } from '../../support/crossing.ts';
import { says } from '../../support/says.ts';
import { departmentIds, GRANT, MOVE_DEPARTMENT, SET_SUPERVISORS, UPDATE_EMPLOYEE } from '../directory/directory.fixture.ts';
import { OFFBOARD } from '../transfers/transfer.fixture.ts';
import { ADD, added, DELETE, outcome, READ, RESTORE, rowsOf, SHARE, TRANSFER } from './contact.fixture.ts';
import { DECIDE, REQUEST, REQUESTS } from './share-request.fixture.ts';

let server: TestServer;
let own: TestOrganization;
let crossing: Crossing;
beforeAll(async () => {
  server = await startTestServer({ patience: 120_000 });
  crossing = await Crossing.open(server);
});
beforeEach(async () => {
  own = await server.organization();
});
afterAll(async () => {
  await crossing.close();
  await server.stop();
});

/** The colleague's token of a refusal that a phone is known. */
const tokenFor = async (phone: string): Promise<string> =>
  (await outcome(own.colleague, ADD, { name: 'Zhu Ming', phone, tagIds: [own.tagIds[0]] })).requestToken;
async function known(): Promise<{ id: string; token: string }> {
  const { id, phone } = await added(own.owner, own);
  return { id, token: await tokenFor(phone) };
}
/** A contact of the owner that the colleague has asked for. */
const requested = async (): Promise<{ contactId: string; requestId: string }> => {
  const { id: contactId, token } = await known();
  return { contactId, requestId: (await own.colleague.does(REQUEST, { input: { requestToken: token } })).request.id };
};
const stateSeenBy = async (seat: TestSeat): Promise<string> => (await seat.query(REQUESTS)).contactShareRequests.nodes[0].state;
const decided = (seat: TestSeat, requestId: string, grant = true) => outcome(seat, DECIDE, { requestId, grant });
const share = async (contactId: string, department: string) =>
  own.owner.does(SHARE, { input: { contactId, departmentId: (await departmentIds(own))[department] } });
const move = async (department: string, who = own.colleague) => {
  const { version } = (await own.admin.query('query ($id: ID!) { employee(id: $id) { version } }', { id: who.id })).employee;
  const departments = [(await departmentIds(own))[department]];
  return own.admin.does(UPDATE_EMPLOYEE, { input: { employeeId: who.id, expectedVersion: version, departmentIds: departments } });
};
const supervise = async (department: string, ...people: TestSeat[]) =>
  own.admin.does(SET_SUPERVISORS, {
    input: { departmentId: (await departmentIds(own))[department], employeeIds: people.map(({ id }) => id) },
  });
const moveDepartment = async (department: string, below: string) => {
  const ids = await departmentIds(own);
  return own.admin.does(MOVE_DEPARTMENT, { input: { departmentId: ids[department], parentId: ids[below] } });
};

describe('a request about which nothing is to be decided any more (spec 3.4)', () => {
  it('says that its contact was deleted, and is asked again once it is back', async () => {
    const { contactId, requestId } = await requested();
    await own.admin.does(DELETE, { input: { contactIds: [contactId] } });
    expect(await stateSeenBy(own.colleague)).toBe('CONTACT_DELETED');
    await own.admin.does(RESTORE, { input: { contactIds: [contactId] } });
    expect(await decided(own.owner, requestId)).toMatchObject({ __typename: 'ShareRequestDecided', request: { state: 'CONTACT_DELETED' } });
    const { phone } = (await own.owner.query(READ, { id: contactId })).contact;
    await own.colleague.does(REQUEST, { input: { requestToken: await tokenFor(phone) } });
    expect((await own.owner.query(REQUESTS, { where: { state: { equals: 'PENDING' } } })).contactShareRequests.totalCount).toBe(1);
  });
  it.each<[string, (contactId: string) => Promise<unknown>]>([
    ['was given the contact', (id) => own.admin.does(TRANSFER, { input: { contactIds: [id], ownerId: own.colleague.id } })],
    ['sits in a department with which it is shared', (id) => share(id, 'Warehouse')],
    [
      'moves to such a department',
      async (id) => {
        await share(id, 'Support');
        await move('Support');
      },
    ],
    [
      'comes to supervise those who own it',
      async () => {
        await move('Sales');
        await supervise('Sales', own.supervisor, own.colleague);
      },
    ],
    [
      'supervises a department to which its owner comes',
      async () => {
        await supervise('Warehouse', own.colleague);
        await move('Warehouse', own.owner);
      },
    ],
    [
      'supervises a department below which its owner’s is moved',
      async () => {
        await supervise('Warehouse', own.colleague);
        await moveDepartment('Sales East', 'Warehouse');
      },
    ],
    ['is given a right that covers it', () => own.admin.does(GRANT, { input: { employeeId: own.colleague.id, right: 'CONTACTS' } })],
  ])('says so where the asker %s', async (_, act) => {
    const { contactId, requestId } = await requested();
    await act(contactId);
    expect(await stateSeenBy(own.colleague)).toBe('NOT_NEEDED');
    for (const grant of [true, false])
      expect(await decided(own.admin, requestId, grant)).toMatchObject({
        __typename: 'ShareRequestDecided',
        request: { state: 'NOT_NEEDED' },
      });
  });
  it.each<[string, (contactId: string) => Promise<unknown>]>([
    ['the contact is shared with another department', (id) => share(id, 'Support')],
    ['the contact is given to somebody else', (id) => own.admin.does(TRANSFER, { input: { contactIds: [id], ownerId: own.sharee.id } })],
    ['another contact is deleted', () => own.admin.does(DELETE, { input: { contactIds: [own.rival.id] } })],
    ['the asker moves elsewhere', () => move('Support')],
    ['the asker supervises others', () => supervise('Warehouse', own.colleague)],
    ['another department is moved below theirs', () => moveDepartment('Support', 'Warehouse')],
    ['the asker is given another right', () => own.admin.does(GRANT, { input: { employeeId: own.colleague.id, right: 'FORMS' } })],
    ['somebody else leaves', () => own.admin.does(OFFBOARD, { input: { employeeId: own.sharee.id } })],
  ])('is not one where %s', async (_, act) => {
    const { contactId, requestId } = await requested();
    await act(contactId);
    expect(await stateSeenBy(own.colleague)).toBe('PENDING');
    expect(await decided(own.admin, requestId)).toMatchObject({ __typename: 'DecideContactShareRequestSuccess' });
  });
  it('says that the asker has left, and the report of the leaving counts it', async () => {
    const { requestId } = await requested();
    const { report } = await own.admin.does(OFFBOARD, { input: { employeeId: own.colleague.id } });
    expect(report.kinds).toContainEqual({ kind: 'SHARE_REQUEST', count: 1 });
    expect(await stateSeenBy(own.owner)).toBe('ASKER_LEFT');
    expect(await decided(own.owner, requestId)).toMatchObject({ __typename: 'ShareRequestDecided', request: { state: 'ASKER_LEFT' } });
  });
});

describe('a request that meets what makes an end of it', () => {
  const asks = (token: string) => () => says(own.colleague, REQUEST, { requestToken: token });
  const open = () => rowsOf(server, own, "select id from contact_share_requests where state = 'PENDING'");

  it('leaves none open behind where its contact is deleted', async () => {
    const [one, two] = [await known(), await known()];
    const deletes = (id: string) => () => says(own.admin, DELETE, { contactIds: [id] });
    expect(await crossing.meet(asks(one.token), deletes(one.id), 'a row')).toEqual([
      'RequestContactShareSuccess',
      'DeleteContactsItemSuccess',
    ]);
    expect(await crossing.meet(deletes(two.id), asks(two.token), 'a row')).toEqual(['DeleteContactsItemSuccess', 'NotFound']);
    expect(await open()).toEqual([]);
  });
  it('leaves none open behind where the contact becomes the asker’s', async () => {
    const [one, two] = [await known(), await known()];
    const gives = (id: string) => () => says(own.admin, TRANSFER, { contactIds: [id], ownerId: own.colleague.id });
    const given = 'TransferContactsItemSuccess';
    expect(await crossing.meet(asks(one.token), gives(one.id), 'a row')).toEqual(['RequestContactShareSuccess', given]);
    expect(await crossing.meet(gives(two.id), asks(two.token), 'a row')).toEqual([given, 'ValidationFailed']);
    expect(await open()).toEqual([]);
  });
  it.each(['asks', 'leaves'])('leaves none open behind where the asker %s first', async (first) => {
    const { token } = await known();
    const leaves = () => says(own.admin, OFFBOARD, { employeeId: own.colleague.id });
    const left = 'OffboardEmployeeSuccess';
    if (first === 'asks') expect(await crossing.meet(asks(token), leaves, 'a row')).toEqual(['RequestContactShareSuccess', left]);
    else expect((await crossing.meet(leaves, asks(token), 'a row'))[0]).toBe(left);
    expect(await open()).toEqual([]);
  });
  it('that was refused stays refused, though the asker comes to the contact at the same moment', async () => {
    const { contactId, requestId } = await requested();
    await share(contactId, 'Support');
    const departments = [(await departmentIds(own)).Support];
    const moves = () => says(own.admin, UPDATE_EMPLOYEE, { employeeId: own.colleague.id, expectedVersion: 1, departmentIds: departments });
    const refused = `update contact_share_requests set state = 'REFUSED' where id = $1`;
    expect(await crossing.meetByHand(refused, [decodeGlobalId('ContactShareRequest', requestId)], moves)).toBe('UpdateEmployeeSuccess');
    expect(await rowsOf(server, own, 'select state from contact_share_requests')).toEqual([{ state: 'REFUSED' }]);
  });
  it('is decided or ended, and never both', async () => {
    const [one, two] = [await requested(), await requested()];
    const refuses = (requestId: string) => () => says(own.owner, DECIDE, { requestId, grant: false });
    const leaves = () => says(own.admin, OFFBOARD, { employeeId: own.colleague.id });
    expect(await crossing.meet(refuses(one.requestId), leaves, 'a row')).toEqual([
      'DecideContactShareRequestSuccess',
      'OffboardEmployeeSuccess',
    ]);
    expect(await decided(own.owner, two.requestId)).toMatchObject({ request: { state: 'ASKER_LEFT' } });
    expect(await rowsOf(server, own, 'select state from contact_share_requests order by id')).toEqual([
      { state: 'REFUSED' },
      { state: 'ASKER_LEFT' },
    ]);
  });
});
