import { contactsOfStaff, type UseCase } from '../../sdk/index.ts';
import { type DepartmentNow, membersOf } from './department.service.ts';
import { aboveOf, belowOf } from './department-tree.service.ts';
import { adminRights, departmentMembers } from './directory.entity.ts';
import type { EmployeeEdit, EmployeeNow } from './employee-editing.service.ts';
import { mobileOf } from './employee-phone.service.ts';

/**
 * Who could gain or lose by the move of a department: those who supervise or hold a right where it stood or comes to, and all who are in it, with
 * whom something is shared there.
 */
export async function concernedByMove(use: UseCase, { id, parent_id }: DepartmentNow, to: string | null): Promise<string[]> {
  const inside = (await belowOf(use, id)).map((one) => one.id);
  const members = await use
    .on(departmentMembers)
    .selectFrom('department_members')
    .select('employee_id')
    .where('department_id', 'in', inside)
    .execute();
  const overseers = await overseersOf(
    use,
    [parent_id, to].filter((one) => one !== null),
  );
  return [...members.map(({ employee_id }) => employee_id), ...overseers];
}

/** Who supervises some departments, or holds a right for them. */
async function decidersOf(use: UseCase, departmentIds: readonly string[]): Promise<string[]> {
  const leaders = use
    .on(departmentMembers)
    .selectFrom('department_members')
    .select('employee_id')
    .where('department_id', 'in', departmentIds)
    .where('is_supervisor', '=', true);
  const holders = use.on(adminRights).selectFrom('admin_rights').select('employee_id').where('department_id', 'in', departmentIds);
  return [...(await leaders.execute()), ...(await holders.execute())].map(({ employee_id }) => employee_id);
}

/** Who could gain or lose by other supervisors. */
export const concernedBySupervisors = async (use: UseCase, { id }: DepartmentNow, employeeIds: readonly string[]): Promise<string[]> => [
  ...employeeIds,
  ...(await membersOf(use, id)).filter((member) => member.is_supervisor).map((member) => member.id),
];

/**
 * Who could gain or lose when somebody sits elsewhere: they themself, and those who supervise or hold a right over where they sit or come to; when a
 * contact becomes them, those who find it.
 */
export async function concernedByEdit(use: UseCase, { id, memberships }: EmployeeNow, edit: EmployeeEdit): Promise<string[]> {
  const { departmentIds, phone, onContact } = edit;
  const isConverting = phone !== undefined && onContact === 'CONVERT';
  const finders = isConverting ? await use.service(contactsOfStaff).whoFinds(use, (await mobileOf(use, phone)).e164) : [];
  const seats = departmentIds ? [...memberships.map(({ department_id }) => department_id), ...departmentIds] : [];
  return [id, ...finders, ...(await overseersOf(use, [...new Set(seats)]))];
}

/** Who supervises some departments or one above them, or holds a right there. */
async function overseersOf(use: UseCase, departmentIds: readonly string[]): Promise<string[]> {
  const over = (await Promise.all(departmentIds.map((id) => aboveOf(use, id)))).flat().map((one) => one.id);
  return over.length ? decidersOf(use, [...new Set(over)]) : [];
}

/** Who could gain or lose when somebody leaves: who goes on, and those who supervise or hold a right over where either of them sits. */
export async function concernedByLeaving(use: UseCase, leaverId: string, successorId: string | null): Promise<string[]> {
  const people = successorId ? [leaverId, successorId] : [leaverId];
  const seats = await use
    .on(departmentMembers)
    .selectFrom('department_members')
    .select('department_id')
    .where('employee_id', 'in', people)
    .execute();
  const overseers = await overseersOf(
    use,
    seats.map(({ department_id }) => department_id),
  );
  const all = [...(successorId ? [successorId] : []), ...overseers];
  return all.filter((id) => id !== leaverId);
}
