alter table "plg_ordering"."reservations" drop constraint "reservations_quantity_check";
alter table "plg_ordering"."reservations" add constraint "reservations_quantity_check" check (quantity >= 0);
