create table "plg_franchise"."co_applicants" ("organization_id" uuid not null, "application_id" uuid not null, "contact_id" uuid not null, "since" timestamptz not null, primary key ("organization_id", "application_id", "contact_id"));
alter table "plg_franchise"."territories" add "outline" jsonb null;
alter table "plg_franchise"."co_applicants" add constraint "co_applicants_organization_id_application_id_fkey" foreign key ("organization_id", "application_id") references "plg_franchise"."applications" ("organization_id", "id") on update no action on delete restrict;
alter table "plg_franchise"."co_applicants" add constraint "co_applicants_organization_id_contact_id_fkey" foreign key ("organization_id", "contact_id") references "contacts" ("organization_id", "id") on update no action on delete restrict;
alter table "plg_franchise"."co_applicants" enable row level security;
alter table "plg_franchise"."co_applicants" force row level security;
create policy "co_applicants_organization" on "plg_franchise"."co_applicants" to "guichet_app" using (organization_id = (select current_setting('guichet.organization')::uuid)) with check (organization_id = (select current_setting('guichet.organization')::uuid));
create index co_applicants_contact on plg_franchise.co_applicants (organization_id, contact_id, application_id);
grant select, insert, update, delete on plg_franchise.co_applicants to guichet_app;
