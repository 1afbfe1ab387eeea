alter table "contact_book_entries" add "photo" text null;
alter table "contact_book_entries" add constraint "contact_book_entries_photo_check" check (photo in ('WAITING', 'KEPT', 'REFUSED'));
