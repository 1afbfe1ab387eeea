create table organizations (
  organization_id uuid not null,
  name text not null,
  certification text not null check (certification in ('TEAM', 'BASIC', 'INTERMEDIATE', 'ADVANCED')),
  country text not null default 'CN',
  is_demo boolean not null default false,
  furnished_at timestamptz,
  created_at timestamptz not null,
  primary key (organization_id)
);
alter table organizations enable row level security;
alter table organizations force row level security;
create policy organizations_organization on organizations to guichet_app using (organization_id = (select current_setting('guichet.organization')::uuid)) with check (organization_id = (select current_setting('guichet.organization')::uuid));
grant select, insert, update, delete on organizations to guichet_app;
create trigger organizations_rights after update of certification on organizations for each row execute function raise_rights_version();

create table plugin_states (
  organization_id uuid not null,
  plugin text not null,
  enabled boolean not null default true,
  settings jsonb not null default '{}',
  updated_at timestamptz not null,
  primary key (organization_id, plugin),
  foreign key (organization_id) references organizations (organization_id)
);
alter table plugin_states enable row level security;
alter table plugin_states force row level security;
create policy plugin_states_organization on plugin_states to guichet_app using (organization_id = (select current_setting('guichet.organization')::uuid)) with check (organization_id = (select current_setting('guichet.organization')::uuid));
grant select, insert, update, delete on plugin_states to guichet_app;
create trigger plugin_states_rights after insert or update or delete on plugin_states for each row execute function raise_rights_version();
