alter table "contacts" add "purged_at" timestamptz null;
