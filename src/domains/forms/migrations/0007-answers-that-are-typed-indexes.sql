-- outside a transaction
drop index concurrently if exists business_forms_untyped;
create index concurrently business_forms_untyped on business_forms (organization_id, id) where answers <> '{}' and field_values = '{}';
