import type pg from 'pg';

/** A foreign key that is added to a table which may have rows. */
const ADDED = /\balter\s+table\b[^;]*\breferences\b/i;
/** Tables whose policies hold for their owner too, as far as the login is bound by them. */
const FORCED = `select c.relname as name, format('%I.%I', n.nspname, c.relname) as quoted
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where c.relforcerowsecurity and pg_has_role(c.relowner, 'usage')
    and not exists (select from pg_roles where rolname = current_user and (rolsuper or rolbypassrls)) order by 2`;

/**
 * Carries out a migration in the caller's transaction. PostgreSQL checks a new foreign key by a query of the login, which a policy that binds
 * the owner would keep from rows, or fail for want of an organization: so the tables that the migration names do not bind it meanwhile.
 */
export async function checkingAllRows(client: pg.ClientBase, sql: string): Promise<void> {
  const tables = ADDED.test(sql) ? await forcedTables(client, sql) : [];
  for (const table of tables) await client.query(`alter table ${table} no force row level security`);
  await client.query(sql);
  for (const table of tables) await client.query(`alter table if exists ${table} force row level security`);
}

async function forcedTables(client: pg.ClientBase, sql: string): Promise<string[]> {
  const named = new Set([...sql.matchAll(/"([^"]+)"|\w+/g)].map(([word, quoted]) => quoted ?? word));
  const { rows } = await client.query<{ name: string; quoted: string }>(FORCED);
  return rows.filter(({ name }) => named.has(name)).map(({ quoted }) => quoted);
}
