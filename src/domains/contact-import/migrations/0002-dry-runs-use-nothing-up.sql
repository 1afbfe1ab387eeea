alter table "contact_imports" drop constraint "contact_imports_organization_id_upload_id_fkey";
alter table "contact_imports" add constraint "contact_imports_organization_id_fkey" foreign key ("organization_id") references "organizations" ("organization_id") on update no action on delete no action;
