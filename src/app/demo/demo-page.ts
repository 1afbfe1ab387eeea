import type { IncomingMessage, ServerResponse } from 'node:http';
import { signInAs } from '../../domains/accounts/index.ts';
import { contacts } from '../../domains/contacts/index.ts';
import { employees } from '../../domains/directory/index.ts';
import { inTransaction } from '../../platform/database/transaction.ts';
import { graphiqlPage, writePage } from '../../platform/http/index.ts';
import { encodeGlobalId } from '../../sdk/index.ts';
import { actAs } from '../act-as.ts';
import type { Runtime } from '../runtime.ts';
import { DEMO_SEATS, type DemoSeat, QINGHE } from './seats.ts';
import { seatsPage } from './seats-page.ts';
import { type StoryIds, storyTabs } from './story-tabs.ts';

export interface DemoPage {
  readonly graphiql: { html(url: URL): string };
  routes(request: IncomingMessage, response: ServerResponse, url: URL): Promise<boolean>;
}
const LOCAL = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/;
const FIRST_QUERY = '# Sign in at / to open this page with a seat of the demo.\nquery Who {\n  viewer { __typename name }\n}';

/**
 * The demo's page at `/`, and GraphiQL for each seat, signed in by fresh tokens. It hands out tokens, so it answers only under the names
 * of this machine: a page elsewhere cannot make a browser read it under a name of its own.
 * @param anyHost the operator has set HOST on purpose.
 */
export function demoPage(runtime: Runtime, anyHost: boolean): DemoPage {
  const routes = async (request: IncomingMessage, response: ServerResponse, url: URL): Promise<boolean> => {
    const seat = seatOf(url);
    if (request.method !== 'GET' || (url.pathname !== '/' && !seat)) return false;
    if (!anyHost && !LOCAL.test(request.headers.host ?? '')) return false;
    writePage(response, seat ? await seatPage(runtime, seat) : seatsPage(DEMO_SEATS));
    return true;
  };
  return { graphiql: { html: () => graphiqlPage([{ query: FIRST_QUERY }]) }, routes };
}

function seatOf({ pathname }: URL): DemoSeat | undefined {
  const number = /^\/demo\/(\d{1,3})$/.exec(pathname)?.[1];
  return number === undefined ? undefined : DEMO_SEATS[Number(number)];
}

async function seatPage(runtime: Runtime, seat: DemoSeat): Promise<string> {
  const { token } = await signInAs(
    runtime.door,
    { phone: seat.phone, organizationId: seat.organization.id, demoOnly: true },
    runtime.now(),
  );
  const headers = JSON.stringify({ authorization: `Bearer ${token}` }, null, 2);
  const tabs = storyTabs(seat, await storyIds(runtime));
  return graphiqlPage(
    tabs.map(({ title, query, variables }) => ({
      title,
      query,
      headers,
      variables: variables === undefined ? undefined : JSON.stringify(variables, null, 2),
    })),
  );
}

async function storyIds(runtime: Runtime): Promise<StoryIds> {
  const { hu, zhao } = await inTransaction(runtime.pools.requests, QINGHE.id, async (transaction) => {
    const db = transaction.on({ contacts, employees });
    const byPhone = (table: 'contacts' | 'employees', phone: string) =>
      db.selectFrom(table).select('id').where('phone', '=', phone).orderBy('id').executeTakeFirst();
    return { hu: await byPhone('contacts', QINGHE.contacts[0]!.phone), zhao: await byPhone('employees', QINGHE.employees[1]!.phone) };
  });
  return {
    contact: hu ? encodeGlobalId('Contact', hu.id) : '',
    supervisor: zhao ? encodeGlobalId('Employee', zhao.id) : '',
    products: zhao ? await productIds(runtime, zhao.id) : [],
  };
}

/** None where the ordering plugin is not here. */
async function productIds(runtime: Runtime, employeeId: string): Promise<string[]> {
  if (!runtime.schemas.staff.getQueryType()!.getFields().products) return [];
  const seat = {
    id: employeeId,
    organizationId: QINGHE.id,
    kind: 'EMPLOYEE' as const,
    rights: new Map(),
    traits: new Set<string>(),
    pluginsOff: new Set<string>(),
  };
  const { products } = await actAs<{ products: { nodes: { id: string }[] } }>(runtime, seat, '{ products(first: 5) { nodes { id } } }');
  return products.nodes.map(({ id }) => id);
}
