import type { FindSeatFacts, RightScope } from '../../sdk/index.ts';
import { adminRights, departmentMembers, employees } from './directory.entity.ts';

/** The seat supervises a department. */
export const SUPERVISOR = 'SUPERVISOR';

/** Rights and supervision of an employee; one who left has no seat any more. */
export const employeeFacts: FindSeatFacts = async (transaction, { id, kind }) => {
  if (kind !== 'EMPLOYEE') return {};
  const found = await transaction
    .on({ employees, department_members: departmentMembers, admin_rights: adminRights })
    .selectFrom('employees')
    .select((of) => [
      'left_at',
      of
        .exists(
          of
            .selectFrom('department_members')
            .select('employee_id')
            .whereRef('employee_id', '=', 'employees.id')
            .where('is_supervisor', '=', true),
        )
        .as('supervises'),
      of
        .selectFrom('admin_rights')
        .select((right) => right.fn.jsonAgg('admin_rights').as('rights'))
        .whereRef('employee_id', '=', 'employees.id')
        .as('rights'),
    ])
    .where('id', '=', id)
    .executeTakeFirst();
  if (!found || found.left_at) return { gone: true };
  const rights = (found.rights ?? []) as unknown as { admin_right: string; department_id: string | null }[];
  return { rights: scopesOf(rights), traits: found.supervises ? [SUPERVISOR] : [] };
};

function scopesOf(rows: readonly { admin_right: string; department_id: string | null }[]): Map<string, RightScope> {
  const scopes = new Map<string, RightScope>();
  for (const { admin_right, department_id } of rows) {
    const known = scopes.get(admin_right);
    if (department_id === null || known === 'ALL') scopes.set(admin_right, 'ALL');
    else scopes.set(admin_right, [...(known ?? []), department_id]);
  }
  return scopes;
}
