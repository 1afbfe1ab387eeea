-- outside a transaction
drop index concurrently if exists form_tasks_alarm;
create index concurrently form_tasks_alarm on form_tasks (organization_id, alarm_at) where state = 'OPEN' and alarm_at is not null;
