-- outside a transaction
drop index concurrently if exists employees_staff_number;
create unique index concurrently employees_staff_number on employees (organization_id, staff_number) where left_at is null;
