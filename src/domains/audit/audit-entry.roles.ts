import { ADMIN, type EntityRole, sql, wayAmong } from '../../sdk/index.ts';
import { departmentClosure, departmentMembers } from '../directory/index.ts';
import { auditEntries } from './audit-entry.entity.ts';

/** Admins toward what was done: all of it, or by employees of the departments that the right reaches. */
export const auditors: EntityRole = {
  role: ADMIN,
  held: ({ rights }) => (rights.get('AUDIT') === 'ALL' ? 'ALL' : rights.has('AUDIT') ? 'SOME' : 'NONE'),
  ways: [
    wayAmong(
      auditEntries,
      'actor_id',
      { member: departmentMembers, tree: departmentClosure },
      {
        key: ({ member }) => member.employee_id,
        where: ({ seat, tree, member }) =>
          sql`${tree.ancestor_id} = any(${seat.scope('AUDIT')}) and ${member.department_id} = ${tree.descendant_id}`,
      },
    ),
  ],
};
