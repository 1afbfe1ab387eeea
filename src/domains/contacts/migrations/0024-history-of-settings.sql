alter table "contact_history" add "of_settings" boolean not null default false;
