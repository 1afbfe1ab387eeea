import { jobs, stillHeld } from '../../sdk/core.ts';
import { type EntityRole, heldToward, JOB_ADMIN, JOB_STARTER, sql, way } from '../../sdk/index.ts';

export const jobRoles: readonly EntityRole[] = [
  heldToward(JOB_STARTER, [way(jobs, {}, ({ row, seat }) => sql`${row.started_by} = ${seat.me} and ${stillHeld(row, seat)}`)]),
  heldToward(JOB_ADMIN, [way(jobs, {}, ({ row, seat }) => sql`${row.admin_right} = any(${seat.wholeRights})`)], ({ rights }) =>
    [...rights.values()].includes('ALL'),
  ),
];
