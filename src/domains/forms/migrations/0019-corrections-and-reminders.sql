alter table "form_tasks" add "reminded_at" timestamptz null;
alter table "business_forms" add "again_from" text null, add "rejection_reason" text null;
