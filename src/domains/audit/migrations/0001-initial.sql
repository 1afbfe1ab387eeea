create table audit_entries (
  organization_id uuid not null,
  id uuid not null,
  at timestamptz not null,
  actor_id uuid not null,
  actor_kind text not null check (actor_kind in ('EMPLOYEE', 'CONTACT')),
  session_id uuid,
  act text not null,
  module text not null,
  objects jsonb not null,
  fields jsonb not null,
  primary key (organization_id, id)
);
create index audit_entries_of_actor on audit_entries (organization_id, actor_id, id desc);
alter table audit_entries enable row level security;
alter table audit_entries force row level security;
create policy audit_entries_organization on audit_entries to guichet_app using (organization_id = (select current_setting('guichet.organization')::uuid)) with check (organization_id = (select current_setting('guichet.organization')::uuid));
grant select, insert on audit_entries to guichet_app;
create trigger audit_entries_stays before update or delete or truncate on audit_entries for each statement execute function refuse_change();

create table audit_objects (
  organization_id uuid not null,
  object_id uuid not null,
  entry_id uuid not null,
  primary key (organization_id, object_id, entry_id)
);
alter table audit_objects enable row level security;
alter table audit_objects force row level security;
create policy audit_objects_organization on audit_objects to guichet_app using (organization_id = (select current_setting('guichet.organization')::uuid)) with check (organization_id = (select current_setting('guichet.organization')::uuid));
grant select, insert on audit_objects to guichet_app;
create trigger audit_objects_stays before update or delete or truncate on audit_objects for each statement execute function refuse_change();
