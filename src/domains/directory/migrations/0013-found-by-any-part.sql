create table "employee_search_terms" ("organization_id" uuid not null, "term" text collate "C" not null, "kind" text not null, "employee_id" uuid not null, primary key ("organization_id", "term", "kind", "employee_id"));
alter table "employee_search_terms" add constraint "employee_search_terms_organization_id_employee_id_fkey" foreign key ("organization_id", "employee_id") references "employees" ("organization_id", "id") on update no action on delete cascade;
alter table "employee_search_terms" add constraint "employee_search_terms_kind_check" check (kind in ('ANY', 'STAFF_NUMBER'));
alter table "employee_search_terms" enable row level security;
alter table "employee_search_terms" force row level security;
create policy "employee_search_terms_organization" on "employee_search_terms" to "guichet_app" using (organization_id = (select current_setting('guichet.organization')::uuid)) with check (organization_id = (select current_setting('guichet.organization')::uuid));
create index employee_search_terms_of on employee_search_terms (organization_id, employee_id, term);
grant select, insert, update, delete on employee_search_terms to guichet_app;
