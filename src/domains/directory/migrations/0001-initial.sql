create table employees (
  organization_id uuid not null,
  id uuid not null,
  name text not null,
  phone text not null,
  staff_number text,
  position text,
  seniority_date date not null,
  portal_id uuid not null,
  left_at timestamptz,
  primary key (organization_id, id),
  foreign key (organization_id) references organizations (organization_id)
);
create unique index employees_phone on employees (organization_id, phone) where left_at is null;
create unique index employees_portal_id on employees (organization_id, portal_id);
create index employees_name on employees (organization_id, name, id);
alter table employees enable row level security;
alter table employees force row level security;
create policy employees_organization on employees to guichet_app using (organization_id = (select current_setting('guichet.organization')::uuid)) with check (organization_id = (select current_setting('guichet.organization')::uuid));
grant select, insert, update, delete on employees to guichet_app;
create trigger employees_rights after update of left_at on employees for each row execute function raise_rights_version();

create table departments (
  organization_id uuid not null,
  id uuid not null,
  name text not null,
  parent_id uuid,
  primary key (organization_id, id),
  foreign key (organization_id) references organizations (organization_id),
  foreign key (organization_id, parent_id) references departments (organization_id, id) on delete restrict
);
create index departments_parent on departments (organization_id, parent_id);
alter table departments enable row level security;
alter table departments force row level security;
create policy departments_organization on departments to guichet_app using (organization_id = (select current_setting('guichet.organization')::uuid)) with check (organization_id = (select current_setting('guichet.organization')::uuid));
grant select, insert, update, delete on departments to guichet_app;

create table department_closure (
  organization_id uuid not null,
  ancestor_id uuid not null,
  descendant_id uuid not null,
  depth integer not null,
  primary key (organization_id, ancestor_id, descendant_id),
  foreign key (organization_id) references organizations (organization_id),
  foreign key (organization_id, ancestor_id) references departments (organization_id, id) on delete cascade,
  foreign key (organization_id, descendant_id) references departments (organization_id, id) on delete cascade
);
create index department_closure_up on department_closure (organization_id, descendant_id, ancestor_id);
alter table department_closure enable row level security;
alter table department_closure force row level security;
create policy department_closure_organization on department_closure to guichet_app using (organization_id = (select current_setting('guichet.organization')::uuid)) with check (organization_id = (select current_setting('guichet.organization')::uuid));
grant select, insert, update, delete on department_closure to guichet_app;
create trigger department_closure_rights after insert or update or delete on department_closure for each row execute function raise_rights_version();

create table department_members (
  organization_id uuid not null,
  department_id uuid not null,
  employee_id uuid not null,
  is_main boolean not null default false,
  is_supervisor boolean not null default false,
  joined_at timestamptz not null,
  primary key (organization_id, department_id, employee_id),
  foreign key (organization_id) references organizations (organization_id),
  foreign key (organization_id, department_id) references departments (organization_id, id) on delete restrict,
  foreign key (organization_id, employee_id) references employees (organization_id, id) on delete restrict
);
create index department_members_of on department_members (organization_id, employee_id, department_id);
create unique index department_members_main on department_members (organization_id, employee_id) where is_main;
create index department_members_supervisors on department_members (organization_id, department_id, employee_id) where is_supervisor;
alter table department_members enable row level security;
alter table department_members force row level security;
create policy department_members_organization on department_members to guichet_app using (organization_id = (select current_setting('guichet.organization')::uuid)) with check (organization_id = (select current_setting('guichet.organization')::uuid));
grant select, insert, update, delete on department_members to guichet_app;
create trigger department_members_rights after insert or update or delete on department_members for each row execute function raise_rights_version();

create table admin_rights (
  organization_id uuid not null,
  id uuid not null,
  employee_id uuid not null,
  admin_right text not null check (admin_right in ('CONTACTS', 'FORMS', 'WINDOW', 'FILES', 'PLUGINS', 'DIRECTORY', 'AUDIT')),
  department_id uuid,
  primary key (organization_id, id),
  foreign key (organization_id) references organizations (organization_id),
  foreign key (organization_id, employee_id) references employees (organization_id, id) on delete restrict,
  foreign key (organization_id, department_id) references departments (organization_id, id) on delete restrict
);
create unique index admin_rights_whole on admin_rights (organization_id, employee_id, admin_right) where department_id is null;
create unique index admin_rights_scoped on admin_rights (organization_id, employee_id, admin_right, department_id) where department_id is not null;
create index admin_rights_by_right on admin_rights (organization_id, admin_right, employee_id);
alter table admin_rights enable row level security;
alter table admin_rights force row level security;
create policy admin_rights_organization on admin_rights to guichet_app using (organization_id = (select current_setting('guichet.organization')::uuid)) with check (organization_id = (select current_setting('guichet.organization')::uuid));
grant select, insert, update, delete on admin_rights to guichet_app;
create trigger admin_rights_rights after insert or update or delete on admin_rights for each row execute function raise_rights_version();
