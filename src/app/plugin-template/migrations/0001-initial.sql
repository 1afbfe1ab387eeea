create schema plg_sample_plugin;
grant usage on schema plg_sample_plugin to guichet_app;

create table plg_sample_plugin.notes (
  organization_id uuid not null,
  id uuid not null,
  text text not null,
  written_at timestamptz not null,
  primary key (organization_id, id),
  foreign key (organization_id) references organizations (organization_id)
);
alter table plg_sample_plugin.notes enable row level security;
alter table plg_sample_plugin.notes force row level security;
create policy notes_organization on plg_sample_plugin.notes to guichet_app using (organization_id = (select current_setting('guichet.organization')::uuid)) with check (organization_id = (select current_setting('guichet.organization')::uuid));
grant select, insert, update, delete on plg_sample_plugin.notes to guichet_app;
