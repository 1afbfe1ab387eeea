import { randomUUID } from 'node:crypto';
import { contacts } from '../../domains/contacts/index.ts';
import { employees } from '../../domains/directory/index.ts';
import { inTransaction } from '../../platform/database/transaction.ts';
import { encodeGlobalId, type Seat } from '../../sdk/index.ts';
import { actAs } from '../act-as.ts';
import type { Runtime } from '../runtime.ts';
import { QINGHE } from './seats.ts';

/** What the variables of the story's tabs hold, as it is when the page is made. */
export interface StoryFacts {
  readonly contact: { readonly id: string; readonly version: number };
  readonly supervisorId: string;
  readonly productIds: readonly string[];
  /** The seat's newest open task. */
  readonly taskId: string | undefined;
  /** The seat's form that awaits its confirmation, else its newest. */
  readonly formId: string | undefined;
  /** An idempotency key that no other page has. */
  readonly key: string;
}

const PRODUCTS = '{ products(first: 2) { nodes { id } } }';
const TASKS = '{ myTasks(first: 1) { nodes { id } } }';
const FORMS = '{ myForms(first: 20) { nodes { id customerState } } }';
type Nodes<Node = object> = { readonly nodes: readonly (Node & { readonly id: string })[] };

export async function storyFacts(runtime: Runtime, seat: Seat): Promise<StoryFacts> {
  const { hu, zhao } = await people(runtime);
  // What a seat may not ask, or no plugin answers, its tabs do without.
  const ask = <Data>(source: string): Promise<Data | undefined> => actAs<Data>(runtime, seat, source).catch(() => undefined);
  const tasks = await ask<{ myTasks: Nodes }>(TASKS);
  const products = await ask<{ products: Nodes }>(PRODUCTS);
  const forms = (await ask<{ myForms: Nodes<{ customerState: string }> }>(FORMS))?.myForms.nodes ?? [];
  return {
    contact: { id: hu ? encodeGlobalId('Contact', hu.id) : '', version: hu?.version ?? 1 },
    supervisorId: zhao ? encodeGlobalId('Employee', zhao.id) : '',
    productIds: products?.products.nodes.map(({ id }) => id) ?? [],
    taskId: tasks?.myTasks.nodes[0]?.id,
    formId: (forms.find(({ customerState }) => customerState === 'AWAITING_YOUR_CONFIRMATION') ?? forms[0])?.id,
    key: `order-${randomUUID()}`,
  };
}

/** Gone where somebody has deleted or moved them. */
const people = ({ pools }: Runtime) =>
  inTransaction(pools.requests, QINGHE.id, async (transaction) => {
    const db = transaction.on({ contacts, employees });
    const [customer, supervisor] = [QINGHE.contacts[0]!.phone, QINGHE.employees[1]!.phone];
    const hu = await db.selectFrom('contacts').select(['id', 'version']).where('phone', '=', customer).orderBy('id').executeTakeFirst();
    const zhao = await db.selectFrom('employees').select('id').where('phone', '=', supervisor).orderBy('id').executeTakeFirst();
    return { hu, zhao };
  });
