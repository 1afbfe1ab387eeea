-- Whether a seat of anybody, in any organization and ended or not, is at a number: a seat that is moved there would become one person's with it. Nobody
-- whose number was proven comes to it or goes until the transaction ends.
create function seat_index_is_taken(number text) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform from identity.accounts where phone = number for share;
  return exists (select from identity.seats where phone = number);
end $$;

revoke all on function seat_index_is_taken(text) from public;
grant execute on function seat_index_is_taken(text) to guichet_app;
