-- Live seats of the organization of the transaction that are signed in to with some phones: an account may have proven a number that its row does
-- not have yet, because admins still decide about it.
create function seat_index_having(phones text[]) returns table (seat uuid, seat_kind text, seat_phone text)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select seat_id, kind, phone from identity.seats
  where organization_id = current_setting('guichet.organization')::uuid and phone = any(phones) and ended_at is null
$$;

revoke all on function seat_index_having(text[]) from public;
grant execute on function seat_index_having(text[]) to guichet_app;

-- What is told late and no longer so is told to nobody: the seat has gone on to another phone, which is told by its own change.
create or replace function phone_changes_take(change uuid) returns table (seat uuid, seat_kind text, new_phone text, at timestamptz)
language sql security definer set search_path = pg_catalog, pg_temp as $$
  with taken as (
    delete from identity.phone_changes
    where change_id = change and organization_id = current_setting('guichet.organization')::uuid
    returning organization_id, seat_id, kind, phone, changed_at
  )
  select taken.seat_id, taken.kind, taken.phone, taken.changed_at from taken
  join identity.seats as now on now.organization_id = taken.organization_id and now.seat_id = taken.seat_id and now.phone = taken.phone
$$;
