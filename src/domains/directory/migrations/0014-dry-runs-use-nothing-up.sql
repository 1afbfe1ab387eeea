alter table "employee_imports" drop constraint "employee_imports_organization_id_upload_id_fkey";
alter table "employee_imports" add constraint "employee_imports_organization_id_fkey" foreign key ("organization_id") references "organizations" ("organization_id") on update no action on delete no action;
