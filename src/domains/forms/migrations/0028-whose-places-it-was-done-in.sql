alter table "form_history" add "for_ids" jsonb null;
