alter table "employee_imports" add "supervisions_made" integer null, add "supervisions_ended" integer null;
