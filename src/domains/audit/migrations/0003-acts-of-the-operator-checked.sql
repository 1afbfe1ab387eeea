-- outside a transaction
alter table "audit_entries" validate constraint "audit_entries_actor_kind_check";
