import type pg from 'pg';
import type { StoredTable } from './stored-tables.ts';

interface ForeignKey {
  readonly table: string;
  readonly name: string;
  readonly definition: string;
}
const FOREIGN_KEYS = `select k.conrelid::regclass::text as table, quote_ident(k.conname) as name, pg_get_constraintdef(k.oid) as definition
  from pg_constraint k where k.contype = 'f' and k.conparentid = 0 and k.conrelid = any($1::regclass[]) order by 1, 2`;

/**
 * Takes from tables, for as long as `work` fills them, what stands in the way of rows as they were: foreign keys, which would want an order;
 * triggers, which would do again what was done; row level security, past which their owner does not see. All comes back in the same
 * transaction, or nothing has happened; foreign keys check every row when they do. No superuser is needed.
 */
export async function withoutGuards(client: pg.ClientBase, tables: readonly StoredTable[], work: () => Promise<void>): Promise<void> {
  const names = tables.map(({ name }) => name);
  const { rows: keys } = await client.query<ForeignKey>(FOREIGN_KEYS, [names]);
  for (const { table, name } of keys) await client.query(`alter table ${table} drop constraint ${name}`);
  for (const { name, forced } of tables)
    await client.query(`alter table ${name} disable trigger user${forced ? ', no force row level security' : ''}`);
  await work();
  for (const { table, name, definition } of keys) await client.query(`alter table ${table} add constraint ${name} ${definition}`);
  for (const { name, forced } of tables)
    await client.query(`alter table ${name} enable trigger user${forced ? ', force row level security' : ''}`);
}
