-- When a seat was given to its number, and when a session last proved its number by a code. A number passes on to others: a session of whoever had it
-- neither reaches nor carries off what the number was given since. Seats and sessions from before are as they were.
alter table identity.seats add given_at timestamptz not null default '-infinity';
alter table identity.sessions add proven_at timestamptz not null default now();
update identity.sessions set proven_at = created_at;

create or replace function seat_index_add(seat uuid, seat_kind text, seat_phone text, seat_is_demo boolean, at timestamptz) returns void
language sql security definer set search_path = pg_catalog, pg_temp as $$
  insert into identity.seats as known (organization_id, seat_id, kind, phone, is_demo, created_at, given_at, person, unclaimed)
  select current_setting('guichet.organization')::uuid, seat, seat_kind, seat_phone, seat_is_demo, at, at, whose.person, whose.unclaimed
  from identity.whose_at(seat_phone, current_setting('guichet.organization')::uuid, seat) as whose
  on conflict (organization_id, seat_id) do update
  set kind = excluded.kind, phone = excluded.phone, is_demo = excluded.is_demo, ended_at = null,
    given_at = case when known.phone = excluded.phone then known.given_at else excluded.given_at end,
    last_used_at = case when known.phone = excluded.phone then known.last_used_at end,
    person = case when known.phone = excluded.phone then known.person else excluded.person end,
    unclaimed = case when known.phone = excluded.phone then known.unclaimed else excluded.unclaimed end
$$;
create or replace function seat_index_move(seat uuid, new_phone text, at timestamptz) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  update identity.seats set phone = new_phone, given_at = at, last_used_at = null,
    (person, unclaimed) = (select whose.person, whose.unclaimed from identity.whose_at(new_phone, organization_id, seat_id) as whose)
  where organization_id = current_setting('guichet.organization')::uuid and seat_id = seat and phone <> new_phone;
  if found then
    update identity.sessions set ended_at = at where id in (
      select id from identity.sessions
      where organization_id = current_setting('guichet.organization')::uuid and seat_id = seat and ended_at is null order by id for update);
  end if;
end $$;
