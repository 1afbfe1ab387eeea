alter table "plg_ordering"."shipments" add "state" text not null default 'SHIPPED', add "packed_at" timestamptz null, add "delivered_at" timestamptz null;
alter table "plg_ordering"."shipments" alter column "shipped_at" drop not null;
alter table "plg_ordering"."shipments" alter column "shipped_by" drop not null;
alter table "plg_ordering"."shipments" add constraint "shipments_gone" check ((shipped_at is null) = (state in ('PACKED', 'UNPACKED')));
alter table "plg_ordering"."shipments" add constraint "shipments_state_check" check (state in ('PACKED', 'UNPACKED', 'SHIPPED', 'DELIVERED', 'DISPUTED', 'RECEIVED'));
