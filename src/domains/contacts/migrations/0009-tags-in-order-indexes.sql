-- outside a transaction
drop index concurrently if exists tags_in_order;
create index concurrently tags_in_order on tags (organization_id, group_id, position, id);
