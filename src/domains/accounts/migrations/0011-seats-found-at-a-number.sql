-- The account that came to the number of a seat by a change and found the seat there: the seat was somebody's already, and stays with the number
-- when that account goes on. Null for all that an account has brought, was given since, or opened by signing in.
alter table identity.seats add found_by uuid;
-- The number that a session, or the one that it was switched from, was signed in with; sessions from before have none.
alter table identity.sessions add signed_in_with text check (signed_in_with ~ '^\+[1-9][0-9]{4,14}$');

-- A seat that comes to a number which another seat of the organization has, by decision of its admins, is of one person with that one.
create or replace function seat_index_add(seat uuid, seat_kind text, seat_phone text, seat_is_demo boolean, at timestamptz) returns void
language sql security definer set search_path = pg_catalog, pg_temp as $$
  insert into identity.seats as known (organization_id, seat_id, kind, phone, is_demo, created_at, found_by)
  values (current_setting('guichet.organization')::uuid, seat, seat_kind, seat_phone, seat_is_demo, at, (
    select beside.found_by from identity.seats as beside
    where beside.organization_id = current_setting('guichet.organization')::uuid and beside.phone = seat_phone and beside.ended_at is null
      and beside.seat_id <> seat
    order by beside.seat_id limit 1))
  on conflict (organization_id, seat_id) do update
  set kind = excluded.kind, phone = excluded.phone, is_demo = excluded.is_demo, ended_at = null,
    last_used_at = case when known.phone = excluded.phone then known.last_used_at end,
    found_by = case when known.phone = excluded.phone then known.found_by else excluded.found_by end
$$;
create or replace function seat_index_move(seat uuid, new_phone text, at timestamptz) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  update identity.seats set phone = new_phone, last_used_at = null, found_by = null
  where organization_id = current_setting('guichet.organization')::uuid and seat_id = seat and phone <> new_phone;
  if found then
    update identity.sessions set ended_at = at where id in (
      select id from identity.sessions
      where organization_id = current_setting('guichet.organization')::uuid and seat_id = seat and ended_at is null order by id for update);
  end if;
end $$;

-- Two seats of the organization of the transaction are one person's: while they have one number, the first goes where the other goes.
create function seat_index_join(seat uuid, beside uuid) returns void
language sql security definer set search_path = pg_catalog, pg_temp as $$
  update identity.seats as own set found_by = other.found_by
  from identity.seats as other
  where own.organization_id = current_setting('guichet.organization')::uuid and own.seat_id = seat
    and other.organization_id = own.organization_id and other.seat_id = beside and other.phone = own.phone
$$;

revoke all on function seat_index_join(uuid, uuid) from public;
grant execute on function seat_index_join(uuid, uuid) to guichet_app;
