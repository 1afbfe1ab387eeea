-- outside a transaction
drop index concurrently if exists form_template_versions_id;
create unique index concurrently form_template_versions_id on form_template_versions (organization_id, id);
