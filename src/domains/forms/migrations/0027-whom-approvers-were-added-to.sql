alter table "form_tasks" add "added_to" integer null, add "added_before" boolean null;
