import { keyNames } from '../platform/database/name-key-backfill.ts';
import { nameKeysOf } from '../platform/database/name-keys.ts';
import { inTransaction } from '../platform/database/transaction.ts';
import type { Backfill } from '../sdk/index.ts';
import type { LoadedModule } from './loaded-module.ts';
import type { Runtime } from './runtime.ts';

/** What a module's migrations left to be done: its own, and keys of names in its tables. */
function backfillsOf({ tables, backfills = [] }: LoadedModule): readonly Backfill[] {
  const keyed = tables.filter((table) => nameKeysOf(table).length > 0);
  const keys = keyed.map(
    (table): Backfill => ({
      name: table.name,
      batch: (transaction, organizationId, after) => keyNames(transaction, table, organizationId, after),
    }),
  );
  return [...backfills, ...keys];
}

/** Brings rows up to date that SQL could not, organization by organization, with the rights of a request. Begun again, it goes on. */
export async function backfill({ modules, pools }: Pick<Runtime, 'modules' | 'pools'>): Promise<void> {
  const { rows } = await pools.identity.query<{ id: string }>('select distinct organization_id as id from identity.seats');
  for (const one of modules.flatMap(backfillsOf))
    for (const { id } of rows)
      for (let after: string | undefined, more = true; more; more = after !== undefined)
        after = await inTransaction(pools.requests, id, (transaction) => one.batch(transaction, id, after));
}
