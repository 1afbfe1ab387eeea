-- A seat that has ended (its employee has left, its contact lies in the bin) follows its account as others do, so that it comes back to the
-- person and not to whoever has the number by then.
create index seats_phone_ended on identity.seats (phone) where ended_at is not null;

-- The phone by which a seat of the organization of the transaction is signed in to, ended or not. Locks the seat: its account has changed the
-- phone before this is answered, or does so after the transaction.
create function seat_index_phone(seat uuid) returns text
language sql security definer set search_path = pg_catalog, pg_temp as $$
  select phone from identity.seats
  where organization_id = current_setting('guichet.organization')::uuid and seat_id = seat for no key update
$$;

revoke all on function seat_index_phone(uuid) from public;
grant execute on function seat_index_phone(uuid) to guichet_app;
