-- How many sessions of a seat are open: what is told of a seat that is to end. It keeps to the organization of the transaction.
create function seat_index_sessions(seat uuid, at timestamptz) returns integer
language sql security definer set search_path = pg_catalog, pg_temp as $$
  select count(*)::integer from identity.sessions
  where organization_id = current_setting('guichet.organization')::uuid and seat_id = seat and ended_at is null and expires_at > at
$$;

revoke all on function seat_index_sessions(uuid, timestamptz) from public;
grant execute on function seat_index_sessions(uuid, timestamptz) to guichet_app;
