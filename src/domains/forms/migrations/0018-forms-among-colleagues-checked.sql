-- outside a transaction
alter table "business_forms" validate constraint "business_forms_of_somebody";
