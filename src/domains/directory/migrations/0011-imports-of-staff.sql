create table "employee_imports" ("organization_id" uuid not null, "id" uuid not null, "started_by" uuid not null, "upload_id" uuid not null, "is_dry_run" boolean not null, "is_applied" boolean not null default false, "created" integer not null default 0, "updated" integer not null default 0, "unchanged" integer not null default 0, "rejected" integer not null default 0, "unknown_columns" jsonb not null default '[]', "rejected_rows_id" uuid null, "created_at" timestamptz not null, "finished_at" timestamptz null, primary key ("organization_id", "id"));
alter table "employee_imports" add constraint "employee_imports_organization_id_upload_id_fkey" foreign key ("organization_id", "upload_id") references "files" ("organization_id", "id") on update no action on delete restrict;
alter table "employee_imports" add constraint "employee_imports_organization_id_rejected_rows_id_fkey" foreign key ("organization_id", "rejected_rows_id") references "files" ("organization_id", "id") on update no action on delete restrict;
alter table "employee_imports" enable row level security;
alter table "employee_imports" force row level security;
create policy "employee_imports_organization" on "employee_imports" to "guichet_app" using (organization_id = (select current_setting('guichet.organization')::uuid)) with check (organization_id = (select current_setting('guichet.organization')::uuid));
create unique index employee_imports_upload on employee_imports (organization_id, upload_id);
create unique index employee_imports_rejected_rows on employee_imports (organization_id, rejected_rows_id) where rejected_rows_id is not null;
grant select, insert, update, delete on employee_imports to guichet_app;
