alter table "files" add "under_right" text null, add "under_scope" jsonb null;
