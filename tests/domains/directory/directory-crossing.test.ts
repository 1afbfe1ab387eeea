import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { TestOrganization } from '../../../src/testing/test-organization.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { Crossing } from '../../support/crossing.ts';
import { bare, says } from '../../support/says.ts';
import { rowsOf, SHARE } from '../contacts/contact.fixture.ts';
import { drafted, WISH } from '../form-designer/designer.fixture.ts';
import { CREATE, makeLink, UPDATE } from '../joining/joining.fixture.ts';
import { ADD_EMPLOYEE, departmentIds, MOVE_DEPARTMENT, REMOVE_DEPARTMENT, SET_SUPERVISORS, UPDATE_EMPLOYEE } from './directory.fixture.ts';

// Two changes of the staff at once, on real connections (docs/decisions/locks-in-one-order.md).

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
});
afterAll(async () => {
  await crossing.close();
  await server.stop();
});

const moves = (departmentId: string, parentId: string) => () => says(own.admin, MOVE_DEPARTMENT, { departmentId, parentId });

it('two departments that are moved below each other make no cycle', async () => {
  const both = await crossing.meet(moves(id.Support!, id.Warehouse!), moves(id.Warehouse!, id.Support!), 'a turn');
  expect(both).toEqual(['MoveDepartmentSuccess', 'DepartmentCycle']);
  const found = await rowsOf(
    server,
    own,
    `select 1 from department_closure one join department_closure other on other.ancestor_id = one.descendant_id and other.descendant_id = one.ancestor_id
     where one.depth > 0`,
  );
  expect(found).toEqual([]);
});

it('nothing is shared with a department that is removed meanwhile', async () => {
  await rowsOf(server, own, `delete from department_members where department_id = (select id from departments where name = 'Warehouse')`);
  const removes = () => says(own.admin, REMOVE_DEPARTMENT, { departmentId: id.Warehouse, endShares: true });
  const shares = () => says(own.owner, SHARE, { contactId: own.customer.id, departmentId: id.Warehouse });
  expect(await crossing.meet(shares, removes, 'a row')).toEqual(['ShareContactSuccess', 'DepartmentNotEmpty']);
  expect(await crossing.meet(removes, shares, 'a row')).toEqual(['RemoveDepartmentSuccess', 'NotFound']);
});

describe('a department that is removed meanwhile', () => {
  const removes = () => says(own.admin, REMOVE_DEPARTMENT, { departmentId: id.Warehouse });
  beforeEach(() =>
    rowsOf(server, own, `delete from department_members where department_id = (select id from departments where name = 'Warehouse')`),
  );

  it('is no link’s that is made or edited', async () => {
    const inTurn = { ownerRule: 'DEPARTMENT', departmentId: id.Warehouse };
    const makes = () => says(own.owner, CREATE, inTurn);
    expect(await crossing.meet(makes, removes, 'a row')).toEqual(['CreateWindowLinkSuccess', 'DepartmentNotEmpty']);
    await rowsOf(server, own, 'update window_links set revoked_at = now()');
    const link = await makeLink(own.owner);
    const edits = () => says(own.owner, UPDATE, { linkId: link.id, expectedVersion: link.version, ...inTurn });
    expect(await crossing.meet(removes, edits, 'a row')).toEqual(['RemoveDepartmentSuccess', 'NotFound']);
  });

  it('is not whose supervisors a template asks that is published', async () => {
    const approvers = [{ owner: true }, { supervisorsOfDepartmentId: id.Warehouse }];
    const [first, second] = [await drafted(own.formsAdmin, askedBy(approvers)), await drafted(own.formsAdmin, askedBy(approvers))];
    const publishes = (draft: typeof first) => () =>
      says(own.formsAdmin, bare('publishFormTemplate'), { templateId: draft.id, expectedVersion: draft.version });
    expect(await crossing.meet(publishes(first), removes, 'a row')).toEqual(['PublishFormTemplateSuccess', 'DepartmentNotEmpty']);
    await own.formsAdmin.does(bare('deleteFormTemplate'), { input: { templateId: first.id } });
    expect(await crossing.meet(removes, publishes(second), 'a row')).toEqual(['RemoveDepartmentSuccess', 'TemplateNotPublishable']);
  });
});
const askedBy = (approvers: object[]) => ({ fields: [WISH], flow: { steps: [{ name: 'Yes', mode: 'ANY', approvers }] } });

it('nobody comes into a department that is removed meanwhile', async () => {
  await rowsOf(server, own, `delete from department_members where department_id = (select id from departments where name = 'Warehouse')`);
  const removes = () => says(own.admin, REMOVE_DEPARTMENT, { departmentId: id.Warehouse });
  const adds = (phone: string) => () => says(own.admin, ADD_EMPLOYEE, { name: 'He Jing', phone, departmentIds: [id.Warehouse] });
  expect(await crossing.meet(adds('+8613911110001'), removes, 'a turn')).toEqual(['AddEmployeeSuccess', 'DepartmentNotEmpty']);
  const edits = () =>
    says(own.admin, UPDATE_EMPLOYEE, { employeeId: own.sharee.id, expectedVersion: 1, departmentIds: [id.Support, id['Sales East']] });
  expect(await crossing.meet(moves(id['Sales East']!, id.Office!), edits, 'a turn')).toEqual([
    'MoveDepartmentSuccess',
    'UpdateEmployeeSuccess',
  ]);
});

it('whoever leaves a department meanwhile does not come to supervise it', async () => {
  const leaves = () => says(own.admin, UPDATE_EMPLOYEE, { employeeId: own.owner.id, expectedVersion: 1, departmentIds: [id.Office] });
  const sets = () => says(own.admin, SET_SUPERVISORS, { departmentId: id['Sales East'], employeeIds: [own.owner.id] });
  expect(await crossing.meet(leaves, sets, 'a turn')).toEqual(['UpdateEmployeeSuccess', 'SupervisorNotMember']);
});
