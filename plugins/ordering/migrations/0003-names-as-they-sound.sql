alter table plg_ordering.products add column sort_name text collate "C" not null default '';
create index products_by_name on plg_ordering.products (organization_id, sort_name, id);
