-- outside a transaction
drop index concurrently if exists plg_ordering.products_sku;
drop index concurrently if exists plg_ordering.products_variants;
create unique index concurrently products_sku on plg_ordering.products (organization_id, sku) where sku is not null;
create index concurrently products_variants on plg_ordering.products (organization_id, variant_of_id, id) where variant_of_id is not null;
