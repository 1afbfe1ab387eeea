alter table "plg_ordering"."shipments" drop constraint "shipments_state_check";
alter table "plg_ordering"."shipments" add constraint "shipments_state_check" check (state in ('PACKED', 'UNPACKED', 'SHIPPED', 'DELIVERED', 'DISPUTED', 'RECEIVED', 'REPLACED'));
