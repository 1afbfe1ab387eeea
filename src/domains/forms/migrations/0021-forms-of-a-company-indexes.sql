-- outside a transaction
drop index concurrently if exists business_forms_company;
create index concurrently business_forms_company on business_forms (organization_id, company_id, id desc) where company_id is not null;
