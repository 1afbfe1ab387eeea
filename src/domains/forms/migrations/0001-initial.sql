create table form_templates (
  organization_id uuid not null,
  id uuid not null,
  name text not null,
  kind text not null,
  enabled boolean not null default true,
  current_version integer not null,
  created_at timestamptz not null,
  primary key (organization_id, id),
  foreign key (organization_id) references organizations (organization_id)
);
create index form_templates_kind on form_templates (organization_id, kind, id);
alter table form_templates enable row level security;
alter table form_templates force row level security;
create policy form_templates_organization on form_templates to guichet_app using (organization_id = (select current_setting('guichet.organization')::uuid)) with check (organization_id = (select current_setting('guichet.organization')::uuid));
grant select, insert, update, delete on form_templates to guichet_app;

create table form_template_versions (
  organization_id uuid not null,
  template_id uuid not null,
  version integer not null,
  with_confirmation boolean not null,
  fields jsonb not null,
  published_at timestamptz not null,
  primary key (organization_id, template_id, version),
  foreign key (organization_id) references organizations (organization_id),
  foreign key (organization_id, template_id) references form_templates (organization_id, id) on delete restrict
);
alter table form_template_versions enable row level security;
alter table form_template_versions force row level security;
create policy form_template_versions_organization on form_template_versions to guichet_app using (organization_id = (select current_setting('guichet.organization')::uuid)) with check (organization_id = (select current_setting('guichet.organization')::uuid));
grant select, insert, update, delete on form_template_versions to guichet_app;

create table business_forms (
  organization_id uuid not null,
  id uuid not null,
  version integer not null default 1,
  number text not null,
  kind text not null,
  template_id uuid not null,
  template_version integer not null,
  state text not null check (state in ('DRAFT', 'IN_REVIEW', 'AWAITING_CONFIRMATION', 'NEEDS_CORRECTION', 'COMPLETED', 'REJECTED', 'WITHDRAWN', 'ENDED')),
  paused_reason text,
  customer_state text not null check (customer_state in ('DRAFT', 'RECEIVED', 'IN_PROGRESS', 'NEEDS_YOUR_CORRECTION', 'AWAITING_YOUR_CONFIRMATION', 'COMPLETED', 'REJECTED', 'WITHDRAWN', 'ENDED')),
  customer_state_since timestamptz not null,
  customer_version integer not null default 1,
  contact_id uuid not null,
  answers jsonb not null,
  submitted_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (organization_id, id),
  foreign key (organization_id) references organizations (organization_id),
  foreign key (organization_id, template_id) references form_templates (organization_id, id) on delete restrict,
  foreign key (organization_id, contact_id) references contacts (organization_id, id) on delete restrict
);
create unique index business_forms_number on business_forms (organization_id, number);
create index business_forms_contact on business_forms (organization_id, contact_id, id desc);
create index business_forms_state on business_forms (organization_id, state, id desc);
create index business_forms_kind on business_forms (organization_id, kind, id desc);
alter table business_forms enable row level security;
alter table business_forms force row level security;
create policy business_forms_organization on business_forms to guichet_app using (organization_id = (select current_setting('guichet.organization')::uuid)) with check (organization_id = (select current_setting('guichet.organization')::uuid));
grant select, insert, update, delete on business_forms to guichet_app;

create table form_tasks (
  organization_id uuid not null,
  id uuid not null,
  version integer not null default 1,
  form_id uuid not null,
  assignee_id uuid,
  state text not null check (state in ('OPEN', 'DECIDED', 'HANDED_OVER', 'CANCELLED')),
  created_at timestamptz not null,
  decided_at timestamptz,
  decision text check (decision in ('APPROVED', 'REJECTED')),
  comment text,
  primary key (organization_id, id),
  foreign key (organization_id) references organizations (organization_id),
  foreign key (organization_id, form_id) references business_forms (organization_id, id) on delete restrict,
  foreign key (organization_id, assignee_id) references employees (organization_id, id) on delete restrict
);
create index form_tasks_assignee on form_tasks (organization_id, assignee_id, state, id desc);
create index form_tasks_unclaimed on form_tasks (organization_id, state, id desc) where assignee_id is null;
create index form_tasks_form on form_tasks (organization_id, form_id, id);
alter table form_tasks enable row level security;
alter table form_tasks force row level security;
create policy form_tasks_organization on form_tasks to guichet_app using (organization_id = (select current_setting('guichet.organization')::uuid)) with check (organization_id = (select current_setting('guichet.organization')::uuid));
grant select, insert, update, delete on form_tasks to guichet_app;

create table form_participants (
  organization_id uuid not null,
  form_id uuid not null,
  employee_id uuid not null,
  since timestamptz not null,
  primary key (organization_id, form_id, employee_id),
  foreign key (organization_id) references organizations (organization_id),
  foreign key (organization_id, form_id) references business_forms (organization_id, id) on delete restrict,
  foreign key (organization_id, employee_id) references employees (organization_id, id) on delete restrict
);
create index form_participants_employee on form_participants (organization_id, employee_id, form_id desc);
alter table form_participants enable row level security;
alter table form_participants force row level security;
create policy form_participants_organization on form_participants to guichet_app using (organization_id = (select current_setting('guichet.organization')::uuid)) with check (organization_id = (select current_setting('guichet.organization')::uuid));
grant select, insert, update, delete on form_participants to guichet_app;

create table form_history (
  organization_id uuid not null,
  id uuid not null,
  form_id uuid not null,
  kind text not null check (kind in ('SUBMITTED', 'CLAIMED', 'APPROVED', 'REJECTED', 'CONFIRMATION_ASKED', 'CONFIRMED', 'COMPLETED')),
  actor_id uuid,
  next_id uuid,
  comment text,
  at timestamptz not null,
  primary key (organization_id, id),
  foreign key (organization_id) references organizations (organization_id),
  foreign key (organization_id, form_id) references business_forms (organization_id, id) on delete restrict,
  foreign key (organization_id, actor_id) references employees (organization_id, id) on delete restrict,
  foreign key (organization_id, next_id) references employees (organization_id, id) on delete restrict
);
create index form_history_form on form_history (organization_id, form_id, id);
alter table form_history enable row level security;
alter table form_history force row level security;
create policy form_history_organization on form_history to guichet_app using (organization_id = (select current_setting('guichet.organization')::uuid)) with check (organization_id = (select current_setting('guichet.organization')::uuid));
grant select, insert, update, delete on form_history to guichet_app;
