-- outside a transaction
drop index concurrently if exists departments_below_as_one;
drop index concurrently if exists departments_on_top_as_one;
-- of names that are one by now, that of the oldest counts; the others are kept as they stand
-- its policies bind the login too, where that is no superuser; requests are another role, which they go on to bind
alter table departments no force row level security;
update departments as later set spared_name = later.name
where later.one_name is not null and exists (
  select from departments as first
  where first.organization_id = later.organization_id and first.id < later.id
    and first.parent_id is not distinct from later.parent_id and first.one_name = later.one_name
);
alter table departments force row level security;
create unique index concurrently departments_below_as_one on departments (organization_id, parent_id, one_name);
create unique index concurrently departments_on_top_as_one on departments (organization_id, one_name) where parent_id is null;
