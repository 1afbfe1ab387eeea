alter table "form_tasks" add "taken_from_id" uuid null;
