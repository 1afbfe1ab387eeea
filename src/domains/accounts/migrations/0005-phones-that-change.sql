-- A person's own phone has changed, and an organization is still to be told for one of its seats: kept with the change itself, and gone with
-- the transaction in which the organization follows.
create table identity.phone_changes (
  change_id uuid not null,
  organization_id uuid not null,
  seat_id uuid not null,
  kind text not null check (kind in ('EMPLOYEE', 'CONTACT')),
  phone text not null check (phone ~ '^\+[1-9][0-9]{4,14}$'),
  changed_at timestamptz not null,
  primary key (change_id, organization_id, seat_id),
  foreign key (organization_id, seat_id) references identity.seats (organization_id, seat_id)
);
revoke all on identity.phone_changes from public;
grant select, insert, update, delete on identity.phone_changes to guichet_identity;

-- Takes what the organization of the transaction is to be told of one change: of two who take it the second waits, and finds nothing.
create function phone_changes_take(change uuid) returns table (seat uuid, seat_kind text, new_phone text, at timestamptz)
language sql security definer set search_path = pg_catalog, pg_temp as $$
  delete from identity.phone_changes
  where change_id = change and organization_id = current_setting('guichet.organization')::uuid
  returning seat_id, kind, phone, changed_at
$$;

revoke all on function phone_changes_take(uuid) from public;
grant execute on function phone_changes_take(uuid) to guichet_app;
