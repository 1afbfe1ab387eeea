-- outside a transaction
drop index concurrently if exists interactions_of_tag;
create index concurrently interactions_of_tag on interactions (organization_id, tag_id) where tag_id is not null;
