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
  /** An idempotency key that no other page has. */
  readonly key: string;
}

const PRODUCTS = '{ products(first: 2) { nodes { id } } }';
type Nodes = { readonly nodes: readonly { readonly id: string }[] };

export async function storyFacts(runtime: Runtime, seat: Seat): Promise<StoryFacts> {
  const { hu, zhao } = await people(runtime);
  // What a seat may not ask, or no plugin answers, its tabs do without.
  const products = await actAs<{ products: Nodes }>(runtime, seat, PRODUCTS).catch(() => undefined);
  return {
    contact: { id: hu ? encodeGlobalId('Contact', hu.id) : '', version: hu?.version ?? 1 },
    supervisorId: zhao ? encodeGlobalId('Employee', zhao.id) : '',
    productIds: products?.products.nodes.map(({ id }) => id) ?? [],
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
