import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import pg from 'pg';
import { connections, databaseUrl, listenAndTell, type Seat, seatOf } from './contestant.ts';

// What is possible at all: node:http and one prepared statement written by hand for each operation; no GraphQL, no row security.
const pool = new pg.Pool({ connectionString: databaseUrl, max: connections, options: '-c jit=off -c timezone=UTC' });

const CONTACT = `json_build_object('id', c.id, 'name', c.name, 'phone', c.phone,
  'tags', (select json_agg(json_build_object('name', t.name, 'group', json_build_object('name', g.name, 'color', g.color)) order by t.id) from contact_tags ct
    join tags t on t.organization_id = $1 and t.id = ct.tag_id join tag_groups g on g.organization_id = $1 and g.id = t.group_id where ct.organization_id = $1 and ct.contact_id = c.id),
  'sharees', (select json_agg(e.name) from (select employee_id from contact_shares s where s.organization_id = $1 and s.contact_id = c.id order by s.id desc limit 3) s
    join employees e on e.organization_id = $1 and e.id = s.employee_id),
  'owner', (select json_build_object('name', o.name, 'supervisors', (select json_agg(p.name) from employees p where p.organization_id = $1 and p.id <> o.id and p.id in (
    select lead.employee_id from department_members own join department_closure tree on tree.organization_id = $1 and tree.descendant_id = own.department_id
      join department_members lead on lead.organization_id = $1 and lead.department_id = tree.ancestor_id and lead.is_supervisor
    where own.organization_id = $1 and own.employee_id = o.id))) from employees o where o.organization_id = $1 and o.id = c.owner_id))`;
const LED = `select distinct m.employee_id from department_members l join department_closure t on t.organization_id = $1 and t.ancestor_id = l.department_id
  join department_members m on m.organization_id = $1 and m.department_id = t.descendant_id where l.organization_id = $1 and l.employee_id = $2 and l.is_supervisor and m.employee_id <> $2`;
const page = (
  ofTeam: string,
): string => `select json_agg(row order by id desc)::text json from (select c.id, ${CONTACT} row from (select id from (
    (select id from contacts where organization_id = $1 and owner_id = $2 and deleted_at is null order by id desc limit 50)
    union (select contact_id from contact_shares where organization_id = $1 and employee_id = $2 order by contact_id desc limit 50)
    union (${ofTeam})) found order by id desc limit 50) page join contacts c on c.organization_id = $1 and c.id = page.id) rows`;
const FEW = `select top.id from (${LED}) led(id) cross join lateral (select id from contacts where organization_id = $1 and owner_id = led.id and deleted_at is null order by id desc limit 50) top`;
const MANY = `select id from contacts where organization_id = $1 and deleted_at is null and owner_id = any(array(${LED})) order by id desc limit 50`;
const ORDER = `json_build_object('id', o.form_id, 'texts', json_build_array(o.number, o.state, o.recipient),
  'lines', (select json_agg(json_build_array(l.name, l.quantity, l.shipped) order by l.position) from plg_ordering.order_lines l where l.organization_id = $1 and l.form_id = o.form_id),
  'shipments', (select json_agg(json_build_array(s.carrier, s.shipped_at) order by s.id) from plg_ordering.shipments s where s.organization_id = $1 and s.form_id = o.form_id))`;
const ordersOf = (found: string): string => `select json_agg(row order by id desc)::text json from (select o.form_id id, ${ORDER} row
  from (${found} order by id desc limit 20) page join plg_ordering.orders o on o.organization_id = $1 and o.form_id = page.id) rows`;
const OF_OWNER = (
  owner: string,
): string => `select f.id from contacts c join business_forms f on f.organization_id = $1 and f.contact_id = c.id and f.kind = 'ORDER'
  where c.organization_id = $1 and c.deleted_at is null and c.owner_id = ${owner}`;
const OF_CONTACTS = `select id from (${OF_OWNER('$2')} union all ${OF_OWNER(`any(array(${LED}))`)}) found`;
const OF_ALL = `select f.id from business_forms f where f.organization_id = $1 and f.kind = 'ORDER' and exists (select 1 from contacts c
  where c.organization_id = $1 and c.id = f.contact_id and c.deleted_at is null and (c.owner_id = $2 or c.owner_id = any(array(${LED}))))`;
const STATEMENTS: Record<string, string> = {
  A1: ordersOf(OF_CONTACTS),
  A1wide: ordersOf(OF_ALL),
  Q1: page(FEW),
  Q1wide: page(MANY),
  Q2: `select json_build_object('id', c.id, 'name', c.name, 'phone', c.phone, 'position', c.position, 'address', c.address, 'email', c.email, 'remark', c.remark,
    'source', c.source, 'createdAt', c.created_at, 'updatedAt', c.updated_at, 'company', (select name from companies where organization_id = $1 and id = c.company_id),
    'owner', (select name from employees where organization_id = $1 and id = c.owner_id), 'canEdit', c.owner_id = $2 or c.owner_id = any(array(${LED})), 'canCall', true,
    'timeline', (select json_agg(json_build_object('id', i.id, 'kind', i.kind, 'at', i.at, 'actor', (select name from employees where organization_id = $1 and id = i.actor_id)) order by i.id desc)
      from (select * from interactions where organization_id = $1 and contact_id = c.id order by id desc limit 20) i))::text json
    from contacts c where organization_id = $1 and id = $3`,
  Q3: `select json_agg(json_build_object('id', t.id, 'createdAt', t.created_at, 'number', f.number, 'state', f.state, 'contact', (select name from contacts where organization_id = $1 and id = f.contact_id),
    'earlier', (select json_agg(json_build_array(d.decision, d.decided_at, (select name from employees where organization_id = $1 and id = d.assignee_id)) order by d.id desc)
      from (select * from form_tasks d where d.organization_id = $1 and d.form_id = t.form_id and d.state = 'DECIDED' and d.id < t.id order by d.id desc limit 4) d)) order by t.id desc)::text json
    from (select * from form_tasks where organization_id = $1 and assignee_id = $2 and state = 'OPEN' order by id desc limit 20) t join business_forms f on f.organization_id = $1 and f.id = t.form_id`,
  Q5: `select json_agg(row order by id desc)::text json from (select c.id, ${CONTACT} row from (
    select distinct c.id from contact_search_terms s join contact_tags ct on ct.organization_id = $1 and ct.contact_id = s.contact_id and ct.tag_id = $4
      join contacts c on c.organization_id = $1 and c.id = s.contact_id and c.deleted_at is null
    where s.organization_id = $1 and s.term >= $3 collate "C" and s.term < ($3 || U&'\\+10FFFF') collate "C" and (c.owner_id = $2 or c.owner_id = any(array(${LED})) or exists (
      select 1 from contact_shares sh where sh.organization_id = $1 and sh.contact_id = c.id and sh.employee_id = $2)) order by id desc limit 50) page join contacts c on c.organization_id = $1 and c.id = page.id) rows`,
  M1: `with task as (update form_tasks set state = 'DECIDED', decision = 'APPROVED', decided_at = now(), version = version + 1
      where organization_id = $1 and id = $3 and assignee_id = $2 and state = 'OPEN' returning id, form_id),
    history as (insert into form_history (organization_id, id, form_id, kind, actor_id, next_id, at) select $1, bench.uuid_v7(), form_id, 'APPROVED', $2, $4, now() from task),
    next as (insert into form_tasks (organization_id, id, form_id, assignee_id, state, created_at) select $1, bench.uuid_v7(), form_id, $4, 'OPEN', now() from task returning id),
    part as (insert into form_participants (organization_id, form_id, employee_id, since) select $1, form_id, $4, now() from task on conflict do nothing),
    form as (update business_forms set version = version + 1, updated_at = now() where organization_id = $1 and id = (select form_id from task)),
    events as (insert into events (organization_id, id, stream, topic, kind, seat_id, subject_id, facts, at)
      select $1, bench.uuid_v7(), $1, e.topic, e.kind, e.seat, e.subject, '{}', now() from task, next,
        lateral (values ('TASK', 'DECIDED', $2::uuid, task.id), ('TASK', 'OPENED', $4::uuid, next.id), ('FORM', 'APPROVED', null, task.form_id)) e(topic, kind, seat, subject))
    select json_build_object('state', 'DECIDED')::text json from task`,
};
const wide = new Map<string, boolean>();
async function isWide({ organizationId, id }: Seat): Promise<boolean> {
  const known = wide.get(id);
  if (known !== undefined) return known;
  const { rowCount } = await pool.query(`${LED} limit 33`, [organizationId, id]);
  wide.set(id, (rowCount ?? 0) > 32);
  return (rowCount ?? 0) > 32;
}

const valuesOf: Record<string, (v: Record<string, string>) => string[]> = {
  Q2: ({ id }) => [id!],
  Q5: ({ search, tag }) => [search!, tag!],
  M1: ({ taskId, nextId }) => [taskId!, nextId!],
};

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  let body = '';
  for await (const chunk of request) body += chunk;
  const { query, variables = {} } = JSON.parse(body) as { query: string; variables?: Record<string, string> };
  const seat = seatOf(request.headers)!;
  response.setHeader('content-type', 'application/json');
  if (query === 'Q4') return void response.end('{"data":{"__typename":"Query"}}');
  const name = (query === 'Q1' || query === 'A1') && (await isWide(seat)) ? `${query}wide` : query;
  const { rows } = await pool.query({
    name,
    text: STATEMENTS[name]!,
    values: [seat.organizationId, seat.id, ...(valuesOf[name]?.(variables) ?? [])],
  });
  response.end(`{"data":${rows[0]?.json ?? 'null'}}`);
}
const server = createServer((request, response) => {
  answer(request, response).catch((error: Error) => response.writeHead(500).end(JSON.stringify({ errors: [{ message: error.message }] })));
});
listenAndTell(server);
