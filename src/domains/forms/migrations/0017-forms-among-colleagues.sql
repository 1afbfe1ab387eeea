-- Forms that are there are all of a contact: they are looked at afterwards, while others read and write.
alter table "business_forms" alter column "contact_id" drop not null;
alter table "business_forms" add constraint "business_forms_of_somebody" check (contact_id is not null or submitted_by_id is not null) not valid;
