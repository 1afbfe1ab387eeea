create table companies (
  organization_id uuid not null,
  id uuid not null,
  name text not null,
  name_key text not null,
  primary key (organization_id, id),
  foreign key (organization_id) references organizations (organization_id)
);
create unique index companies_name on companies (organization_id, name_key);
alter table companies enable row level security;
alter table companies force row level security;
create policy companies_organization on companies to guichet_app using (organization_id = (select current_setting('guichet.organization')::uuid)) with check (organization_id = (select current_setting('guichet.organization')::uuid));
grant select, insert, update, delete on companies to guichet_app;

create table contacts (
  organization_id uuid not null,
  id uuid not null,
  version integer not null default 1,
  name text not null,
  sort_name text collate "C" not null,
  phone text not null,
  phone_extension text,
  is_mobile boolean not null,
  company_id uuid,
  position text,
  address text,
  email text,
  remark text,
  custom_fields jsonb not null default '{}',
  owner_id uuid,
  source text not null check (source in ('MANUAL', 'VCARD', 'CARD', 'IMPORT', 'LINK', 'API', 'MERGE')),
  created_by uuid,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  last_interaction_at timestamptz,
  deleted_at timestamptz,
  deleted_by uuid,
  primary key (organization_id, id),
  foreign key (organization_id) references organizations (organization_id),
  foreign key (organization_id, company_id) references companies (organization_id, id) on delete restrict,
  foreign key (organization_id, owner_id) references employees (organization_id, id) on delete restrict,
  foreign key (organization_id, created_by) references employees (organization_id, id) on delete restrict,
  foreign key (organization_id, deleted_by) references employees (organization_id, id) on delete restrict
);
create unique index contacts_phone on contacts (organization_id, phone) where deleted_at is null;
create index contacts_newest on contacts (organization_id, id desc) where deleted_at is null;
create index contacts_of_owner on contacts (organization_id, owner_id, id desc);
create index contacts_of_owner_by_name on contacts (organization_id, owner_id, sort_name, id) where deleted_at is null;
create index contacts_unowned on contacts (organization_id, id desc) where owner_id is null and deleted_at is null;
create index contacts_bin on contacts (organization_id, id desc) where deleted_at is not null;
create index contacts_by_name on contacts (organization_id, sort_name, id) where deleted_at is null;
create index contacts_of_company on contacts (organization_id, company_id, id desc) where deleted_at is null;
alter table contacts enable row level security;
alter table contacts force row level security;
create policy contacts_organization on contacts to guichet_app using (organization_id = (select current_setting('guichet.organization')::uuid)) with check (organization_id = (select current_setting('guichet.organization')::uuid));
grant select, insert, update, delete on contacts to guichet_app;
create trigger contacts_rights after update of deleted_at on contacts for each row execute function raise_rights_version();

create table tag_groups (
  organization_id uuid not null,
  id uuid not null,
  name text not null,
  color text not null check (color in ('RED', 'ORANGE', 'YELLOW', 'GREEN', 'BLUE', 'PURPLE')),
  position integer not null,
  primary key (organization_id, id),
  foreign key (organization_id) references organizations (organization_id)
);
create unique index tag_groups_name on tag_groups (organization_id, name);
create index tag_groups_position on tag_groups (organization_id, position, id);
alter table tag_groups enable row level security;
alter table tag_groups force row level security;
create policy tag_groups_organization on tag_groups to guichet_app using (organization_id = (select current_setting('guichet.organization')::uuid)) with check (organization_id = (select current_setting('guichet.organization')::uuid));
grant select, insert, update, delete on tag_groups to guichet_app;

create table tags (
  organization_id uuid not null,
  id uuid not null,
  group_id uuid not null,
  name text not null,
  primary key (organization_id, id),
  foreign key (organization_id) references organizations (organization_id),
  foreign key (organization_id, group_id) references tag_groups (organization_id, id) on delete restrict
);
create unique index tags_name on tags (organization_id, group_id, name);
create index tags_of_group on tags (organization_id, group_id, id);
alter table tags enable row level security;
alter table tags force row level security;
create policy tags_organization on tags to guichet_app using (organization_id = (select current_setting('guichet.organization')::uuid)) with check (organization_id = (select current_setting('guichet.organization')::uuid));
grant select, insert, update, delete on tags to guichet_app;

create table contact_tags (
  organization_id uuid not null,
  contact_id uuid not null,
  tag_id uuid not null,
  group_id uuid not null,
  tagged_at timestamptz not null,
  primary key (organization_id, contact_id, tag_id),
  foreign key (organization_id) references organizations (organization_id),
  foreign key (organization_id, contact_id) references contacts (organization_id, id) on delete cascade,
  foreign key (organization_id, tag_id) references tags (organization_id, id) on delete restrict,
  foreign key (organization_id, group_id) references tag_groups (organization_id, id) on delete restrict
);
create unique index contact_tags_one_a_group on contact_tags (organization_id, contact_id, group_id);
create index contact_tags_of_tag on contact_tags (organization_id, tag_id, contact_id desc);
alter table contact_tags enable row level security;
alter table contact_tags force row level security;
create policy contact_tags_organization on contact_tags to guichet_app using (organization_id = (select current_setting('guichet.organization')::uuid)) with check (organization_id = (select current_setting('guichet.organization')::uuid));
grant select, insert, update, delete on contact_tags to guichet_app;

create table contact_shares (
  organization_id uuid not null,
  id uuid not null,
  contact_id uuid not null,
  employee_id uuid,
  department_id uuid,
  granted_by uuid not null,
  reason text,
  since timestamptz not null,
  until timestamptz,
  primary key (organization_id, id),
  foreign key (organization_id) references organizations (organization_id),
  foreign key (organization_id, contact_id) references contacts (organization_id, id) on delete cascade,
  foreign key (organization_id, employee_id) references employees (organization_id, id) on delete restrict,
  foreign key (organization_id, department_id) references departments (organization_id, id) on delete restrict,
  foreign key (organization_id, granted_by) references employees (organization_id, id) on delete restrict,
  constraint contact_shares_with_one check (num_nonnulls(employee_id, department_id) = 1)
);
create unique index contact_shares_in_person on contact_shares (organization_id, contact_id, employee_id) where employee_id is not null;
create unique index contact_shares_by_department on contact_shares (organization_id, contact_id, department_id) where department_id is not null;
create index contact_shares_of_contact on contact_shares (organization_id, contact_id, id desc);
create index contact_shares_of_employee on contact_shares (organization_id, employee_id, contact_id desc);
create index contact_shares_of_department on contact_shares (organization_id, department_id, contact_id desc);
alter table contact_shares enable row level security;
alter table contact_shares force row level security;
create policy contact_shares_organization on contact_shares to guichet_app using (organization_id = (select current_setting('guichet.organization')::uuid)) with check (organization_id = (select current_setting('guichet.organization')::uuid));
grant select, insert, update, delete on contact_shares to guichet_app;

create table contact_search_terms (
  organization_id uuid not null,
  term text collate "C" not null,
  kind text not null check (kind in ('NAME', 'PHONE', 'PINYIN', 'COMPANY')),
  contact_id uuid not null,
  primary key (organization_id, term, kind, contact_id),
  foreign key (organization_id) references organizations (organization_id),
  foreign key (organization_id, contact_id) references contacts (organization_id, id) on delete cascade
);
create index contact_search_terms_of on contact_search_terms (organization_id, contact_id);
alter table contact_search_terms enable row level security;
alter table contact_search_terms force row level security;
create policy contact_search_terms_organization on contact_search_terms to guichet_app using (organization_id = (select current_setting('guichet.organization')::uuid)) with check (organization_id = (select current_setting('guichet.organization')::uuid));
grant select, insert, update, delete on contact_search_terms to guichet_app;

create table contact_history (
  organization_id uuid not null,
  id uuid not null,
  contact_id uuid not null,
  actor_id uuid not null,
  at timestamptz not null,
  field text not null,
  old jsonb,
  new jsonb,
  primary key (organization_id, id),
  foreign key (organization_id) references organizations (organization_id),
  foreign key (organization_id, contact_id) references contacts (organization_id, id) on delete cascade
);
create index contact_history_of on contact_history (organization_id, contact_id, id desc);
alter table contact_history enable row level security;
alter table contact_history force row level security;
create policy contact_history_organization on contact_history to guichet_app using (organization_id = (select current_setting('guichet.organization')::uuid)) with check (organization_id = (select current_setting('guichet.organization')::uuid));
grant select, insert, update, delete on contact_history to guichet_app;

create table contact_quotas (
  organization_id uuid not null,
  used integer not null default 0 check (used >= 0),
  limit_override integer check (limit_override >= 0),
  primary key (organization_id),
  foreign key (organization_id) references organizations (organization_id)
);
alter table contact_quotas enable row level security;
alter table contact_quotas force row level security;
create policy contact_quotas_organization on contact_quotas to guichet_app using (organization_id = (select current_setting('guichet.organization')::uuid)) with check (organization_id = (select current_setting('guichet.organization')::uuid));
grant select, insert, update, delete on contact_quotas to guichet_app;

create table phone_answers (
  organization_id uuid not null,
  id uuid not null,
  seat_id uuid not null,
  at timestamptz not null,
  primary key (organization_id, id),
  foreign key (organization_id) references organizations (organization_id)
);
create index phone_answers_of_seat on phone_answers (organization_id, seat_id, at);
alter table phone_answers enable row level security;
alter table phone_answers force row level security;
create policy phone_answers_organization on phone_answers to guichet_app using (organization_id = (select current_setting('guichet.organization')::uuid)) with check (organization_id = (select current_setting('guichet.organization')::uuid));
grant select, insert, update, delete on phone_answers to guichet_app;
