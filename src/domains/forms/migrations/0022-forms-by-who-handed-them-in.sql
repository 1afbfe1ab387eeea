-- outside a transaction
drop index concurrently if exists business_forms_submitter;
create index concurrently business_forms_submitter on business_forms (organization_id, submitted_by_id, id desc) where submitted_by_id is not null;
