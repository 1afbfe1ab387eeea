alter table "form_tasks" add "also_for_ids" jsonb null;
