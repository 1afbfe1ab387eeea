alter table "departments" add "version" integer not null default 1;
