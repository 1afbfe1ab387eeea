create table "tag_search_terms" ("organization_id" uuid not null, "term" text collate "C" not null, "tag_id" uuid not null, primary key ("organization_id", "term", "tag_id"));
alter table "tags" add "found_as" text null;
alter table "tag_search_terms" add constraint "tag_search_terms_organization_id_tag_id_fkey" foreign key ("organization_id", "tag_id") references "tags" ("organization_id", "id") on update no action on delete cascade;
alter table "tag_search_terms" enable row level security;
alter table "tag_search_terms" force row level security;
create policy "tag_search_terms_organization" on "tag_search_terms" to "guichet_app" using (organization_id = (select current_setting('guichet.organization')::uuid)) with check (organization_id = (select current_setting('guichet.organization')::uuid));
create index tag_search_terms_of on tag_search_terms (organization_id, tag_id);
grant select, insert, update, delete on tag_search_terms to guichet_app;
