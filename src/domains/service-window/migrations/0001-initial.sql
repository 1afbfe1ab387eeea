create table service_windows (
  organization_id uuid not null,
  opened_at timestamptz not null,
  opened_by uuid not null,
  primary key (organization_id),
  foreign key (organization_id) references organizations (organization_id),
  foreign key (organization_id, opened_by) references employees (organization_id, id) on delete restrict
);
alter table service_windows enable row level security;
alter table service_windows force row level security;
create policy service_windows_organization on service_windows to guichet_app using (organization_id = (select current_setting('guichet.organization')::uuid)) with check (organization_id = (select current_setting('guichet.organization')::uuid));
grant select, insert, update, delete on service_windows to guichet_app;
create trigger service_windows_rights after insert or update or delete on service_windows for each row execute function raise_rights_version();

create table window_members (
  organization_id uuid not null,
  contact_id uuid not null,
  joined_at timestamptz not null,
  primary key (organization_id, contact_id),
  foreign key (organization_id) references organizations (organization_id),
  foreign key (organization_id, contact_id) references contacts (organization_id, id) on delete cascade
);
alter table window_members enable row level security;
alter table window_members force row level security;
create policy window_members_organization on window_members to guichet_app using (organization_id = (select current_setting('guichet.organization')::uuid)) with check (organization_id = (select current_setting('guichet.organization')::uuid));
grant select, insert, update, delete on window_members to guichet_app;
create trigger window_members_rights after insert or update or delete on window_members for each row execute function raise_rights_version();
