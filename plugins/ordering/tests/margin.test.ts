import type { TestSeat } from '@guichet/sdk/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isThin } from '../margin.rules.ts';
import { Orders } from './orders.ts';

describe('what is left of an order (spec 8.5)', () => {
  const line = (totalMinor: number, costMinor: number | null, quantity = 1, taxMinor = 0) => ({
    totalMinor,
    costMinor,
    quantity,
    taxMinor,
  });
  it.each([
    ['as much as is asked', [line(100, 80)], 2_000, false],
    ['less', [line(100, 81)], 2_000, true],
    ['less, where tax is no part of it', [line(113, 81, 1, 13)], 2_000, true],
    ['of every unit', [line(300, 81, 3)], 2_000, true],
    ['of all lines together', [line(100, 90), line(100, 60)], 2_000, false],
    ['nothing, and nothing is asked', [line(100, 100)], 0, false],
    ['less than nothing', [line(100, 101)], 0, true],
    ['nobody knows how much', [line(100, null)], 10_000, false],
    ['of those that are known', [line(100, 90), line(900, null)], 2_000, true],
  ] as const)('is %s', (_, lines, least, thin) => expect(isThin(lines, least)).toBe(thin));
});

describe('an order that leaves too little (spec 8.5)', () => {
  let orders: Orders;
  let formId: string;
  beforeAll(async () => {
    orders = await Orders.open();
    await orders.shop.grant(people().sharee, 'ORDERING_PRICE');
    await orders.shop.set({ shipping: true, leastMargin: 2_000 });
    ({ formId } = await placed(81));
  });
  afterAll(() => orders?.close());
  const people = () => orders.shop.plugin;
  const cny = (amount: number) => ({ amount, currency: 'CNY' });
  async function goods(cost: number): Promise<string> {
    const productId = await orders.shop.offer({ stock: 99, price: cny(100) });
    const { node } = await people().admin.query('query ($id: ID!) { node(id: $id) { ... on Product { variants { id version } } } }', {
      id: productId,
    });
    const [{ id: variantId, version: expectedVersion }] = node.variants;
    await orders.shop.act(people().admin, 'updateVariant', { variantId, expectedVersion, cost: cny(cost) });
    return productId;
  }
  const placed = async (...costs: number[]) => {
    const lines: { productId: string; quantity: number }[] = [];
    for (const cost of costs) lines.push({ productId: await goods(cost), quantity: 2 });
    return orders.placedOf(lines);
  };
  const approve = async (seat: TestSeat, of: string, more: object = {}) => {
    const { myTasks } = await seat.query('{ myTasks(first: 100) { nodes { id form { id } } } }');
    const { id: taskId } = myTasks.nodes.find(({ form }: { form: { id: string } }) => form.id === of);
    return orders.act(seat, 'approveFormTask', { taskId, ...more }, 'task { id }', '');
  };
  it('is not approved last by its owner, who is told neither what it costs nor what is left', async () => {
    const refused = await approve(people().owner, formId);
    expect(refused).toMatchObject({ issues: [{ path: ['input', 'taskId'], code: 'MARGIN' }] });
    expect(JSON.stringify(refused)).not.toMatch(/81|162|38|19/);
    expect((await approve(people().owner, (await placed(80)).formId)).__typename).toBe('ApproveFormTaskSuccess');
  });
  it('is approved by whoever it is handed on to, over the owner', async () => {
    expect((await approve(people().owner, formId, { nextApproverId: people().supervisor.id })).__typename).toBe('ApproveFormTaskSuccess');
    expect((await approve(people().supervisor, formId)).__typename).toBe('ApproveFormTaskSuccess');
    const { formId: again } = await placed(81);
    await approve(people().owner, again, { nextApproverId: people().colleague.id });
    expect(await approve(people().colleague, again)).toMatchObject({ issues: [{ code: 'MARGIN' }] });
    await approve(people().colleague, again, { nextApproverId: people().sharee.id }); // who keeps prices
    expect((await approve(people().sharee, again)).__typename).toBe('ApproveFormTaskSuccess');
  });
  it('is not made of one that was approved by a change of whoever could not approve it last', async () => {
    const { formId: of, orderId, lines } = await placed(50, 90);
    const [good, poor] = lines.map((lineId) => ({ lineId }));
    const change = [{ ...good, quantity: 0 }];
    await approve(people().owner, of);
    const refused = { issues: [{ path: ['input', 'lines'], code: 'MARGIN' }] };
    const said = await orders.propose(orderId, change);
    expect(said).toMatchObject(refused);
    expect(JSON.stringify(said)).not.toMatch(/90|180|20|10/);
    expect(await orders.propose(orderId, [{ ...poor, quantity: 20 }])).toMatchObject(refused);
    expect((await orders.propose(orderId, [{ ...poor, quantity: 1 }])).order.state).toBe('CHANGE_PROPOSED');
    await orders.answer(orderId, 1, 'REFUSE');
    expect(await orders.propose(orderId, change)).toMatchObject(refused); // it is still of an approved one
    expect((await orders.propose(orderId, change, {}, people().supervisor)).order.state).toBe('CHANGE_PROPOSED');
    expect((await orders.answer(orderId, 2, 'ACCEPT')).order.state).toBe('CONFIRMED');
  });
  it('is made of one that is still to be approved, and is not approved by its owner then', async () => {
    const { formId: of, orderId, lines } = await placed(50, 90);
    await orders.propose(orderId, [{ lineId: lines[0], quantity: 0 }]);
    await orders.answer(orderId, 1, 'ACCEPT');
    expect(await approve(people().owner, of)).toMatchObject({ issues: [{ code: 'MARGIN' }] });
  });
});
