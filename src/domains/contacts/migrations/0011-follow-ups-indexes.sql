-- outside a transaction
drop index concurrently if exists contacts_follow_ups;
drop index concurrently if exists contacts_of_owner_follow_ups;
create index concurrently contacts_follow_ups on contacts (organization_id, follow_up_on, id) where follow_up_on is not null and deleted_at is null;
create index concurrently contacts_of_owner_follow_ups on contacts (organization_id, owner_id, follow_up_on, id) where follow_up_on is not null and deleted_at is null;
