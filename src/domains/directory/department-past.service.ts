import type { UseCase } from '../../sdk/index.ts';
import { departmentMembers, departments } from './directory.entity.ts';

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
