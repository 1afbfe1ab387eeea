import type { UseCase } from '../../sdk/index.ts';
import { departmentMembers, departments, employees } from './directory.entity.ts';

/**
 * Keeps in mind that departments have had a supervisor, where somebody stops supervising them, or does so again: who succeeds their people hangs on
 * it (spec 3.15). Whoever edits a department has read who supervises it, so it is another version.
 * @param among of these departments alone; by default of all that the employee supervises.
 */
export async function keepSupervised(use: UseCase, employeeId: string, among?: readonly string[]): Promise<void> {
  await use
    .on(departments, departmentMembers)
    .updateTable('departments')
    .set((of) => ({ was_supervised: true, version: of('version', '+', 1) }))
    .$if(among !== undefined, (query) => query.where('id', 'in', among as string[]))
    .where('id', 'in', (of) =>
      of.selectFrom('department_members').select('department_id').where('employee_id', '=', employeeId).where('is_supervisor', '=', true),
    )
    .execute();
}

/** Names of departments that somebody supervises, and nobody else who is employed. */
export async function supervisedAlone(use: UseCase, employeeId: string): Promise<string[]> {
  const rows = await use
    .on(departments, departmentMembers, employees)
    .selectFrom('department_members as own')
    .innerJoin('departments as department', 'department.id', 'own.department_id')
    .select('department.name')
    .where('own.employee_id', '=', employeeId)
    .where('own.is_supervisor', '=', true)
    .where((of) =>
      of.not(
        of.exists(
          of
            .selectFrom('department_members as other')
            .innerJoin('employees as colleague', 'colleague.id', 'other.employee_id')
            .select('other.employee_id')
            .whereRef('other.department_id', '=', 'own.department_id')
            .where('other.is_supervisor', '=', true)
            .where('other.employee_id', '<>', employeeId)
            .where('colleague.left_at', 'is', null),
        ),
      ),
    )
    .orderBy('department.sort_name')
    .execute();
  return rows.map(({ name }) => name);
}
