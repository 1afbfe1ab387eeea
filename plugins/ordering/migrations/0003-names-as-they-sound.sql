alter table plg_ordering.products add column sort_name text collate "C" not null default '';
