create table "form_values" ("organization_id" uuid not null, "form_id" uuid not null, "field" text collate "C" not null, "nth" integer not null, "term" text collate "C" null, "employee_id" uuid null, primary key ("organization_id", "form_id", "field", "nth"));
alter table "business_forms" add "field_values" jsonb not null default '{}', add "staff_values" jsonb not null default '{}';
alter table "business_forms" alter column "answers" set default '{}';
alter table "form_values" add constraint "form_values_organization_id_form_id_fkey" foreign key ("organization_id", "form_id") references "business_forms" ("organization_id", "id") on update no action on delete cascade;
alter table "form_values" add constraint "form_values_organization_id_employee_id_fkey" foreign key ("organization_id", "employee_id") references "employees" ("organization_id", "id") on update no action on delete restrict;
alter table "form_values" enable row level security;
alter table "form_values" force row level security;
create policy "form_values_organization" on "form_values" to "guichet_app" using (organization_id = (select current_setting('guichet.organization')::uuid)) with check (organization_id = (select current_setting('guichet.organization')::uuid));
create index form_values_term on form_values (organization_id, field, term, form_id desc) where term is not null;
grant select, insert, update, delete on form_values to guichet_app;
-- Fields of published versions get what 0.1 did not have: stable ids, made of their names, so that versions of one template share them.
-- What a server of 0.1 reads stays as it is.
alter table form_template_versions no force row level security;
update form_template_versions set fields = (
  select jsonb_agg(
    field || jsonb_build_object(
      'id', left(encode(sha256(convert_to(field ->> 'name', 'UTF8')), 'hex'), 12),
      'kind', field ->> 'type',
      'readBy', 'EVERYBODY',
      'writtenBy', 'SUBMITTER'
    ) || case when field ? 'choices' then jsonb_build_object('options', (
      select coalesce(jsonb_agg(jsonb_build_object('id', left(encode(sha256(convert_to(choice, 'UTF8')), 'hex'), 12), 'label', choice) order by nth), '[]')
      from jsonb_array_elements_text(field -> 'choices') with ordinality as choices (choice, nth)
    )) else '{}' end
    order by place
  ) from jsonb_array_elements(fields) with ordinality as asked (field, place)
) where jsonb_typeof(fields) = 'array' and fields <> '[]';
alter table form_template_versions force row level security;
