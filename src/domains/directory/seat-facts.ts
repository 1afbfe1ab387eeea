import type { FindSeatFacts, RightScope, Transaction } from '../../sdk/index.ts';
import { adminRights, departmentClosure, departmentMembers, employees } from './directory.entity.ts';

/** The seat supervises a department. */
export const SUPERVISOR = 'SUPERVISOR';
/** It supervises so many that finding what hangs on their contacts would read more than asking each row of a list in order. */
export const SUPERVISES_MANY = 'SUPERVISES_MANY';
const MANY = 32;

// A page of the contacts of n people out of N is found in the first pages of each of the n, or in the order of all contacts, of which one in
// N / n is theirs. So the one grows with n, the other with N / n, and n² / N says which is less.

/** It supervises so many of all that a page of their contacts is full sooner in the order of all contacts than person by person. */
export const LISTS_IN_ORDER = 'LISTS_IN_ORDER';
/** The same of a search, where many rows are read for each that fits. */
export const SEARCHES_IN_ORDER = 'SEARCHES_IN_ORDER';
/** So many that asking where the owner of each row sits takes less than gathering them. */
export const SUPERVISES_MOST = 'SUPERVISES_MOST';
/** From where on; measured with 2,000 and 20,000 employees (docs/performance.md). */
const SHARES: readonly (readonly [trait: string, above: number])[] = [
  [LISTS_IN_ORDER, 2],
  [SEARCHES_IN_ORDER, 40],
  [SUPERVISES_MOST, 100],
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
  const led = Number(found.led);
  const traits = [
    ...(found.supervises ? [SUPERVISOR] : []),
    ...(led > MANY ? [SUPERVISES_MANY, ...(await sharesOf(transaction, led))] : []),
  ];
  return { rights: scopesOf(rights), traits };
};

async function sharesOf(transaction: Transaction, led: number): Promise<string[]> {
  const { all } = await transaction
    .on({ employees })
    .selectFrom('employees')
    .select((people) => people.fn.countAll().as('all'))
    .where('left_at', 'is', null)
    .executeTakeFirstOrThrow();
  return SHARES.flatMap(([trait, above]) => (led * led > above * Number(all) ? [trait] : []));
}

function scopesOf(rows: readonly { admin_right: string; department_id: string | null }[]): Map<string, RightScope> {
  const scopes = new Map<string, RightScope>();
  for (const { admin_right, department_id } of rows) {
    const known = scopes.get(admin_right);
    if (department_id === null || known === 'ALL') scopes.set(admin_right, 'ALL');
    else scopes.set(admin_right, [...(known ?? []), department_id]);
  }
  return scopes;
}
