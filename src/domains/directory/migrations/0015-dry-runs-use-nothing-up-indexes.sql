-- outside a transaction
drop index concurrently if exists employee_imports_upload;
