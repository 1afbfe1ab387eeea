import type pg from 'pg';

const RIGHTS_FUNCTION = `create function raise_rights_version() returns trigger language plpgsql as $$
declare
  changed uuid := case tg_op when 'DELETE' then old.organization_id else new.organization_id end;
  this_transaction bigint := pg_current_xact_id()::text::bigint;
begin
  insert into rights_versions as known (organization_id, version, raised_by) values (changed, 1, this_transaction)
    on conflict (organization_id) do update set version = known.version + 1, raised_by = excluded.raised_by
    where known.raised_by <> excluded.raised_by;
  return null;
end $$`;

/**
 * Makes, where it is not there, the function that raises an organization's version of rights: once a transaction, however many rows have
 * changed. Tables' triggers need it, so it comes before every migration.
 */
export async function makeRightsFunction(client: pg.ClientBase): Promise<void> {
  const { rows } = await client.query<{ known: string | null }>(`select to_regprocedure('raise_rights_version()')::text as known`);
  if (!rows[0]?.known) await client.query(RIGHTS_FUNCTION);
}

/** Transactions have numbers of their own in every PostgreSQL server: one that is remembered from another could be met again, and be believed. */
export const forgetRaisers = async (client: pg.ClientBase): Promise<void> =>
  void (await client.query('update rights_versions set raised_by = 0'));
