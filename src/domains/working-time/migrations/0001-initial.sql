create table "working_calendars" ("organization_id" uuid not null, "version" integer not null default 1, "week" jsonb not null, "days" jsonb not null, primary key ("organization_id"));
alter table "working_calendars" add constraint "working_calendars_organization_id_fkey" foreign key ("organization_id") references "organizations" ("organization_id") on update no action on delete no action;
alter table "working_calendars" enable row level security;
alter table "working_calendars" force row level security;
create policy "working_calendars_organization" on "working_calendars" to "guichet_app" using (organization_id = (select current_setting('guichet.organization')::uuid)) with check (organization_id = (select current_setting('guichet.organization')::uuid));
grant select, insert, update, delete on working_calendars to guichet_app;
