import { invalid, RAISED, shared, supervisionChanged, type UseCase } from '../../sdk/index.ts';
import { type DepartmentNow, membersOf } from './department.service.ts';
import { departmentMembers, departments, employees } from './directory.entity.ts';
import { supervisorNotMember } from './directory.errors.ts';
import { MOST_SUPERVISORS } from './supervisors.rules.ts';

/**
 * Makes these, and no others, the supervisors of a department; the directory is held.
 * @throws SupervisorNotMember, ValidationFailed for more than a department takes
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
  if (changed.length) {
    use.on(departments).change({ id }, { version: RAISED, was_supervised: true });
    await use.announce(supervisionChanged({ departmentIds: [id] }));
  }
  limitSupervisors(use, [id], ['input', 'employeeIds']);
}

/** Asked once, when all is written: by every act that makes somebody a supervisor. */
const limit = shared<{ readonly departmentId: string; readonly path: readonly string[] }>('directory.supervisors', async (use, given) => {
  const crowded = await use
    .on(departmentMembers, employees)
    .selectFrom('department_members as lead')
    .innerJoin('employees as employee', 'employee.id', 'lead.employee_id')
    .select('lead.department_id')
    .where((of) => of('lead.department_id', '=', of.fn.any(of.val([...new Set(given.map(({ departmentId }) => departmentId))]))))
    .where('lead.is_supervisor', '=', true)
    .where('employee.left_at', 'is', null)
    .groupBy('lead.department_id')
    .having((of) => of.fn.countAll(), '>', MOST_SUPERVISORS)
    .limit(1)
    .executeTakeFirst();
  const blamed = crowded && given.find(({ departmentId }) => departmentId === crowded.department_id);
  if (blamed)
    throw invalid(blamed.path, 'TOO_MANY_SUPERVISORS', {
      en: `A department has at most ${MOST_SUPERVISORS} supervisors.`,
      'zh-CN': `每个部门最多 ${MOST_SUPERVISORS} 名主管。`,
    });
});

/**
 * Departments to which supervisors came: the use case is refused where one has more than it takes.
 * @param path of the input that is to blame
 */
export function limitSupervisors(use: UseCase, departmentIds: Iterable<string>, path: readonly string[]): void {
  for (const departmentId of departmentIds) use.last(limit, { departmentId, path });
}

/** Departments that somebody supervises. */
export async function supervisedBy(use: UseCase, employeeId: string): Promise<string[]> {
  const rows = await use
    .on(departmentMembers)
    .selectFrom('department_members')
    .select('department_id')
    .where('employee_id', '=', employeeId)
    .where('is_supervisor', '=', true)
    .execute();
  return rows.map(({ department_id }) => department_id);
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
