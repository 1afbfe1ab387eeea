-- outside a transaction
drop index concurrently if exists plg_ordering.products_by_name;
create index concurrently products_by_name on plg_ordering.products (organization_id, sort_name, id);
