alter table "business_forms" add "ended_at" timestamptz null;
