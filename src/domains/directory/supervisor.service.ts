import { RAISED, type UseCase } from '../../sdk/index.ts';
import { type DepartmentNow, membersOf } from './department.service.ts';
import { departmentMembers, departments, employees } from './directory.entity.ts';
import { supervisorNotMember } from './directory.errors.ts';

/**
 * Makes these, and no others, the supervisors of a department; the directory is held.
 * @throws SupervisorNotMember
 */
export async function setSupervisors(use: UseCase, { id, name }: DepartmentNow, employeeIds: readonly string[]): Promise<void> {
  const members = await membersOf(use, id);
  const strangers = employeeIds.filter((one) => !members.some((member) => member.id === one));
  if (strangers.length) {
    const path = ['input', 'employeeIds', String(employeeIds.indexOf(strangers[0]!))];
    throw supervisorNotMember({ employees: await namesOf(use, strangers), departmentName: name }, path);
  }
  const changed = members.filter((member) => member.is_supervisor !== employeeIds.includes(member.id));
  for (const member of changed)
    use.on(departmentMembers).change({ department_id: id, employee_id: member.id }, { is_supervisor: !member.is_supervisor });
  await endOfThoseGone(use, id);
  // who succeeds its people hangs on whether it ever had one (spec 3.15)
  if (changed.length) use.on(departments).change({ id }, { version: RAISED, was_supervised: true });
}

/** Whoever has left is none either, also where their leaving is taken back: it was decided since. */
const endOfThoseGone = (use: UseCase, departmentId: string): Promise<unknown> =>
  use
    .on(departmentMembers, employees)
    .updateTable('department_members')
    .set({ is_supervisor: false })
    .where('department_id', '=', departmentId)
    .where('is_supervisor', '=', true)
    .where('employee_id', 'in', (of) => of.selectFrom('employees').select('id').where('left_at', 'is not', null))
    .execute();

const namesOf = async (use: UseCase, ids: readonly string[]): Promise<string[]> =>
  (await use.on(employees).selectFrom('employees').select('name').where('id', 'in', ids).orderBy('sort_name').orderBy('id').execute()).map(
    ({ name }) => name,
  );
