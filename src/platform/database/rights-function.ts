/** Raises an organization's version once a transaction, however many rows have changed. Tables' triggers need it, so it is made before them. */
export const RIGHTS_FUNCTION = `create or replace function raise_rights_version() returns trigger language plpgsql as $$
declare
  changed uuid := case tg_op when 'DELETE' then old.organization_id else new.organization_id end;
  this_transaction bigint := pg_current_xact_id()::text::bigint;
begin
  insert into rights_versions as known (organization_id, version, raised_by) values (changed, 1, this_transaction)
    on conflict (organization_id) do update set version = known.version + 1, raised_by = excluded.raised_by
    where known.raised_by <> excluded.raised_by;
  return null;
end $$`;
