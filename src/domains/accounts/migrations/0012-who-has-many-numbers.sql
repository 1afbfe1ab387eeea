-- Thousands of numbers are hashed once, and the seats of the organization held against that: each seat held against each number took seconds where
-- the table was never analyzed. No plan of either half can do otherwise.
create or replace function seat_index_having(phones text[]) returns table (seat uuid, seat_kind text, seat_phone text)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select seat_id, kind, phone from identity.seats
  where cardinality(phones) <= 200
    and organization_id = current_setting('guichet.organization')::uuid and phone = any(phones) and ended_at is null
  union all
  select seat_id, kind, phone from identity.seats
  where cardinality(phones) > 200
    and organization_id = current_setting('guichet.organization')::uuid and coalesce(phone in (select unnest(phones)), false) and ended_at is null
$$;

-- Who else has the number is found by the number, of which few have one, and not by the organization.
create or replace function seat_index_add(seat uuid, seat_kind text, seat_phone text, seat_is_demo boolean, at timestamptz) returns void
language sql security definer set search_path = pg_catalog, pg_temp as $$
  insert into identity.seats as known (organization_id, seat_id, kind, phone, is_demo, created_at, found_by)
  values (current_setting('guichet.organization')::uuid, seat, seat_kind, seat_phone, seat_is_demo, at, (
    select min(beside.found_by::text)::uuid from (
      select organization_id, seat_id, found_by from identity.seats where phone = seat_phone and ended_at is null offset 0
    ) as beside
    where beside.organization_id = current_setting('guichet.organization')::uuid and beside.seat_id <> seat))
  on conflict (organization_id, seat_id) do update
  set kind = excluded.kind, phone = excluded.phone, is_demo = excluded.is_demo, ended_at = null,
    last_used_at = case when known.phone = excluded.phone then known.last_used_at end,
    found_by = case when known.phone = excluded.phone then known.found_by else excluded.found_by end
$$;
