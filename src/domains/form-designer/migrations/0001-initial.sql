create table "form_template_drafts" ("organization_id" uuid not null, "template_id" uuid not null, "version" integer not null default 1, "name" text not null, "icon" text null, "category" text null, "body" jsonb not null, "edited_at" timestamptz not null, "edited_by_id" uuid null, primary key ("organization_id", "template_id"));
alter table "form_template_drafts" add constraint "form_template_drafts_organization_id_template_id_fkey" foreign key ("organization_id", "template_id") references "form_templates" ("organization_id", "id") on update no action on delete cascade;
alter table "form_template_drafts" add constraint "form_template_drafts_organization_id_edited_by_id_fkey" foreign key ("organization_id", "edited_by_id") references "employees" ("organization_id", "id") on update no action on delete restrict;
alter table "form_template_drafts" enable row level security;
alter table "form_template_drafts" force row level security;
create policy "form_template_drafts_organization" on "form_template_drafts" to "guichet_app" using (organization_id = (select current_setting('guichet.organization')::uuid)) with check (organization_id = (select current_setting('guichet.organization')::uuid));
grant select, insert, update, delete on form_template_drafts to guichet_app;
