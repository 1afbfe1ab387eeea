-- outside a transaction
drop index concurrently if exists plg_ordering.orders_site;
create index concurrently orders_site on plg_ordering.orders (organization_id, company_id, site, form_id desc) where site is not null;
