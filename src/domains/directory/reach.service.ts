import type { UseCase } from '../../sdk/index.ts';
import { scopeOf } from './admin-right.service.ts';
import { departmentClosure, departmentMembers } from './directory.entity.ts';

/** Those of some employees whom the seat's own right reaches as it is kept: who sit in a department of it, or below one. */
export async function reachedBy(use: UseCase, right: string, employeeIds: readonly string[]): Promise<ReadonlySet<string>> {
  const scope = await scopeOf(use, use.seat.id, right);
  if (scope === undefined || employeeIds.length === 0) return new Set();
  if (scope === 'ALL') return new Set(employeeIds);
  const rows = await use
    .on(departmentMembers, departmentClosure)
    .selectFrom('department_members as member')
    .innerJoin('department_closure as tree', 'tree.descendant_id', 'member.department_id')
    .select('member.employee_id')
    .distinct()
    .where('member.employee_id', 'in', [...new Set(employeeIds)])
    .where('tree.ancestor_id', 'in', scope)
    .execute();
  return new Set(rows.map(({ employee_id }) => employee_id));
}

/** Whether the seat supervises an employee: a department of theirs, or one above it. */
export async function supervises(use: UseCase, employeeId: string): Promise<boolean> {
  const found = await use
    .on(departmentMembers, departmentClosure)
    .selectFrom('department_members as member')
    .innerJoin('department_closure as tree', 'tree.descendant_id', 'member.department_id')
    .innerJoin('department_members as lead', 'lead.department_id', 'tree.ancestor_id')
    .select('lead.employee_id')
    .where('member.employee_id', '=', employeeId)
    .where('lead.employee_id', '=', use.seat.id)
    .where('lead.is_supervisor', '=', true)
    .limit(1)
    .executeTakeFirst();
  return found !== undefined;
}
