create table "employment_ends" ("organization_id" uuid not null, "employee_id" uuid not null, "ended_at" timestamptz not null, "rights" jsonb not null, "sat_in" jsonb not null, primary key ("organization_id", "employee_id"));
alter table "employment_ends" add constraint "employment_ends_organization_id_employee_id_fkey" foreign key ("organization_id", "employee_id") references "employees" ("organization_id", "id") on update no action on delete restrict;
alter table "employment_ends" enable row level security;
alter table "employment_ends" force row level security;
create policy "employment_ends_organization" on "employment_ends" to "guichet_app" using (organization_id = (select current_setting('guichet.organization')::uuid)) with check (organization_id = (select current_setting('guichet.organization')::uuid));
grant select, insert, update, delete on employment_ends to guichet_app;
