-- outside a transaction
drop index concurrently if exists departments_below;
drop index concurrently if exists departments_on_top;
create unique index concurrently departments_below on departments (organization_id, parent_id, name);
create unique index concurrently departments_on_top on departments (organization_id, name) where parent_id is null;
