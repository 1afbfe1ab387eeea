import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { decodeAnyId } from '../../src/platform/schema/global-id.ts';
import type { TestOrganization } from '../../src/testing/test-organization.ts';
import type { TestSeat } from '../../src/testing/test-seat.ts';
import { startTestServer, type TestServer } from '../../src/testing/test-server.ts';
import { READ, rowsOf, TAG, UPDATE } from '../domains/contacts/contact.fixture.ts';
import { ADD_EMPLOYEE, departmentIds, MOVE_DEPARTMENT, SET_SUPERVISORS } from '../domains/directory/directory.fixture.ts';
import { Crossing } from '../support/crossing.ts';
import { bare, says } from '../support/says.ts';

// What a seat began with a right, and what waited while the right went, is not done any more (promise 2).

const [GRANT, REVOKE, OFFBOARD] = ['grantAdminRight', 'revokeAdminRight', 'offboardEmployee'].map(bare) as [string, string, string];
let server: TestServer;
let own: TestOrganization;
let crossing: Crossing;
let id: Readonly<Record<string, string>>;
beforeAll(async () => {
  server = await startTestServer({ patience: 120_000 });
  crossing = await Crossing.open(server);
});
beforeEach(async () => {
  own = await server.organization();
  id = await departmentIds(own);
  expect(await says(own.admin, GRANT, { employeeId: own.scopedAdmin.id, right: 'DIRECTORY' })).toBe('GrantAdminRightSuccess');
  await expect.poll(() => says(own.scopedAdmin, SET_SUPERVISORS, { departmentId: id.Support, employeeIds: [] })).toMatch(/Success$/);
});
afterAll(async () => {
  await crossing?.close();
  await server?.stop();
});
const revokes = (right: string) => () => says(own.admin, REVOKE, { employeeId: own.scopedAdmin.id, right });
const leaves = () => says(own.admin, OFFBOARD, { employeeId: own.scopedAdmin.id });

// rights that are granted are looked up behind the turn by the act itself, which refuses in its own words
describe('an act that waits for the turn of the directory', () => {
  const acts: readonly (readonly [string, () => Promise<string>])[] = [
    ['grantAdminRight', () => says(own.scopedAdmin, GRANT, { employeeId: own.sharee.id, right: 'DIRECTORY' })],
    ['addEmployee', () => says(own.scopedAdmin, ADD_EMPLOYEE, { name: 'He Jing', phone: '+8613911110009', departmentIds: [id.Support] })],
    ['moveDepartment', () => says(own.scopedAdmin, MOVE_DEPARTMENT, { departmentId: id.Support, parentId: id.Office })],
    ['setDepartmentSupervisors', () => says(own.scopedAdmin, SET_SUPERVISORS, { departmentId: id.Support, employeeIds: [own.sharee.id] })],
  ];
  it.each(acts)('%s is not done where the right was revoked meanwhile', async (name, act) => {
    expect(await crossing.meet(revokes('DIRECTORY'), act, 'a turn')).toEqual([
      'RevokeAdminRightSuccess',
      name === 'grantAdminRight' ? 'RightNotYours' : 'FORBIDDEN',
    ]);
  });
  it.each(acts)('%s is not done where the seat is gone meanwhile', async (name, act) => {
    expect(await crossing.meet(leaves, act, 'a turn')).toEqual([
      'OffboardEmployeeSuccess',
      name === 'grantAdminRight' ? 'RightNotYours' : 'UNAUTHENTICATED',
    ]);
  });
  it.each(acts)('%s is done where another right was revoked', async (_, act) => {
    const [first, second] = await crossing.meet(revokes('FORMS'), act, 'a turn');
    expect([first, second.endsWith('Success')]).toEqual(['RevokeAdminRightSuccess', true]);
  });
});

describe('an act that waits for a contact', () => {
  /** What becomes of an act that waits for the customer's row, while something else is done. */
  async function behind(act: () => Promise<string>, meanwhile: () => Promise<string>): Promise<string> {
    await crossing.hold('select from contacts where id = $1 for update', [decodeAnyId(own.customer.id)]);
    const done = act();
    try {
      await crossing.until('a row');
      await meanwhile();
    } finally {
      await crossing.letGo();
    }
    return done;
  }
  const versionNow = async (): Promise<number> => (await own.admin.query(READ, { id: own.customer.id })).contact.version;
  const edits = (seat: TestSeat) => async () => says(seat, UPDATE, { contactId: own.customer.id, expectedVersion: 1, remark: 'Seen.' });

  it('is not done where the right was revoked meanwhile', async () => {
    const before = await versionNow();
    expect(await behind(edits(own.scopedAdmin), revokes('CONTACTS'))).toBe('FORBIDDEN');
    expect(await versionNow()).toBe(before);
  });
  it('is done, once, where only rights of others changed', async () => {
    const before = await versionNow();
    const others = () => says(own.admin, GRANT, { employeeId: own.colleague.id, right: 'WINDOW' });
    expect(await behind(edits(own.scopedAdmin), others)).toBe('UpdateContactSuccess');
    expect(await versionNow()).toBe(before + 1);
  });
  it('is not done where what it hung on has gone meanwhile, though the seat is toward others what it was', async () => {
    const [sales, support, supervisor] = [id.Sales!, id.Support!, own.supervisor.id].map(decodeAnyId) as [string, string, string];
    await rowsOf(
      server,
      own,
      `insert into department_members (organization_id, department_id, employee_id, is_main, is_supervisor, joined_at) values ($1, $2, $3, false, true, now())`,
      [own.id, support, supervisor],
    );
    const tags = (at: number) => () => says(own.supervisor, TAG, { contactId: own.customer.id, tagId: own.tagIds[at] });
    expect(await behind(tags(1), async () => 'done')).toBe('TagContactSuccess');
    const taken = async () => {
      const text = 'update department_members set is_supervisor = false where department_id = $1 and employee_id = $2';
      await rowsOf(server, own, text, [sales, supervisor]);
      return 'done';
    };
    expect(await behind(tags(2), taken)).toMatch(/^(NotFound|FORBIDDEN)$/);
  });
});
