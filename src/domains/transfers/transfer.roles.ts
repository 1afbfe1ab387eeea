import { ADMIN, type EntityRole, forbidden, heldToward, type Rule, type Seat, sql, way, wayAmong } from '../../sdk/index.ts';
import { departmentClosure, departmentMembers } from '../directory/index.ts';
import { TRANSFER_STAFF_ADMIN } from './permissions.ts';
import { transfers } from './transfer.entity.ts';

/** Admins of contacts toward all transfers, or those of whoever sits in the departments of their right; of leavings, admins of the staff. */
export const transferRoles: readonly EntityRole[] = [
  {
    role: ADMIN,
    held: ({ rights }) => (rights.get('CONTACTS') === 'ALL' ? 'ALL' : rights.has('CONTACTS') ? 'SOME' : 'NONE'),
    ways: [
      wayAmong(
        transfers,
        'from_id',
        { member: departmentMembers, tree: departmentClosure },
        {
          key: ({ member }) => member.employee_id,
          where: ({ seat, tree, member }) =>
            sql`${tree.ancestor_id} = any(${seat.scope('CONTACTS')}) and ${member.department_id} = ${tree.descendant_id}`,
        },
      ),
    ],
  },
  heldToward(
    TRANSFER_STAFF_ADMIN,
    [way(transfers, {}, ({ row }) => sql`${row.kind} = 'LEAVING'`)],
    ({ rights }) => rights.get('DIRECTORY') === 'ALL',
  ),
];

/** Both roles hang on a right, so whoever has neither is refused before anything is looked for. @throws FORBIDDEN */
export function refuseOthers({ rights }: Seat, rule: Rule): void {
  if (!rights.has('CONTACTS') && rights.get('DIRECTORY') !== 'ALL') throw forbidden(rule);
}
