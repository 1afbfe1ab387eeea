alter table "contacts" add "further_phones" jsonb not null default '[]';
