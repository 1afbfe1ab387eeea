-- Whether somebody has signed in to a seat, by a code or from another seat of theirs. That the number has an account on this server is no
-- organization's to know. Locks the seat: whoever is signing in has done so before this is answered, or does so after the transaction.
create function seat_index_is_used(seat uuid) returns boolean
language sql security definer set search_path = pg_catalog, pg_temp as $$
  select last_used_at is not null from identity.seats
  where organization_id = current_setting('guichet.organization')::uuid and seat_id = seat and ended_at is null for no key update
$$;

-- With another phone a seat is another's, who has not signed in to it.
create or replace function seat_index_add(seat uuid, seat_kind text, seat_phone text, seat_is_demo boolean, at timestamptz) returns void
language sql security definer set search_path = pg_catalog, pg_temp as $$
  insert into identity.seats as known (organization_id, seat_id, kind, phone, is_demo, created_at)
  values (current_setting('guichet.organization')::uuid, seat, seat_kind, seat_phone, seat_is_demo, at)
  on conflict (organization_id, seat_id) do update
  set kind = excluded.kind, phone = excluded.phone, is_demo = excluded.is_demo, ended_at = null,
    last_used_at = case when known.phone = excluded.phone then known.last_used_at end
$$;
create or replace function seat_index_move(seat uuid, new_phone text, at timestamptz) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  update identity.seats set phone = new_phone, last_used_at = null
  where organization_id = current_setting('guichet.organization')::uuid and seat_id = seat and phone <> new_phone;
  if found then
    update identity.sessions set ended_at = at where id in (
      select id from identity.sessions
      where organization_id = current_setting('guichet.organization')::uuid and seat_id = seat and ended_at is null order by id for update);
  end if;
end $$;

revoke all on function seat_index_is_used(uuid) from public;
grant execute on function seat_index_is_used(uuid) to guichet_app;
