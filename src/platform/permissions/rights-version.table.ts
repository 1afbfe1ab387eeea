import { bigint } from '../database/column.ts';
import { table } from '../database/table.ts';

/**
 * How often the facts that decide seats have changed in an organization. Tables that say `decidesSeats` raise it by a trigger, in the
 * transaction of the change, so a server that knows the number need not ask for the facts again (promise 2).
 */
export const rightsVersions = table('rights_versions', {
  columns: { version: bigint(), raised_by: bigint() },
  key: [],
  servesWorker: true,
});
