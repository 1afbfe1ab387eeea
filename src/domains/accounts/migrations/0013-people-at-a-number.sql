-- Several people may be at one number: each seat says whose it is of them. Null is whoever had the number first; everybody who comes to a number by a
-- change is somebody new there, with an id that is greater than those who came before. It stands in place of found_by, which knew the last alone.
alter table identity.seats add person uuid;
-- Who came last to the number and is there: what the number is given from then on is theirs.
alter table identity.accounts add person uuid;
-- As whom a session came to its number by a change; null where it was signed in to with the number, and is of whoever the seat is of that it acts as.
alter table identity.sessions add person uuid;

update identity.accounts account set person = id
where exists (select from identity.seats seat where seat.phone = account.phone and seat.found_by = account.id);
update identity.seats seat set person = account.person
from identity.accounts account
where account.person is not null and seat.phone = account.phone and seat.found_by is distinct from account.id;
update identity.sessions session set person = account.person
from identity.accounts account
where account.id = session.account_id and account.person is not null and session.signed_in_with is distinct from account.phone;

-- Whose a seat is that comes to a number: of whoever has another seat of the organization there, the first of them; else of whoever came last.
create function identity.person_at(number text, organization uuid, seat uuid) returns uuid
language sql stable as $$
  select case when beside.seat_id is not null then beside.person else (select person from identity.accounts where phone = number) end
  from (select) as one left join lateral (
    select found.seat_id, found.person from (
      select organization_id, seat_id, person from identity.seats where phone = number and ended_at is null offset 0
    ) as found
    where found.organization_id = organization and found.seat_id <> seat
    order by found.person nulls first limit 1
  ) as beside on true
$$;
revoke all on function identity.person_at(text, uuid, uuid) from public;

create or replace function seat_index_add(seat uuid, seat_kind text, seat_phone text, seat_is_demo boolean, at timestamptz) returns void
language sql security definer set search_path = pg_catalog, pg_temp as $$
  insert into identity.seats as known (organization_id, seat_id, kind, phone, is_demo, created_at, person)
  values (current_setting('guichet.organization')::uuid, seat, seat_kind, seat_phone, seat_is_demo, at,
    identity.person_at(seat_phone, current_setting('guichet.organization')::uuid, seat))
  on conflict (organization_id, seat_id) do update
  set kind = excluded.kind, phone = excluded.phone, is_demo = excluded.is_demo, ended_at = null,
    last_used_at = case when known.phone = excluded.phone then known.last_used_at end,
    person = case when known.phone = excluded.phone then known.person else excluded.person end
$$;
create or replace function seat_index_move(seat uuid, new_phone text, at timestamptz) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  update identity.seats set phone = new_phone, last_used_at = null, person = identity.person_at(new_phone, organization_id, seat_id)
  where organization_id = current_setting('guichet.organization')::uuid and seat_id = seat and phone <> new_phone;
  if found then
    update identity.sessions set ended_at = at where id in (
      select id from identity.sessions
      where organization_id = current_setting('guichet.organization')::uuid and seat_id = seat and ended_at is null order by id for update);
  end if;
end $$;
create or replace function seat_index_join(seat uuid, beside uuid) returns void
language sql security definer set search_path = pg_catalog, pg_temp as $$
  update identity.seats as own set person = other.person
  from identity.seats as other
  where own.organization_id = current_setting('guichet.organization')::uuid and own.seat_id = seat
    and other.organization_id = own.organization_id and other.seat_id = beside and other.phone = own.phone
$$;

alter table identity.seats drop found_by;
alter table identity.sessions drop signed_in_with;
