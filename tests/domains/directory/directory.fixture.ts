import type { TestOrganization } from '../../../src/testing/test-organization.ts';
import { newPhone } from '../../../src/testing/test-organization.ts';
import type { TestSeat } from '../../../src/testing/test-seat.ts';
import type { TestServer } from '../../../src/testing/test-server.ts';
import { rowsOf } from '../contacts/contact.fixture.ts';

const NAMED = '... on UserError { code path } ... on ValidationFailed { issues { path code } }';
const EMPLOYEE =
  'employee { id version name nickname nameVerified position phone staffNumber seniorSince departments { name } mainDepartment { name } }';

const EFFECTS = 'effects { employeeId employeeName objectType gained lost gainedIds lostIds }';

export const ADD_EMPLOYEE = `mutation ($input: AddEmployeeInput!) { addEmployee(input: $input) { __typename ${NAMED}
  ... on EmployeePhoneTaken { existingEmployee { id } } ... on AddEmployeeSuccess { ${EMPLOYEE} } } }`;
export const UPDATE_EMPLOYEE = `mutation ($input: UpdateEmployeeInput!) { updateEmployee(input: $input) { __typename ${NAMED}
  ... on VersionConflict { current { ... on Employee { id version name } } } ... on UpdateEmployeeSuccess { ${EMPLOYEE} ${EFFECTS} } } }`;

/** Global ids of an organization's departments, by their names. */
export async function departmentIds({ admin }: Pick<TestOrganization, 'admin'>): Promise<Readonly<Record<string, string>>> {
  const { departments } = await admin.query('{ departments(first: 100) { nodes { id name } } }');
  return Object.fromEntries(departments.nodes.map(({ id, name }: { id: string; name: string }) => [name, id]));
}

/** Employs somebody with a phone of their own. */
export async function hired(
  seat: TestSeat,
  given: Readonly<Record<string, unknown>> = {},
): Promise<{ readonly id: string; readonly version: number; readonly phone: string }> {
  return (await seat.does(ADD_EMPLOYEE, { input: { name: 'He Jing', phone: newPhone(), ...given } })).employee;
}

export const CONTACTS_OF = '{ contacts(first: 100) { nodes { id } } }';
/** Names of departments, in order. */
export const namesOf = (all: readonly { readonly name: string }[]): string[] => all.map(({ name }) => name).sort();

const DEPARTMENT = 'department { id version name parent { name } supervisors { name } }';
const onDepartment = (mutation: string, success = DEPARTMENT): string => {
  const type = mutation[0]!.toUpperCase() + mutation.slice(1);
  return `mutation ($input: ${type}Input!) { ${mutation}(input: $input) { __typename ${NAMED} ... on ${type}Success { ${success} } } }`;
};
export const ADD_DEPARTMENT = onDepartment('addDepartment');
export const UPDATE_DEPARTMENT = onDepartment('updateDepartment');
export const MOVE_DEPARTMENT = onDepartment('moveDepartment', `${DEPARTMENT} ${EFFECTS}`);
export const REMOVE_DEPARTMENT = onDepartment('removeDepartment', 'departmentId').replace(
  NAMED,
  `${NAMED} ... on DepartmentNotEmpty { message members departments rightHolders shares uses { what count message } }`,
);
export const SET_SUPERVISORS = onDepartment('setDepartmentSupervisors', `${DEPARTMENT} ${EFFECTS}`).replace(
  NAMED,
  `${NAMED} ... on SupervisorNotMember { message path employees departmentName }`,
);

/** Gives somebody a right over a department, past the API. */
export const giveRight = (server: TestServer, own: TestOrganization, who: string, right: string, department: string | null) =>
  rowsOf(
    server,
    own,
    `insert into admin_rights (organization_id, id, employee_id, admin_right, department_id)
     select organization_id, gen_random_uuid(), id, $2, (select id from departments where name = $3) from employees where name = $1`,
    [`The ${who}`, right, department],
  );
/** Signs in anew, with the rights of now. */
export const again = (server: TestServer, own: TestOrganization, who: string): Promise<TestSeat> =>
  server.seat(own.plan.employees.find(({ key }) => key === who)!.phone, own.id);

const RIGHTS = 'employee { id adminRights { right isWhole departments { name } } }';
const onRight = (mutation: string, more = ''): string => {
  const type = mutation[0]!.toUpperCase() + mutation.slice(1);
  return `mutation ($input: ${type}Input!) { ${mutation}(input: $input) { __typename ${NAMED} ... on RightNotYours { right departments message } ... on ${type}Success { ${RIGHTS} ${EFFECTS} ${more} } } }`;
};
export const GRANT = onRight('grantAdminRight');
export const REVOKE = onRight('revokeAdminRight', 'ended { right departments unheld }');
