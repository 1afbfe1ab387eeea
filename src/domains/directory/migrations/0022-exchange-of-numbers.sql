alter table "directory_conflicts" drop constraint "directory_conflicts_choice_check";
alter table "directory_conflicts" add constraint "directory_conflicts_choice_check" check (choice in ('CONVERT', 'KEEP', 'EXCHANGE'));
