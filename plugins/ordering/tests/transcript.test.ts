import { everythingOf } from '@guichet/sdk/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Orders } from './orders.ts';

let orders: Orders;
beforeAll(async () => {
  orders = await Orders.open();
  await orders.shop.grant(people().sharee, 'ORDERING_PAYMENT');
});
afterAll(() => orders?.close());
const people = () => orders.shop.plugin;
const TASKS = '{ myTasks(first: 100) { nodes { id form { id } } } }';
const taskOf = async (seat: ReturnType<typeof people>['owner'], formId: string): Promise<string> =>
  (await seat.query(TASKS)).myTasks.nodes.find(({ form }: { form: { id: string } }) => form.id === formId).id;

/** What happens inside until the last approval: by one person, or by two who speak about it. */
const INSIDE: Readonly<Record<string, (formId: string) => Promise<unknown>>> = {
  one: (formId) => orders.approve(formId),
  two: async (formId) => {
    const { owner, supervisor } = people();
    await orders.act(owner, 'commentOnForm', { formId, text: 'He pays late.' }, 'form { id }', '');
    const first = { taskId: await taskOf(owner, formId), nextApproverId: supervisor.id, comment: 'Margin 40 %.' };
    await orders.act(owner, 'approveFormTask', first, 'task { id }', '');
    await orders.act(supervisor, 'approveFormTask', { taskId: await taskOf(supervisor, formId), comment: 'Fine.' }, 'task { id }', '');
  },
};

/** All that the portal says of an order at each moment at which something happens to the customer, and what its inbox says by then. */
async function told(inside: string): Promise<string[]> {
  const { customer, colleague } = people();
  const productId = await orders.shop.offer({ stock: 20 });
  const { variants } = (
    await people().admin.query('query ($id: ID!) { node(id: $id) { ... on Product { variants { id version } } } }', { id: productId })
  ).node;
  const [{ id: variantId, version: expectedVersion }] = variants;
  await orders.shop.act(people().admin, 'updateVariant', { variantId, expectedVersion, cost: { amount: 777, currency: 'CNY' } });
  const { formId, orderId, lines } = await orders.placedOf([{ productId, quantity: 5 }]);
  const said: string[] = [];
  const look = async () => said.push(await everythingOf(customer, formId), await everythingOf(customer, orderId));
  await look();
  await INSIDE[inside]!(formId);
  await look();
  await orders.act(colleague, 'createShipment', { orderId, lines: [{ lineId: lines[0], quantity: 3 }], carrier: 'SF', tracking: 'SF 1' });
  await look();
  await orders.receive(orderId);
  const { id } = await orders.pack(orderId);
  await look();
  await orders.move(id, 'sendShipment');
  await orders.move(id, 'deliverShipment');
  await look();
  await orders.receive(orderId);
  await look();
  const { return: of } = await orders.giveBack(orderId, lines[0]!, 1);
  await orders.decide(of.id, 'APPROVE', 'Send it.');
  await orders.takeBack(of.id, true);
  await orders.credit(of.id);
  await look();
  return said;
}

describe('what a customer is told of an order (spec 8.5)', () => {
  it('is the same whoever handles it, and nothing of the inside', async () => {
    const [one, two] = [await told('one'), await told('two')];
    expect(two).toEqual(one);
    expect(one.at(-1)).toContain('"CREDITED"');
    for (const shown of ['"tracking": "SF 1"', '"PACKED"', '"DELIVERED"']) expect(one.join()).toContain(shown);
    const { owner, supervisor, colleague, sharee } = people();
    for (const hidden of [
      supervisor.name,
      colleague.name,
      sharee.name,
      'He pays late',
      'Margin',
      'Fine.',
      '777',
      supervisor.id,
      owner.id,
      '"cost"',
      '"stock"',
    ])
      expect(one.join() + two.join(), hidden).not.toContain(hidden);
  });
});
