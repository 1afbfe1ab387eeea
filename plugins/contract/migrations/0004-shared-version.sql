alter table "plg_contract"."contracts" add "shared_version_id" uuid null;
