alter table "files" add "kept_until" timestamptz null;
