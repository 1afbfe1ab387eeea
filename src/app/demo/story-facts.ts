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
  /** Global ids of the employees, by their keys in the plan. */
  readonly employees: Readonly<Record<string, string>>;
  readonly now: Date;
  readonly productIds: readonly string[];
  /** An idempotency key that no other page has. */
  readonly key: string;
}

const PRODUCTS = '{ products(first: 2) { nodes { id } } }';
type Nodes = { readonly nodes: readonly { readonly id: string }[] };

export async function storyFacts(runtime: Runtime, seat: Seat): Promise<StoryFacts> {
  const { hu, employees: staff } = await people(runtime);
  // What a seat may not ask, or no plugin answers, its tabs do without.
  const products = await actAs<{ products: Nodes }>(runtime, seat, PRODUCTS).catch(() => undefined);
  return {
    contact: { id: hu ? encodeGlobalId('Contact', hu.id) : '', version: hu?.version ?? 1 },
    supervisorId: staff.zhao ?? '',
    employees: staff,
    now: runtime.now(),
    productIds: products?.products.nodes.map(({ id }) => id) ?? [],
    key: `order-${randomUUID()}`,
  };
}

/** Gone where somebody has deleted or moved them. */
const people = ({ pools }: Runtime) =>
  inTransaction(pools.requests, QINGHE.id, async (transaction) => {
    const db = transaction.on({ contacts, employees });
    const customer = QINGHE.contacts[0]!.phone;
    const hu = await db.selectFrom('contacts').select(['id', 'version']).where('phone', '=', customer).orderBy('id').executeTakeFirst();
    const phones = QINGHE.employees.map(({ phone }) => phone);
    const found = await db.selectFrom('employees').select(['id', 'phone']).where('phone', 'in', phones).execute();
    const keyOf = new Map(QINGHE.employees.map(({ key, phone }) => [phone, key]));
    return { hu, employees: Object.fromEntries(found.map(({ id, phone }) => [keyOf.get(phone)!, encodeGlobalId('Employee', id)])) };
  });
