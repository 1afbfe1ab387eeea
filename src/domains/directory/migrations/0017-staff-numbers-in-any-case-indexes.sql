-- outside a transaction
drop index concurrently if exists employees_staff_number_key;
-- of numbers that are one by now, the oldest employee's counts; the others are kept as they stand
-- its policies bind the login too, where that is no superuser; requests are another role, which they go on to bind
alter table employees no force row level security;
update employees as later set spared_number = later.staff_number
where later.left_at is null and later.staff_number_key is not null and exists (
  select from employees as first
  where first.organization_id = later.organization_id and first.id < later.id and first.left_at is null
    and first.staff_number_key = later.staff_number_key
);
alter table employees force row level security;
create unique index concurrently employees_staff_number_key on employees (organization_id, staff_number_key) where left_at is null;
