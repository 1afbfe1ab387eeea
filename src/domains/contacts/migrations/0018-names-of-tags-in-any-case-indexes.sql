-- outside a transaction
drop index concurrently if exists tag_groups_as_one;
-- of names that are one by now, that of the oldest counts; the others are kept as they stand
-- its policies bind the login too, where that is no superuser; requests are another role, which they go on to bind
alter table tag_groups no force row level security;
update tag_groups as later set spared_name = later.name
where later.one_name is not null and exists (
  select from tag_groups as first
  where first.organization_id = later.organization_id and first.id < later.id
    and first.one_name = later.one_name
);
alter table tag_groups force row level security;
create unique index concurrently tag_groups_as_one on tag_groups (organization_id, one_name);
drop index concurrently if exists tags_as_one;
-- of names that are one by now, that of the oldest counts; the others are kept as they stand
-- its policies bind the login too, where that is no superuser; requests are another role, which they go on to bind
alter table tags no force row level security;
update tags as later set spared_name = later.name
where later.one_name is not null and exists (
  select from tags as first
  where first.organization_id = later.organization_id and first.id < later.id and first.group_id = later.group_id
    and first.one_name = later.one_name
);
alter table tags force row level security;
create unique index concurrently tags_as_one on tags (organization_id, group_id, one_name);
