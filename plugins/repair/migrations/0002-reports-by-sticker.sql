alter table "plg_repair"."orders" add "reported" boolean not null default false;
