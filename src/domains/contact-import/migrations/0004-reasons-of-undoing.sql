alter table "contact_imports" add "undo_reason" text null;
