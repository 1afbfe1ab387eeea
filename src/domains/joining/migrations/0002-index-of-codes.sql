-- Of which organization a link's code is, for whoever comes with one and has no seat yet. Codes stand here as hashes.
create table identity.window_links (
  code_hash bytea primary key check (length(code_hash) = 32),
  organization_id uuid not null,
  link_id uuid not null
);
revoke all on identity.window_links from public;
grant select on identity.window_links to guichet_identity;

-- Use cases write a code down in their own transaction; the function keeps to the organization of the transaction.
create function window_link_add(hash bytea, link uuid) returns void
language sql security definer set search_path = pg_catalog, pg_temp as $$
  insert into identity.window_links (code_hash, organization_id, link_id)
  values (hash, current_setting('guichet.organization')::uuid, link)
$$;
revoke all on function window_link_add(bytea, uuid) from public;
grant execute on function window_link_add(bytea, uuid) to guichet_app;
