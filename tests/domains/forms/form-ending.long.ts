import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decodeGlobalId } from '../../../src/platform/schema/global-id.ts';
import type { TestOrganization } from '../../../src/testing/test-organization.ts';
import type { TestSeat } from '../../../src/testing/test-seat.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { inSteps } from '../../support/in-steps.ts';
import { RawDatabase } from '../../support/raw-database.ts';

const DAY = 86_400_000;
const PLACE = `mutation ($lines: [OrderLineInput!]!) { placeOrder(input: { lines: $lines }) { __typename ... on PlaceOrderSuccess { order { id } } } }`;
const DELETE = `mutation ($id: ID!) { deleteContacts(input: { contactIds: [$id] }) { __typename } }`;
const TASKS = '{ myTasks(first: 100) { nodes { id form { id } } } }';

let now = Date.parse('2026-06-01T08:00:00Z');
let server: TestServer;
let own: TestOrganization;
let database: RawDatabase;
beforeAll(async () => {
  server = await startTestServer({ now: () => new Date(now) });
  own = await server.organization();
  database = await RawDatabase.open(server.databaseUrl);
});
afterAll(async () => {
  await database?.close();
  await server?.stop();
});

const placed = async (customer: TestSeat): Promise<string> => {
  const { products } = await customer.query('{ products(first: 1) { nodes { id } } }');
  return (await customer.does(PLACE, { lines: [{ productId: products.nodes[0].id, quantity: 2 }] })).order.id;
};
const stock = async (): Promise<number> =>
  (
    await database.rows<{ stock: number }>('select sum(stock)::int as stock from plg_ordering.products where organization_id = $1', [
      own.id,
    ])
  )[0]!.stock;
const stateOf = async (form: string) =>
  (
    await database.rows<{ state: string }>('select state, customer_state from business_forms where id = $1', [
      decodeGlobalId('BusinessForm', form),
    ])
  )[0];
const night = (): Promise<void> => server.strike('contacts.purgeBin', 'forms.endThoseOfTheBin');

describe('forms on their way of a contact in the bin', () => {
  let before: number;
  const forms: Record<string, string> = {};

  inSteps('until nobody can restore it', () => {
    it('stay for 30 days', async () => {
      before = await stock();
      await night(); // winds the clocks up
      forms.open = await placed(own.customer);
      forms.others = await placed(own.rival);
      expect(await stock()).toBe(before - 4);
      await own.admin.query(DELETE, { id: own.customer.id });
      now += 29 * DAY;
      await night();
      expect(await stateOf(forms.open)).toEqual({ state: 'IN_REVIEW', customer_state: 'RECEIVED' });
    });
    it('are ended then, with their tasks, and their goods are back; others go on', async () => {
      now += 2 * DAY;
      await night();
      expect(await stateOf(forms.open!)).toEqual({ state: 'ENDED', customer_state: 'ENDED' });
      expect(await stateOf(forms.others!)).toEqual({ state: 'IN_REVIEW', customer_state: 'RECEIVED' });
      expect(await stock()).toBe(before - 2);
      const id = decodeGlobalId('BusinessForm', forms.open!);
      expect(await database.rows('select state from form_tasks where form_id = $1', [id])).toEqual([{ state: 'CANCELLED' }]);
      const history = await database.rows('select kind, actor_id from form_history where form_id = $1 order by id desc limit 1', [id]);
      expect(history).toEqual([{ kind: 'ENDED', actor_id: null }]);
    });
    it('are not in anybody’s inbox, and stay to be read', async () => {
      const owner = await server.seat(own.plan.employees.find(({ key }) => key === 'owner')!.phone, own.id); // nobody stays signed in so long
      const { myTasks } = await owner.query(TASKS);
      expect(myTasks.nodes.filter(({ form }: { form: { id: string } }) => form.id === forms.open)).toEqual([]);
      const HISTORY = 'query ($id: ID!) { businessForm(id: $id) { state history { nodes { kind } } } }';
      const { businessForm } = await owner.query(HISTORY, { id: forms.open });
      expect(businessForm.state).toBe('ENDED');
      expect(businessForm.history.nodes).toContainEqual({ kind: 'ENDED' });
    });
    it('are ended once', async () => {
      const kept = await database.contents('form_history', 'plg_ordering.products');
      now += DAY;
      await night();
      expect(await database.contents('form_history', 'plg_ordering.products')).toEqual(kept);
    });
  });
});
