-- outside a transaction
drop index concurrently if exists contact_imports_upload;
