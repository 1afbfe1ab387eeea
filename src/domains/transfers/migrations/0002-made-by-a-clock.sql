alter table "transfers" alter column "created_by" drop not null;
alter table "transfers" add constraint "transfers_organization_id_fkey" foreign key ("organization_id") references "organizations" ("organization_id") on update no action on delete no action;
