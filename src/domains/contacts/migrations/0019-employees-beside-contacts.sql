alter table "contacts" add "beside_id" uuid null;
