-- The same visibility for PostGraphile: row security by settings, as its documentation advises, for a role of its own.
do $$ begin
  if not exists (select 1 from pg_roles where rolname = 'bench_postgraphile') then create role bench_postgraphile nologin noinherit; end if;
  if not pg_has_role(current_user, 'bench_postgraphile', 'member') then grant bench_postgraphile to current_user; end if;
end $$;
alter role bench_postgraphile set jit = off;
create schema if not exists bench;
grant usage on schema public, bench to bench_postgraphile;
grant select on organizations, employees, departments, department_closure, department_members, companies, contacts, tag_groups, tags, contact_tags,
  contact_shares, contact_search_terms, interactions, business_forms, form_tasks, form_participants to bench_postgraphile;
grant update on business_forms, form_tasks to bench_postgraphile;
grant select on form_history to bench_postgraphile;
grant insert on form_tasks, form_participants, form_history, events to bench_postgraphile;

create or replace function bench.organization() returns uuid language sql stable as $$ select nullif(current_setting('guichet.organization', true), '')::uuid $$;
create or replace function bench.me() returns uuid language sql stable as $$ select nullif(current_setting('bench.seat', true), '')::uuid $$;
-- Owners whom the seat supervises.
create or replace function bench.led() returns setof uuid language sql stable as $$
  select distinct member.employee_id
  from department_members led
    join department_closure tree on tree.organization_id = led.organization_id and tree.ancestor_id = led.department_id
    join department_members member on member.organization_id = tree.organization_id and member.department_id = tree.descendant_id
  where led.organization_id = bench.organization() and led.employee_id = bench.me() and led.is_supervisor and member.employee_id <> bench.me()
$$;
-- Contacts that the seat may see.
create or replace function bench.visible() returns setof uuid language sql stable as $$
  select id from contacts where organization_id = bench.organization() and owner_id = bench.me()
  union select contact_id from contact_shares where organization_id = bench.organization() and employee_id = bench.me()
  union select id from contacts where organization_id = bench.organization() and owner_id in (select bench.led())
$$;
grant execute on all functions in schema bench to bench_postgraphile;

do $$
declare name text;
begin
  foreach name in array array['organizations','employees','departments','department_closure','department_members','companies','tag_groups','tags','contact_tags',
    'contact_shares','contact_search_terms','interactions','business_forms','form_tasks','form_participants','form_history','events'] loop
    execute format('drop policy if exists bench_organization on %I', name);
    execute format('create policy bench_organization on %I to bench_postgraphile using (organization_id = (select bench.organization())) with check (organization_id = (select bench.organization()))', name);
  end loop;
end $$;
-- Tables of another schema would be called by it.
comment on table plg_ordering.orders is '@name ordered';
comment on table plg_ordering.order_lines is '@name ordered_lines';
comment on table plg_ordering.shipments is '@name ordered_shipments';
grant usage on schema plg_ordering to bench_postgraphile;
grant select on plg_ordering.orders, plg_ordering.order_lines, plg_ordering.shipments to bench_postgraphile;
do $$
declare name text;
begin
  foreach name in array array['order_lines', 'shipments'] loop
    execute format('drop policy if exists bench_organization on plg_ordering.%I', name);
    execute format('create policy bench_organization on plg_ordering.%I to bench_postgraphile using (organization_id = (select bench.organization()))', name);
  end loop;
end $$;
drop policy if exists bench_owned on plg_ordering.orders;
create policy bench_owned on plg_ordering.orders to bench_postgraphile using (organization_id = (select bench.organization())
  and contact_id in (select id from contacts where organization_id = (select bench.organization()) and (owner_id = (select bench.me()) or owner_id in (select bench.led()))));
-- Asked without row security by a definer, or the policy would ask itself.
alter function bench.visible() security definer;
alter function bench.visible() set search_path = public;
drop policy if exists bench_visible on contacts;
create policy bench_visible on contacts to bench_postgraphile
  using (organization_id = (select bench.organization()) and deleted_at is null and id in (select bench.visible()));

-- What the operations need beside tables and foreign keys.
create or replace function employees_supervisors(employee employees) returns setof employees language sql stable as $$
  select person.* from employees person
  where person.organization_id = employee.organization_id and person.id <> employee.id and person.id in (
    select lead.employee_id from department_members own
      join department_closure tree on tree.organization_id = own.organization_id and tree.descendant_id = own.department_id
      join department_members lead on lead.organization_id = own.organization_id and lead.department_id = tree.ancestor_id and lead.is_supervisor
    where own.organization_id = employee.organization_id and own.employee_id = employee.id)
$$;
create or replace function contacts_can_edit(contact contacts) returns boolean language sql stable as $$
  select contact.owner_id = bench.me() or contact.owner_id in (select bench.led())
$$;
create or replace function contacts_can_call(contact contacts) returns boolean language sql stable as $$
  select contact.owner_id = bench.me() or contact.owner_id in (select bench.led()) or exists (
    select 1 from contact_shares share where share.organization_id = contact.organization_id and share.contact_id = contact.id and share.employee_id = bench.me())
$$;
create or replace function form_tasks_earlier_decisions(task form_tasks) returns setof form_tasks language sql stable as $$
  select earlier.* from form_tasks earlier
  where earlier.organization_id = task.organization_id and earlier.form_id = task.form_id and earlier.state = 'DECIDED' and earlier.id < task.id
  order by earlier.id desc limit 4
$$;
-- A participant of a form sees its contact's name, on every path.
create or replace function business_forms_contact_name(form business_forms) returns text language sql stable security definer set search_path = public as $$
  select name from contacts where organization_id = form.organization_id and id = form.contact_id
    and exists (select 1 from form_participants part where part.organization_id = form.organization_id and part.form_id = form.id and part.employee_id = bench.me())
$$;
create or replace function find_contacts(search text, tag uuid) returns setof contacts language sql stable as $$
  select contact.* from contacts contact
  where contact.organization_id = bench.organization() and contact.id in (
    select term.contact_id from contact_search_terms term
      join contact_tags tagging on tagging.organization_id = term.organization_id and tagging.contact_id = term.contact_id and tagging.tag_id = tag
    where term.organization_id = bench.organization() and term.term >= search collate "C" and term.term < (search || U&'\+10FFFF') collate "C")
  order by contact.id desc
$$;
-- PostgreSQL 15 has no uuidv7 of its own.
create or replace function bench.uuid_v7() returns uuid language sql volatile as $$
  select (lpad(to_hex((extract(epoch from clock_timestamp()) * 1000)::bigint), 12, '0') || '7' || substr(md5(gen_random_uuid()::text), 1, 3)
    || '8' || substr(md5(gen_random_uuid()::text), 1, 15))::uuid
$$;
create or replace function approve_task(task_id uuid, next_id uuid) returns form_tasks language plpgsql volatile as $$
declare task form_tasks; form business_forms; made uuid := bench.uuid_v7();
begin
  select * into task from form_tasks where organization_id = bench.organization() and id = task_id for update;
  if task.id is null or task.assignee_id <> bench.me() then raise exception 'forbidden'; end if;
  if task.state <> 'OPEN' then raise exception 'already decided'; end if;
  if not exists (select 1 from employees where organization_id = bench.organization() and id = next_id and left_at is null) then raise exception 'approver'; end if;
  select * into form from business_forms where organization_id = bench.organization() and id = task.form_id for update;
  update form_tasks set state = 'DECIDED', decision = 'APPROVED', decided_at = now(), version = version + 1
    where organization_id = bench.organization() and id = task_id returning * into task;
  insert into form_history (organization_id, id, form_id, kind, actor_id, next_id, at) values (bench.organization(), bench.uuid_v7(), form.id, 'APPROVED', bench.me(), next_id, now());
  insert into form_tasks (organization_id, id, form_id, assignee_id, state, created_at) values (bench.organization(), made, form.id, next_id, 'OPEN', now());
  insert into form_participants (organization_id, form_id, employee_id, since) values (bench.organization(), form.id, next_id, now()) on conflict do nothing;
  update business_forms set version = version + 1, updated_at = now() where organization_id = bench.organization() and id = form.id;
  insert into events (organization_id, id, stream, topic, kind, seat_id, subject_id, facts, at) values
    (bench.organization(), bench.uuid_v7(), bench.organization(), 'TASK', 'DECIDED', bench.me(), task_id, '{}', now()),
    (bench.organization(), bench.uuid_v7(), bench.organization(), 'TASK', 'OPENED', next_id, made, '{}', now()),
    (bench.organization(), bench.uuid_v7(), bench.organization(), 'FORM', 'APPROVED', null, form.id, '{}', now());
  return task;
end $$;
grant execute on all functions in schema bench to bench_postgraphile;

-- PostGraphile calls a column "id" rowId: a column "row_id" beside it needs a name of its own, or no type of the schema is made.
do $$
declare found record;
begin
  for found in
    select owner.relname from pg_class owner
      join pg_attribute other on other.attrelid = owner.oid and other.attname = 'row_id'
      join pg_attribute own on own.attrelid = owner.oid and own.attname = 'id'
    where owner.relkind = 'r' and owner.relnamespace = 'public'::regnamespace loop
    execute format('comment on column %I.row_id is %L', found.relname, '@name pointed_row_id');
  end loop;
end $$;
