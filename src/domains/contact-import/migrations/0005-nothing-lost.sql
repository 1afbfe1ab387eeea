alter table "contact_imports" add "unread_sheets" jsonb not null default '[]', add "fields" jsonb null;
