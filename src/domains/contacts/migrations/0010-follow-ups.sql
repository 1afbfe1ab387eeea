alter table "contacts" add "follow_up_on" date null, add "follow_up_note" text null, add "follow_up_order" date not null default '9999-12-31';
