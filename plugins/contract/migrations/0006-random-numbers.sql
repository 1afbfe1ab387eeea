drop table "plg_contract"."counters";
