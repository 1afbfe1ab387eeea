create table "certifications" ("organization_id" uuid not null, "id" uuid not null, "at" timestamptz not null, "level" text not null, "reason" text not null, primary key ("organization_id", "id"));
alter table "organizations" add "time_zone" text not null default 'Asia/Shanghai';
alter table "certifications" add constraint "certifications_organization_id_fkey" foreign key ("organization_id") references "organizations" ("organization_id") on update no action on delete no action;
alter table "certifications" add constraint "certifications_level_check" check (level in ('TEAM', 'BASIC', 'INTERMEDIATE', 'ADVANCED'));
create trigger certifications_stays before update or delete or truncate on certifications for each statement execute function refuse_change();
alter table "certifications" enable row level security;
alter table "certifications" force row level security;
create policy "certifications_organization" on "certifications" to "guichet_app" using (organization_id = (select current_setting('guichet.organization')::uuid)) with check (organization_id = (select current_setting('guichet.organization')::uuid));
grant select, insert on certifications to guichet_app;
