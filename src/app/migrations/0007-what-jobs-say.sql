alter table "jobs" add "says" jsonb null;
