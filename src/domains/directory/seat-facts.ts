import type { FindSeatFacts, RightScope } from '../../sdk/index.ts';
import { adminRights, departmentClosure, departmentMembers, employees } from './directory.entity.ts';

/** The seat supervises a department. */
export const SUPERVISOR = 'SUPERVISOR';
/** It supervises so many that finding what hangs on their contacts would read more than asking each row of a list in order. */
export const SUPERVISES_MANY = 'SUPERVISES_MANY';
/** So many that the same holds of the contacts themselves, which an index has for each of them in the order of lists. */
export const SUPERVISES_A_HUNDRED = 'SUPERVISES_A_HUNDRED';
const SUPERVISION: readonly (readonly [trait: string, above: number])[] = [
  [SUPERVISES_MANY, 32],
  [SUPERVISES_A_HUNDRED, 100],
];

/** Rights and supervision of an employee; one who left has no seat any more. */
export const employeeFacts: FindSeatFacts = async (transaction, { id, kind }) => {
  if (kind !== 'EMPLOYEE') return {};
  const found = await transaction
    .on({ employees, department_members: departmentMembers, department_closure: departmentClosure, admin_rights: adminRights })
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
        .selectFrom('department_members as led')
        .innerJoin('department_closure as tree', 'tree.ancestor_id', 'led.department_id')
        .innerJoin('department_members as member', 'member.department_id', 'tree.descendant_id')
        .select((people) => people.fn.count('member.employee_id').distinct().as('count'))
        .whereRef('led.employee_id', '=', 'employees.id')
        .where('led.is_supervisor', '=', true)
        .as('led'),
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
  const many = SUPERVISION.flatMap(([trait, above]) => (Number(found.led) > above ? [trait] : []));
  const traits = [...(found.supervises ? [SUPERVISOR] : []), ...many];
  return { rights: scopesOf(rights), traits };
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
