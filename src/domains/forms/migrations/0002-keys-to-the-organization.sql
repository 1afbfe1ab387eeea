-- A row that cannot be without another of its organization belongs to one by that. A key to the organization's own row makes all who write in it lock it.
alter table form_template_versions drop constraint form_template_versions_organization_id_fkey;
alter table business_forms drop constraint business_forms_organization_id_fkey;
alter table form_tasks drop constraint form_tasks_organization_id_fkey;
alter table form_participants drop constraint form_participants_organization_id_fkey;
alter table form_history drop constraint form_history_organization_id_fkey;
