import type pg from 'pg';
import { decodeGlobalId } from '../../../src/platform/schema/global-id.ts';
import type { TestOrganization } from '../../../src/testing/test-organization.ts';
import type { Answer } from '../../../src/testing/test-seat.ts';

/** One way to lose a right, as the change of rows that it is: not every one has a mutation yet. */
export interface Loss {
  readonly name: string;
  readonly who: 'admin' | 'formsAdmin' | 'scopedAdmin' | 'supervisor' | 'owner' | 'sharee' | 'colleague' | 'customer';
  /** SQL with `:own`, the condition on the organization, and `:who`, the seat's id. */
  readonly before?: string;
  readonly lose: string;
  readonly giveBack: string;
  /** How a subscription ends that it concerned; `stays` where the seat keeps reading what it follows. */
  readonly ends: 'completes' | 'closed with 4403' | 'stays';
  /** What is answered differently: as its statement wrote it, and with something computed. */
  readonly straight: string;
  readonly ordinary: string;
  isLost(answer: Answer<never>): boolean;
  /** Milliseconds after the change that the right ends by itself. */
  readonly after?: number;
}

/** One form: answered as its statement wrote it, and by the executor, which a computed field needs. */
const form = {
  ends: 'completes',
  straight: 'query ($id: ID!) { businessForm(id: $id) { number } }',
  ordinary: 'query ($id: ID!) { businessForm(id: $id) { number liveCursor } }',
  isLost: ({ data, errors }: Answer<{ businessForm: object | null }>) => errors.length > 0 || !data?.businessForm,
} as const;
const tasks = {
  ends: 'stays',
  straight: '{ myTasks { nodes { id } } }',
  ordinary: '{ myTasks { liveCursor nodes { id } } }',
  isLost: ({ data }: Answer<{ myTasks: { nodes: object[] } }>) => data?.myTasks.nodes.length === 0,
} as const;
const products = {
  ends: 'stays',
  straight: '{ products(first: 1) { nodes { id } } }',
  ordinary: '{ plugins { name } products(first: 1) { nodes { id } } }',
  isLost: ({ errors }: Answer) => errors[0]?.extensions.code === 'PLUGIN_DISABLED',
} as const;

const NAMED = (name: string): string => `(select id from departments where :own and name = '${name}')`;
const ENDS_IN_MS = 300;
const BELOW = `where :own and ancestor_id = ${NAMED('Sales')} and descendant_id = ${NAMED('Sales East')}`;
const SWITCH = (enabled: boolean): string =>
  `insert into plugin_states (organization_id, plugin, enabled, updated_at) select organization_id, 'ordering', ${enabled}, now() from organizations where :own
    on conflict (organization_id, plugin) do update set enabled = ${enabled}`;

export const LOSSES: readonly Loss[] = [
  {
    ...form,
    name: 'a share ended',
    who: 'sharee',
    lose: 'update contact_shares set until = now() where :own',
    giveBack: 'update contact_shares set until = null where :own',
  },
  {
    ...form,
    name: 'a share’s end date reached',
    who: 'sharee',
    lose: `update contact_shares set until = now() + interval '${ENDS_IN_MS} ms' where :own`,
    giveBack: 'update contact_shares set until = null where :own',
    after: ENDS_IN_MS,
  },
  {
    ...form,
    name: 'a department left that it was shared with',
    who: 'sharee',
    before: `update contact_shares set employee_id = null, department_id = ${NAMED('Support')} where :own`,
    lose: `update department_members set department_id = ${NAMED('Warehouse')} where :own and employee_id = :who`,
    giveBack: `update department_members set department_id = ${NAMED('Support')} where :own and employee_id = :who`,
  },
  {
    ...form,
    name: 'a right taken away',
    who: 'formsAdmin',
    lose: `update admin_rights set admin_right = 'FILES' where :own and employee_id = :who`,
    giveBack: `update admin_rights set admin_right = 'FORMS' where :own and employee_id = :who`,
  },
  {
    ...form,
    name: 'a department moved out of a right',
    who: 'scopedAdmin',
    lose: `delete from department_closure ${BELOW}`,
    giveBack: `insert into department_closure (organization_id, ancestor_id, descendant_id, depth)
      select organization_id, ${NAMED('Sales')}, ${NAMED('Sales East')}, 1 from organizations where :own`,
  },
  {
    ...form,
    name: 'a supervisor taken away',
    who: 'supervisor',
    lose: 'update department_members set is_supervisor = false where :own and employee_id = :who',
    giveBack: 'update department_members set is_supervisor = true where :own and employee_id = :who',
  },
  {
    ...form,
    name: 'an owner changed',
    who: 'owner',
    before: `delete from form_participants where :own`,
    lose: `update contacts set owner_id = (select id from employees where :own and name = 'The sharee') where :own and owner_id = :who`,
    giveBack: `update contacts set owner_id = :who where :own and name = 'The customer'`,
  },
  {
    ...form,
    name: 'an employee gone',
    who: 'owner',
    ends: 'closed with 4403',
    lose: 'update employees set left_at = now() where :own and id = :who',
    giveBack: 'update employees set left_at = null where :own and id = :who',
  },
  {
    ...form,
    name: 'a session ended',
    who: 'admin',
    ends: 'closed with 4403',
    lose: 'update identity.sessions set ended_at = now() where :own and seat_id = :who',
    giveBack: 'update identity.sessions set ended_at = null where :own and seat_id = :who',
  },
  {
    ...form,
    name: 'an organization suspended',
    who: 'customer',
    lose: `update organizations set certification = 'BASIC' where :own`,
    giveBack: `update organizations set certification = 'ADVANCED' where :own`,
  },
  { ...products, name: 'a plugin off', who: 'colleague', lose: SWITCH(false), giveBack: SWITCH(true) },
  {
    ...tasks,
    name: 'a task handed on',
    who: 'owner',
    lose: `update form_tasks set assignee_id = (select id from employees where :own and name = 'The colleague') where :own and assignee_id = :who`,
    giveBack: 'update form_tasks set assignee_id = :who where :own',
  },
];

/** Changes rows of an organization. */
export async function change(database: pg.Pool, own: TestOrganization, who: Loss['who'], sql: string): Promise<void> {
  const id = decodeGlobalId(who === 'customer' ? 'Contact' : 'Employee', own[who].id);
  await database.query(sql.replaceAll(':own', `organization_id = '${own.id}'`).replaceAll(':who', `'${id}'`));
}
