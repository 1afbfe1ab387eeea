-- outside a transaction
drop index concurrently if exists employees_by_name;
create index concurrently employees_by_name on employees (organization_id, sort_name, id);
drop index concurrently if exists departments_by_name;
create index concurrently departments_by_name on departments (organization_id, sort_name, id);
