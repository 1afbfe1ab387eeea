create table interactions (
  organization_id uuid not null,
  id uuid not null,
  contact_id uuid not null,
  kind text not null,
  actor_id uuid,
  at timestamptz not null,
  form_id uuid,
  employee_id uuid,
  other_employee_id uuid,
  department_id uuid,
  tag_id uuid,
  added boolean,
  detail jsonb not null default '{}',
  primary key (organization_id, id),
  foreign key (organization_id) references organizations (organization_id),
  foreign key (organization_id, contact_id) references contacts (organization_id, id) on delete cascade,
  foreign key (organization_id, actor_id) references employees (organization_id, id) on delete restrict,
  foreign key (organization_id, employee_id) references employees (organization_id, id) on delete restrict,
  foreign key (organization_id, other_employee_id) references employees (organization_id, id) on delete restrict,
  foreign key (organization_id, department_id) references departments (organization_id, id) on delete restrict,
  foreign key (organization_id, tag_id) references tags (organization_id, id) on delete cascade
);
create index interactions_of_contact on interactions (organization_id, contact_id, id desc);
alter table interactions enable row level security;
alter table interactions force row level security;
create policy interactions_organization on interactions to guichet_app using (organization_id = (select current_setting('guichet.organization')::uuid)) with check (organization_id = (select current_setting('guichet.organization')::uuid));
grant select, insert, update, delete on interactions to guichet_app;
