-- outside a transaction
drop index concurrently if exists business_forms_template;
drop index concurrently if exists business_forms_submitted;
drop index concurrently if exists business_forms_ended;
drop index concurrently if exists business_forms_undated;
create index concurrently business_forms_template on business_forms (organization_id, template_id, id desc);
create index concurrently business_forms_submitted on business_forms (organization_id, submitted_at, id);
create index concurrently business_forms_ended on business_forms (organization_id, ended_at, id) where ended_at is not null;
create index concurrently business_forms_undated on business_forms (organization_id, id) where ended_at is null and state in ('COMPLETED', 'REJECTED', 'WITHDRAWN', 'ENDED');
drop index concurrently if exists form_tasks_handler;
create index concurrently form_tasks_handler on form_tasks (organization_id, assignee_id, form_id desc) where assignee_id is not null;
