drop table "plg_franchise"."counters";
