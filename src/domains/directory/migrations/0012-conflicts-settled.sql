alter table "directory_conflicts" add "choice" text null, add "settled_by" uuid null;
alter table "directory_conflicts" add constraint "directory_conflicts_organization_id_settled_by_fkey" foreign key ("organization_id", "settled_by") references "employees" ("organization_id", "id") on update no action on delete restrict;
alter table "directory_conflicts" add constraint "directory_conflicts_choice_check" check (choice in ('CONVERT', 'KEEP'));
