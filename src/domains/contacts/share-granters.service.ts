import type { UseCase } from '../../sdk/index.ts';
import { adminRights, departmentClosure, departmentMembers, employees } from '../directory/index.ts';
import type { ShareGranter } from './contact.errors.ts';

/** Who can share a contact of this owner; names and nothing else (spec 3.4). */
export const shareGranters = async (use: UseCase, ownerId: string | null): Promise<ShareGranter[]> =>
  (await whoCanShare(use, ownerId)).map(({ name }) => ({ name }));

/** The owner, their supervisors, the admins. */
export async function whoCanShare(use: UseCase, ownerId: string | null): Promise<{ readonly id: string; readonly name: string }[]> {
  const tables = use.on(employees, adminRights, departmentClosure, departmentMembers);
  // departments of the owner, and those above them
  const above = () =>
    tables
      .selectFrom('department_members as own')
      .innerJoin('department_closure as tree', (join) =>
        join.onRef('tree.organization_id', '=', 'own.organization_id').onRef('tree.descendant_id', '=', 'own.department_id'),
      )
      .where('own.employee_id', '=', ownerId ?? use.seat.id)
      .where('own.organization_id', '=', use.organizationId)
      .select('tree.ancestor_id');
  const admins = tables
    .selectFrom('admin_rights')
    .select('employee_id')
    .where('admin_right', '=', 'CONTACTS')
    .where((of) =>
      ownerId ? of.or([of('department_id', 'is', null), of('department_id', 'in', above())]) : of('department_id', 'is', null),
    );
  const supervisors = tables
    .selectFrom('department_members')
    .select('employee_id')
    .where('is_supervisor', '=', true)
    .where('department_id', 'in', above());
  const rows = await tables
    .selectFrom('employees')
    .select(['id', 'name'])
    .where('left_at', 'is', null)
    .where((of) => of.or([of('id', 'in', admins), ...(ownerId ? [of('id', '=', ownerId), of('id', 'in', supervisors)] : [])]))
    .orderBy('name')
    .execute();
  return rows;
}
