-- outside a transaction
drop index concurrently if exists contacts_to_purge;
create index concurrently contacts_to_purge on contacts (organization_id, deleted_at, id) where deleted_at is not null and purged_at is null;
