-- outside a transaction
drop index concurrently if exists contacts_untyped;
create index concurrently contacts_untyped on contacts (organization_id, id) where custom_fields <> '{}';
