-- outside a transaction
drop index concurrently if exists interactions_of_department;
create index concurrently interactions_of_department on interactions (organization_id, department_id) where department_id is not null;
