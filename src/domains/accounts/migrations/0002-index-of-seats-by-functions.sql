-- The index of seats as use cases keep it, in their own transactions: the login of requests cannot become the role that reaches the schema
-- identity. Each function keeps to the organization of the transaction, and locks the seat before its sessions, as signing in does.

create function seat_index_add(seat uuid, seat_kind text, seat_phone text, seat_is_demo boolean, at timestamptz) returns void
language sql security definer set search_path = pg_catalog, pg_temp as $$
  insert into identity.seats as known (organization_id, seat_id, kind, phone, is_demo, created_at)
  values (current_setting('guichet.organization')::uuid, seat, seat_kind, seat_phone, seat_is_demo, at)
  on conflict (organization_id, seat_id) do update
  set kind = excluded.kind, phone = excluded.phone, is_demo = excluded.is_demo, ended_at = null
$$;

create function seat_index_end(ended uuid[], at timestamptz) returns void
language sql security definer set search_path = pg_catalog, pg_temp as $$
  update identity.seats set ended_at = at where (organization_id, seat_id) in (
    select organization_id, seat_id from identity.seats
    where organization_id = current_setting('guichet.organization')::uuid and seat_id = any(ended) and ended_at is null order by seat_id for no key update);
  update identity.sessions set ended_at = at where id in (
    select id from identity.sessions
    where organization_id = current_setting('guichet.organization')::uuid and seat_id = any(ended) and ended_at is null order by id for update)
$$;

create function seat_index_move(seat uuid, new_phone text, at timestamptz) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  update identity.seats set phone = new_phone
  where organization_id = current_setting('guichet.organization')::uuid and seat_id = seat and phone <> new_phone;
  if found then
    update identity.sessions set ended_at = at where id in (
      select id from identity.sessions
      where organization_id = current_setting('guichet.organization')::uuid and seat_id = seat and ended_at is null order by id for update);
  end if;
end $$;

-- Locks the seat: whoever is proving its phone has done so before this is answered, or does so after the transaction.
create function seat_index_has_account(seat uuid) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  proven text;
begin
  select phone into proven from identity.seats
  where organization_id = current_setting('guichet.organization')::uuid and seat_id = seat and ended_at is null for no key update;
  return exists (select from identity.accounts where phone = proven);
end $$;

revoke all on function seat_index_add(uuid, text, text, boolean, timestamptz) from public;
revoke all on function seat_index_end(uuid[], timestamptz) from public;
revoke all on function seat_index_move(uuid, text, timestamptz) from public;
revoke all on function seat_index_has_account(uuid) from public;
grant execute on function seat_index_add(uuid, text, text, boolean, timestamptz) to guichet_app;
grant execute on function seat_index_end(uuid[], timestamptz) to guichet_app;
grant execute on function seat_index_move(uuid, text, timestamptz) to guichet_app;
grant execute on function seat_index_has_account(uuid) to guichet_app;
