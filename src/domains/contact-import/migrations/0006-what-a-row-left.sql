alter table "contact_import_rows" add "after" jsonb null;
