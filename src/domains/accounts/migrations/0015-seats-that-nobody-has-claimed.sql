-- A seat that an organization gave to a number while several people were at it: nobody knows whose it is, until one of them takes it along by name.
alter table identity.seats add unclaimed boolean not null default false;
alter table identity.seats add constraint seats_unclaimed check (not unclaimed or person is null);

-- Whose a seat is that comes to a number: of whoever has the organization's other seats there, where that is one person; else of whoever is alone at
-- the number, whom its account names; else of nobody as yet. Two halves, for each has an index of its own.
create function identity.whose_at(number text, organization uuid, seat uuid, out person uuid, out unclaimed boolean)
language sql stable as $$
  with there as (
    select organization_id, person, unclaimed, true as is_live from identity.seats where phone = number and ended_at is null and seat_id <> seat
    union all
    select organization_id, person, unclaimed, false from identity.seats where phone = number and ended_at is not null and seat_id <> seat
  ), beside as (
    select count(*) as seats, min(person::text)::uuid as person, bool_or(unclaimed) or count(distinct coalesce(person::text, '')) > 1 as unclaimed
    from there where organization_id = organization and is_live
  ), alone as (
    select last.person, exists (select from there where unclaimed or person is distinct from last.person) as unclaimed
    from (select (select person from identity.accounts where phone = number) as person) as last
  ), whose as (
    select person, unclaimed from beside where seats > 0
    union all
    select alone.person, alone.unclaimed from alone, beside where beside.seats = 0
  )
  select case when not unclaimed then person end, unclaimed from whose
$$;
revoke all on function identity.whose_at(text, uuid, uuid) from public;

create or replace function seat_index_add(seat uuid, seat_kind text, seat_phone text, seat_is_demo boolean, at timestamptz) returns void
language sql security definer set search_path = pg_catalog, pg_temp as $$
  insert into identity.seats as known (organization_id, seat_id, kind, phone, is_demo, created_at, person, unclaimed)
  select current_setting('guichet.organization')::uuid, seat, seat_kind, seat_phone, seat_is_demo, at, whose.person, whose.unclaimed
  from identity.whose_at(seat_phone, current_setting('guichet.organization')::uuid, seat) as whose
  on conflict (organization_id, seat_id) do update
  set kind = excluded.kind, phone = excluded.phone, is_demo = excluded.is_demo, ended_at = null,
    last_used_at = case when known.phone = excluded.phone then known.last_used_at end,
    person = case when known.phone = excluded.phone then known.person else excluded.person end,
    unclaimed = case when known.phone = excluded.phone then known.unclaimed else excluded.unclaimed end
$$;
create or replace function seat_index_move(seat uuid, new_phone text, at timestamptz) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  update identity.seats set phone = new_phone, last_used_at = null,
    (person, unclaimed) = (select whose.person, whose.unclaimed from identity.whose_at(new_phone, organization_id, seat_id) as whose)
  where organization_id = current_setting('guichet.organization')::uuid and seat_id = seat and phone <> new_phone;
  if found then
    update identity.sessions set ended_at = at where id in (
      select id from identity.sessions
      where organization_id = current_setting('guichet.organization')::uuid and seat_id = seat and ended_at is null order by id for update);
  end if;
end $$;
create or replace function seat_index_join(seat uuid, beside uuid) returns void
language sql security definer set search_path = pg_catalog, pg_temp as $$
  update identity.seats as own set person = other.person, unclaimed = other.unclaimed
  from identity.seats as other
  where own.organization_id = current_setting('guichet.organization')::uuid and own.seat_id = seat
    and other.organization_id = own.organization_id and other.seat_id = beside and other.phone = own.phone
$$;
drop function identity.person_at(text, uuid, uuid);
