alter table "tags" add "version" integer not null default 1, add "position" integer not null default 0;
alter table "tag_groups" add "version" integer not null default 1;
