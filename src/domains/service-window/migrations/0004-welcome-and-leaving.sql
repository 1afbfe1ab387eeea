create table "window_leavings" ("organization_id" uuid not null, "contact_id" uuid not null, "left_at" timestamptz not null, primary key ("organization_id", "contact_id"));
alter table "service_windows" add "version" integer not null default 1, add "welcome" text null;
alter table "window_leavings" add constraint "window_leavings_organization_id_contact_id_fkey" foreign key ("organization_id", "contact_id") references "contacts" ("organization_id", "id") on update no action on delete cascade;
alter table "window_leavings" enable row level security;
alter table "window_leavings" force row level security;
create policy "window_leavings_organization" on "window_leavings" to "guichet_app" using (organization_id = (select current_setting('guichet.organization')::uuid)) with check (organization_id = (select current_setting('guichet.organization')::uuid));
grant select, insert, update, delete on window_leavings to guichet_app;
