alter table "contact_book_entries" drop constraint "contact_book_entries_verdict_check";
alter table "contact_book_entries" add constraint "contact_book_entries_verdict_check" check (verdict in ('NEW', 'INCOMPLETE', 'KNOWN', 'EMPLOYEE', 'INVALID', 'QUOTA'));
