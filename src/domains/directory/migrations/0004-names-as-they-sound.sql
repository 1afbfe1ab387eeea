-- Lists of names stand in the order of keys that servers make of the names; rows without one get it from every server that starts.
alter table employees add column sort_name text collate "C" not null default '';
alter table departments add column sort_name text collate "C" not null default '';
