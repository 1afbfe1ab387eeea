import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Orders } from './orders.ts';

let orders: Orders;
beforeAll(async () => {
  orders = await Orders.open();
  await orders.shop.grant(orders.shop.plugin.sharee, 'ORDERING_PAYMENT');
  await orders.days(0);
});
afterAll(() => orders?.close());
const people = () => orders.shop.plugin;
const fault = (path: string[], code: string) => ({ __typename: 'ValidationFailed', issues: [{ path: ['input', ...path], code }] });

describe('goods that are given back (spec 8.5)', () => {
  it('are asked for, sent, received and credited', async () => {
    const { orderId, lineId, productId, accountId } = await orders.received(3);
    const { return: asked } = await orders.giveBack(orderId, lineId, 2);
    expect(asked).toMatchObject({ state: 'REQUESTED', reason: 'Too many.', lines: [{ name: 'Saw', quantity: 2 }] });
    expect((await orders.decide(asked.id, 'APPROVE', 'Send them.')).return).toMatchObject({ state: 'APPROVED', comment: 'Send them.' });
    expect((await orders.sendBack(asked.id)).return).toMatchObject({ state: 'SENT', tracking: 'SF 2' });
    expect((await orders.takeBack(asked.id, true)).return.state).toBe('ARRIVED');
    expect(await orders.stock(productId)).toEqual({ stock: 19, reserved: 0 });
    expect((await orders.credit(asked.id)).return).toMatchObject({ state: 'CREDITED', credited: { amount: 2_500 } });
    expect(await orders.account(accountId)).toMatchObject({ state: 'UNPAID', credited: { amount: 2_500 }, total: { amount: 3_750 } });
    await expect.poll(() => orders.told()).toContain('ORDERING_RETURN_MOVED');
  });
  it('are never more than have come, whatever was asked for before', async () => {
    const { orderId, lineId } = await orders.confirmed(6);
    expect(await orders.giveBack(orderId, lineId, 1)).toMatchObject(fault(['lines', '0', 'quantity'], 'TOO_MANY'));
    await orders.ship(orderId, [{ lineId, quantity: 4 }]);
    expect(await orders.giveBack(orderId, lineId, 1)).toMatchObject(fault(['lines', '0', 'quantity'], 'TOO_MANY'));
    await orders.receive(orderId);
    await orders.giveBack(orderId, lineId, 3);
    expect(await orders.giveBack(orderId, lineId, 2)).toMatchObject(fault(['lines', '0', 'quantity'], 'TOO_MANY'));
    expect((await orders.giveBack(orderId, lineId, 1)).__typename).toBe('RequestReturnSuccess');
  });
  it('of two who ask for one unit at once, one does', async () => {
    const { orderId, lineId } = await orders.received(1);
    const answers = await Promise.all([1, 2, 3].map(() => orders.giveBack(orderId, lineId, 1)));
    expect(answers.map(({ __typename }) => __typename).sort()).toEqual(['RequestReturnSuccess', 'ValidationFailed', 'ValidationFailed']);
  });
  it('that are refused, also when they have come, can be asked for again', async () => {
    const { orderId, lineId, productId } = await orders.received(1);
    const { return: first } = await orders.giveBack(orderId, lineId, 1);
    await orders.decide(first.id, 'REFUSE', 'Too late.');
    const { return: second } = await orders.giveBack(orderId, lineId, 1);
    await orders.decide(second.id, 'APPROVE');
    await orders.takeBack(second.id, false);
    expect(await orders.stock(productId)).toEqual({ stock: 19, reserved: 0 });
    expect((await orders.decide(second.id, 'REFUSE')).return.state).toBe('REFUSED');
    expect((await orders.giveBack(orderId, lineId, 1)).__typename).toBe('RequestReturnSuccess');
  });
  it('and credited twice at once are credited once', async () => {
    const { orderId, lineId, accountId } = await orders.received(2);
    const { return: of } = await orders.giveBack(orderId, lineId, 2);
    await orders.decide(of.id, 'APPROVE');
    await orders.takeBack(of.id, false);
    const answers = await Promise.all([orders.credit(of.id), orders.credit(of.id)]);
    expect(answers.map(({ __typename }) => __typename).sort()).toEqual(['CreditReturnSuccess', 'InvalidTransition']);
    expect((await orders.account(accountId)).credited.amount).toBe(2_500);
  });
  it('are the order’s own lines, and those of its customer', async () => {
    const [one, two] = [await orders.received(1), await orders.received(1)];
    expect(await orders.giveBack(one.orderId, two.lineId, 1)).toMatchObject({
      __typename: 'NotFound',
      path: ['input', 'lines', '0', 'lineId'],
    });
    const input = { orderId: one.orderId, lines: [{ lineId: one.lineId, quantity: 1 }], reason: 'Mine.' };
    expect(await orders.act(people().rival, 'requestReturn', input, 'order { id }', '')).toMatchObject({ __typename: 'NotFound' });
    expect(await orders.act(people().owner, 'requestReturn', input, 'order { id }', '')).toMatchObject({ __typename: 'FORBIDDEN' });
  });
});

describe('payments that are written down (spec 8.5)', () => {
  it('add up, never to more than is open, and go back, never more than came', async () => {
    const { accountId } = await orders.confirmedAccount(4);
    expect((await orders.pay(accountId, 2_000)).order).toMatchObject({ state: 'PART', paid: { amount: 2_000 } });
    expect(await orders.pay(accountId, 3_001)).toMatchObject(fault(['amount', 'amount'], 'TOO_MUCH'));
    expect((await orders.pay(accountId, 3_000)).order).toMatchObject({
      state: 'PAID',
      payments: [{ kind: 'PAYMENT' }, { reference: 'Transfer' }],
    });
    expect(await orders.pay(accountId, 1)).toMatchObject(fault(['amount', 'amount'], 'TOO_MUCH'));
    expect(await orders.pay(accountId, 5_001, 'REFUND')).toMatchObject(fault(['amount', 'amount'], 'TOO_MUCH'));
    expect((await orders.pay(accountId, 5_000, 'REFUND')).order).toMatchObject({ state: 'REFUNDED', paid: { amount: 0 } });
  });
  it('at once are not more than is open', async () => {
    const { accountId } = await orders.confirmedAccount(4);
    const answers = await Promise.all([3_000, 3_000].map((amount) => orders.pay(accountId, amount)));
    expect(answers.map(({ __typename }) => __typename).sort()).toEqual(['RecordPaymentSuccess', 'ValidationFailed']);
  });
  it('are in the order’s currency', async () => {
    const { accountId } = await orders.confirmedAccount(1);
    expect(await orders.pay(accountId, 1, 'PAYMENT', 'USD')).toMatchObject(fault(['amount', 'currency'], 'ONE_CURRENCY'));
  });
  it('are not of an order that was cancelled; what has come may go back', async () => {
    const { orderId, accountId } = await orders.confirmedAccount(1);
    await orders.pay(accountId, 1_000);
    await orders.act(people().owner, 'cancelOrder', { orderId, reason: 'Sold out.' });
    expect(await orders.pay(accountId, 1)).toMatchObject(fault(['amount', 'amount'], 'TOO_MUCH'));
    expect((await orders.pay(accountId, 1_000, 'REFUND')).order.state).toBe('REFUNDED');
  });
  it('are written down by whoever has the right alone, who knows what orders cost and not where they go', async () => {
    const { orderId, accountId, formId } = await orders.confirmedAccount(1);
    const { sharee, colleague, owner, customer, rival } = people();
    expect(await orders.pay(accountId, 1, 'PAYMENT', 'CNY', owner)).toMatchObject({ __typename: 'FORBIDDEN' });
    expect(await orders.pay(accountId, 1, 'PAYMENT', 'CNY', colleague)).toMatchObject({ __typename: 'NotFound' });
    expect(await orders.read(orderId, sharee)).toBeNull();
    const list = '{ orderAccounts(first: 1, where: { state: { in: [UNPAID] } }) { nodes { id total { amount } } } }';
    expect((await sharee.query(list)).orderAccounts.nodes).toEqual([{ id: accountId, total: { amount: 1_250 } }]);
    expect((await rival.query(list)).orderAccounts.nodes).toEqual([]);
    const own = 'query ($id: ID!) { businessForm(id: $id) { ... on Order { account { state paid { amount } } } } }';
    expect((await customer.query(own, { id: formId })).businessForm.account).toEqual({ state: 'UNPAID', paid: { amount: 0 } });
  });
  it('are counted anew where a change of the order is taken', async () => {
    const { orderId, lineId, accountId } = await orders.confirmedAccount(4);
    await orders.pay(accountId, 2_500);
    await orders.propose(orderId, [{ lineId, quantity: 2 }]);
    await orders.answer(orderId, 1, 'ACCEPT');
    expect(await orders.account(accountId)).toMatchObject({ state: 'PAID', total: { amount: 2_500 } });
  });
});
