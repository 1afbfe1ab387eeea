alter table "plg_contract"."signers" add "is_seal" boolean not null default false;
