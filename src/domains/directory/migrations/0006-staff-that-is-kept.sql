alter table "employees" add "version" integer not null default 1, add "name_verified" boolean not null default false, add "nickname" text null;
alter table "admin_rights" drop constraint "admin_rights_admin_right_check";
