import type { TestOrganization } from '../../../src/testing/test-organization.ts';
import { newPhone } from '../../../src/testing/test-organization.ts';
import type { TestSeat } from '../../../src/testing/test-seat.ts';

const NAMED = '... on UserError { code path } ... on ValidationFailed { issues { path code } }';
const EMPLOYEE =
  'employee { id version name nickname nameVerified position phone staffNumber seniorSince departments { name } mainDepartment { name } }';

export const ADD_EMPLOYEE = `mutation ($input: AddEmployeeInput!) { addEmployee(input: $input) { __typename ${NAMED}
  ... on EmployeePhoneTaken { existingEmployee { id } } ... on AddEmployeeSuccess { ${EMPLOYEE} } } }`;
export const UPDATE_EMPLOYEE = `mutation ($input: UpdateEmployeeInput!) { updateEmployee(input: $input) { __typename ${NAMED}
  ... on VersionConflict { current { ... on Employee { id version name } } } ... on UpdateEmployeeSuccess { ${EMPLOYEE} } } }`;

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
