alter table "plg_franchise"."disclosures" add "file_id" uuid null;
alter table "plg_franchise"."disclosures" alter column "text" drop not null;
alter table "plg_franchise"."disclosures" add constraint "disclosures_organization_id_file_id_fkey" foreign key ("organization_id", "file_id") references "files" ("organization_id", "id") on update no action on delete restrict;
alter table "plg_franchise"."disclosures" add constraint "disclosures_text_or_file" check (num_nonnulls(text, file_id) = 1);
