import { ADMIN, type EntityRole, forbidden, heldToward, type Rule, type Seat, sql, way } from '../../sdk/index.ts';
import { departmentClosure } from '../directory/index.ts';
import { TRANSFER_STAFF_ADMIN } from './permissions.ts';
import { transfers } from './transfer.entity.ts';

/** Admins of contacts toward all transfers, or those of whoever sat in the departments of their right then; of leavings, admins of the staff. */
export const transferRoles: readonly EntityRole[] = [
  {
    role: ADMIN,
    held: ({ rights }) => (rights.get('CONTACTS') === 'ALL' ? 'ALL' : rights.has('CONTACTS') ? 'SOME' : 'NONE'),
    ways: [
      way(
        transfers,
        { tree: departmentClosure },
        ({ row, seat, tree }) =>
          sql`${tree.ancestor_id} = any(${seat.scope('CONTACTS')}) and ${row.from_departments} ? ${tree.descendant_id}::text`,
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
