import type { UseCase } from '../../sdk/index.ts';
import { departmentClosure, departmentMembers, departments, employees } from '../directory/index.ts';
import { type Succession, type SupervisedDepartment, type Supervisor, successionOf } from './succession.rules.ts';

export type { Succession };

/** Who goes on when an employee leaves. The directory is held. */
export async function findSuccession(use: UseCase, leaverId: string): Promise<Succession> {
  const tree = await departmentsOf(use, leaverId);
  const supervisors = await supervisorsOf(
    use,
    tree.map(({ id }) => id),
  );
  const told = ({ id, was_supervised }: TreeRow): SupervisedDepartment => {
    const of = supervisors.get(id) ?? [];
    return { id, supervisors: of, everSupervised: was_supervised || of.length > 0 };
  };
  return successionOf({
    leaverId,
    main: tree.filter(({ is_main }) => is_main).map(told),
    others: tree.filter(({ is_main, depth }) => !is_main && depth === 0).map(told),
  });
}

/** The leaver's departments with those above them: by when they joined, then from the department up. */
const departmentsOf = (use: UseCase, leaverId: string) =>
  use
    .on(departmentMembers, departmentClosure, departments)
    .selectFrom('department_members as own')
    .innerJoin('department_closure as tree', 'tree.descendant_id', 'own.department_id')
    .innerJoin('departments as department', 'department.id', 'tree.ancestor_id')
    .select(['own.is_main', 'tree.depth', 'department.id', 'department.was_supervised'])
    .where('own.employee_id', '=', leaverId)
    .orderBy('own.joined_at')
    .orderBy('own.department_id')
    .orderBy('tree.depth')
    .execute();
type TreeRow = Awaited<ReturnType<typeof departmentsOf>>[number];

async function supervisorsOf(use: UseCase, departmentIds: readonly string[]): Promise<ReadonlyMap<string, readonly Supervisor[]>> {
  if (departmentIds.length === 0) return new Map();
  const rows = await use
    .on(departmentMembers, employees)
    .selectFrom('department_members as lead')
    .innerJoin('employees as employee', 'employee.id', 'lead.employee_id')
    .select(['lead.department_id', 'employee.id', 'employee.seniority_date as seniorSince'])
    .where('lead.department_id', 'in', [...new Set(departmentIds)])
    .where('lead.is_supervisor', '=', true)
    .where('employee.left_at', 'is', null)
    .execute();
  const by = Map.groupBy(rows, ({ department_id }) => department_id);
  return new Map([...by].map(([id, of]) => [id, of.map((one) => ({ id: one.id, seniorSince: one.seniorSince }))]));
}
