-- Plans are made by what PostgreSQL has counted, and of tables that were empty it has counted nothing: whoever takes thousands of contacts in lets
-- it look, before its own clock does. Not where it has looked, and never where somebody else is at the table.
create function contacts_count() returns void
language plpgsql security definer set search_path = public, pg_catalog, pg_temp as $$
begin
  if (select reltuples from pg_catalog.pg_class where oid = 'public.contacts'::regclass) < 1000 then
    analyze (skip_locked) contacts, contact_tags, contact_shares, contact_search_terms, contact_history;
  end if;
end
$$;
revoke all on function contacts_count() from public;
grant execute on function contacts_count() to guichet_app;
