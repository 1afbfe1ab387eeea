import pg from 'pg';
import { bulkOrganizationId, seedBulk } from '../../src/app/bulk/bulk-seed.ts';
import { encodeGlobalId } from '../../src/sdk/index.ts';
import type { TestSeat } from '../../src/testing/test-seat.ts';
import type { TestServer } from '../../src/testing/test-server.ts';

/** An organization large enough that a list without its index is noticed. */
const SIZE = { contacts: 20_000, employees: 200, interactions: 20_000, openTasks: 5_000 };
const ORGANIZATION = bulkOrganizationId(0);
const ADMIN = 199;
const SCOPED_ADMIN = 198;

export interface ManyContacts {
  readonly organizationId: string;
  /** Neither supervises nor has a right. */
  readonly staff: TestSeat;
  /** Supervises about fifty, in five teams. */
  readonly supervisor: TestSeat;
  /** Supervises everybody. */
  readonly head: TestSeat;
  /** Has the rights for the whole organization. */
  readonly admin: TestSeat;
  /** Has the rights for the supervisor's department. */
  readonly scopedAdmin: TestSeat;
  /** A contact who is a member of the window and has forms. */
  readonly customer: TestSeat;
  /** Global ids: of a contact of the staff seat with a form, of its form and task, of a tag that many contacts have. */
  readonly ids: { readonly contact: string; readonly form: string; readonly task: string; readonly tag: string; readonly employee: string };
  readonly form: { readonly number: string };
}

const nth = (table: string, every: number): string =>
  `(select id from (select id, row_number() over (order by id) as place from ${table} where organization_id = $1) placed where place % ${every} = 0)`;

/** What the bulk has none of: rights, contacts of nobody and in the bin, shares with departments, tasks to be claimed, a window, an audit record, a catalogue. */
const FURNISHING = [
  `update contacts set owner_id = null where organization_id = $1 and id in ${nth('contacts', 20)}`,
  `update contacts set deleted_at = now() where organization_id = $1 and id in ${nth('contacts', 41)}
     and not exists (select from business_forms form where form.organization_id = $1 and form.contact_id = contacts.id)`,
  `insert into contact_shares (organization_id, id, contact_id, department_id, granted_by, since)
     select $1, gen_random_uuid(), contact.id, unit.id, contact.owner_id, now() from contacts contact
       join lateral (select id from departments where organization_id = $1 order by md5(id::text || contact.id::text) limit 1) unit on true
     where contact.organization_id = $1 and contact.owner_id is not null and contact.id in ${nth('contacts', 7)}`,
  `insert into contact_history (organization_id, id, contact_id, actor_id, at, field, new)
     select $1, gen_random_uuid(), id, created_by, created_at, 'name', to_jsonb(name) from contacts where organization_id = $1`,
  `update form_tasks set assignee_id = null where organization_id = $1 and state = 'OPEN' and id in ${nth('form_tasks', 50)}`,
  `insert into service_windows (organization_id, opened_at, opened_by) select $1, now(), id from employees where organization_id = $1 limit 1`,
  `insert into window_members (organization_id, contact_id, joined_at) select $1, id, now() from contacts where organization_id = $1`,
  `insert into audit_entries (organization_id, id, at, actor_id, actor_kind, act, module, objects, fields)
     select $1, id, created_at, created_by, 'EMPLOYEE', 'updateContact', 'contacts', jsonb_build_array(jsonb_build_array('Contact', id)), '[]'
     from contacts where organization_id = $1`,
  `insert into audit_objects (organization_id, object_id, entry_id) select $1, id, id from contacts where organization_id = $1`,
  `insert into plg_ordering.products (organization_id, id, name, unit, price_minor, currency, stock)
     select $1, gen_random_uuid(), 'Product ' || n, 'piece', n, 'CNY', n from generate_series(1, 2000) n`,
];

/** Makes the organizations, and signs in a seat of each kind. */
export async function manyContacts(server: TestServer): Promise<ManyContacts> {
  await seedBulk(server.runtime, server.databaseUrl, SIZE);
  const client = new pg.Client({ connectionString: server.databaseUrl });
  await client.connect();
  try {
    for (const text of FURNISHING) await client.query(text, [ORGANIZATION]);
    const people = await peopleOf(client);
    await giveRights(client, people);
    await client.query('analyze');
    const found = await exampleOf(client, people.staff.id);
    await openSeatOf(client, found.contact);
    const seat = ({ phone }: Person): Promise<TestSeat> => server.seat(phone, ORGANIZATION);
    return {
      organizationId: ORGANIZATION,
      staff: await seat(people.staff),
      supervisor: await seat(people.supervisor),
      head: await seat(people.head),
      admin: await seat(people.admin),
      scopedAdmin: await seat(people.scopedAdmin),
      customer: await seat({ id: found.contact, phone: found.phone }),
      ids: {
        contact: encodeGlobalId('Contact', found.contact),
        form: encodeGlobalId('BusinessForm', found.form),
        task: encodeGlobalId('FormTask', found.task),
        tag: encodeGlobalId('Tag', found.tag),
        employee: encodeGlobalId('Employee', people.staff.id),
      },
      form: { number: found.number },
    };
  } finally {
    await client.end();
  }
}

interface Person {
  readonly id: string;
  readonly phone: string;
}
type People = Readonly<Record<'staff' | 'supervisor' | 'head' | 'admin' | 'scopedAdmin', Person>>;

async function peopleOf(client: pg.Client): Promise<People> {
  const { rows } = await client.query<Person & { led: number }>(
    `select employee.id, employee.phone, count(distinct below.employee_id)::int as led from employees employee
       left join department_members lead on lead.organization_id = $1 and lead.employee_id = employee.id and lead.is_supervisor
       left join department_closure tree on tree.organization_id = $1 and tree.ancestor_id = lead.department_id
       left join department_members below on below.organization_id = $1 and below.department_id = tree.descendant_id
     where employee.organization_id = $1 group by employee.id, employee.phone order by employee.id`,
    [ORGANIZATION],
  );
  const leading = (least: number, most: number): Person => rows.find(({ led }) => led >= least && led <= most)!;
  return {
    staff: leading(0, 0),
    supervisor: leading(40, 60),
    head: leading(200, 200),
    admin: rows[ADMIN]!,
    scopedAdmin: rows[SCOPED_ADMIN]!,
  };
}

async function giveRights(client: pg.Client, { admin, scopedAdmin, supervisor }: People): Promise<void> {
  const give = (employee: Person, rights: readonly string[], department: string): Promise<unknown> =>
    client.query(
      `insert into admin_rights (organization_id, id, employee_id, admin_right, department_id)
         select $1, gen_random_uuid(), $2, r, (${department}) from unnest($3::text[]) r`,
      [ORGANIZATION, employee.id, rights],
    );
  await give(admin, ['CONTACTS', 'FORMS', 'PLUGINS', 'DIRECTORY', 'AUDIT'], 'null::uuid');
  const led = `select department_id from department_members where organization_id = $1 and employee_id = '${supervisor.id}' and is_supervisor
    order by (select count(*) from department_closure where organization_id = $1 and ancestor_id = department_id) desc limit 1`;
  await give(scopedAdmin, ['CONTACTS', 'FORMS', 'DIRECTORY', 'AUDIT'], led);
}

async function exampleOf(client: pg.Client, ownerId: string) {
  const { rows } = await client.query<Record<'contact' | 'phone' | 'form' | 'number' | 'task' | 'tag', string>>(
    `select contact.id as contact, contact.phone, form.id as form, form.number, task.id as task, tagging.tag_id as tag from contacts contact
       join business_forms form on form.organization_id = $1 and form.contact_id = contact.id
       join form_tasks task on task.organization_id = $1 and task.form_id = form.id
       join contact_tags tagging on tagging.organization_id = $1 and tagging.contact_id = contact.id
     where contact.organization_id = $1 and contact.owner_id = $2 limit 1`,
    [ORGANIZATION, ownerId],
  );
  return rows[0]!;
}

const openSeatOf = (client: pg.Client, contactId: string): Promise<unknown> =>
  client.query(
    `insert into identity.seats (organization_id, seat_id, kind, phone, is_demo, created_at)
       select organization_id, id, 'CONTACT', phone, false, now() from contacts where organization_id = $1 and id = $2`,
    [ORGANIZATION, contactId],
  );
