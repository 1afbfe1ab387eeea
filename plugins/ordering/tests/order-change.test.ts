import type { TestSeat } from '@guichet/sdk/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Orders } from './orders.ts';

const DAY = 86_400_000;
let orders: Orders;
beforeAll(async () => {
  orders = await Orders.open();
});
afterAll(() => orders?.close());
beforeEach(() => orders.shop.set({ shipping: true, allowBackorder: false, reservationDays: 3 }));
const people = () => orders.shop.plugin;
const fault = (path: string[], code: string) => ({ __typename: 'ValidationFailed', issues: [{ path: ['input', ...path], code }] });

describe('a change that the seller proposes (spec 8.5)', () => {
  it('is taken by the customer: priced anew, kept anew, and approved then', async () => {
    const { productId, formId, orderId, lineId } = await orders.placed(10);
    expect((await orders.propose(orderId, [{ lineId, quantity: 4 }], { reason: 'No more here.' })).order.state).toBe('CHANGE_PROPOSED');
    expect(await orders.changes(formId)).toEqual([
      {
        ...{ number: 1, state: 'PROPOSED', reason: 'No more here.', total: { amount: 5_000, currency: 'CNY' } },
        lines: [{ fromQuantity: 10, quantity: 4, unitPrice: { amount: 1_250 } }],
      },
    ]);
    expect(await orders.approve(formId)).toMatchObject(fault(['taskId'], 'CHANGE_PROPOSED'));
    expect(await orders.stock(productId)).toEqual({ stock: 10, reserved: 10 });
    expect((await orders.answer(orderId, 1, 'ACCEPT')).order).toMatchObject({ state: 'IN_APPROVAL', lines: [{ quantity: 4 }] });
    expect(await orders.stock(productId)).toEqual({ stock: 16, reserved: 4 });
    expect((await orders.approve(formId)).__typename).toBe('ApproveFormTaskSuccess');
    expect((await orders.read(orderId)).state).toBe('CONFIRMED');
    expect(await orders.total(formId)).toBe(5_000);
    await expect.poll(() => orders.told()).toContain('ORDERING_CHANGE_PROPOSED');
  });
  it('after the approval leads back to where the order was, and can be more', async () => {
    const { productId, formId, orderId, lineId } = await orders.confirmed(3);
    await orders.propose(orderId, [{ lineId, quantity: 12 }]);
    expect((await orders.answer(orderId, 1, 'ACCEPT')).order.state).toBe('CONFIRMED');
    expect(await orders.stock(productId)).toEqual({ stock: 8, reserved: 12 });
    await orders.days(4); // kept for good
    expect(await orders.stock(productId)).toEqual({ stock: 8, reserved: 12 });
    expect(await orders.total(formId)).toBe(15_000);
  });
  it('takes a line out, and its goods are everybody’s again', async () => {
    const [first, second] = [await orders.shop.offer({ stock: 5 }), await orders.shop.offer({ stock: 5, name: 'Plane' })];
    const { orderId, lines } = await orders.placedOf([
      { productId: first, quantity: 2 },
      { productId: second, quantity: 2 },
    ]);
    await orders.propose(orderId, [{ lineId: lines[0]!, quantity: 0 }]);
    expect((await orders.answer(orderId, 1, 'ACCEPT')).order.lines).toMatchObject([{ name: 'Plane', quantity: 2 }]);
    expect(await orders.stock(first)).toEqual({ stock: 5, reserved: 0 });
  });
  it('is not taken where the goods have gone to others meanwhile, and can be later', async () => {
    const { productId, orderId, lineId } = await orders.confirmed(3);
    await orders.propose(orderId, [{ lineId, quantity: 20 }]);
    await orders.shop.change(productId, { stock: 16 });
    expect(await orders.answer(orderId, 1, 'ACCEPT')).toMatchObject(fault(['orderId'], 'OUT_OF_STOCK'));
    expect(await orders.stock(productId)).toEqual({ stock: 16, reserved: 3 });
    expect((await orders.read(orderId)).state).toBe('CHANGE_PROPOSED');
    await orders.shop.change(productId, { stock: 17 });
    expect((await orders.answer(orderId, 1, 'ACCEPT')).order.state).toBe('CONFIRMED');
  });
  it('that is refused is taken back, or another one follows', async () => {
    const { formId, orderId, lineId } = await orders.placed(10);
    expect(await orders.customerState(formId)).toBe('RECEIVED');
    await orders.propose(orderId, [{ lineId, quantity: 4 }]);
    expect(await orders.customerState(formId)).toBe('IN_PROGRESS');
    expect((await orders.answer(orderId, 1, 'REFUSE')).order.state).toBe('NEEDS_CORRECTION');
    await orders.propose(orderId, [{ lineId, quantity: 6 }]);
    expect(await orders.answer(orderId, 1, 'ACCEPT')).toMatchObject(fault(['change'], 'CHANGE_OVER'));
    expect((await orders.withdraw(orderId)).order.state).toBe('IN_APPROVAL');
    expect(await orders.changes(formId)).toMatchObject([{ state: 'REFUSED' }, { state: 'WITHDRAWN' }]);
    expect(await orders.total(formId)).toBe(12_500);
  });
  it('is answered by giving the order up: its form ends, and its goods are everybody’s', async () => {
    const { productId, orderId, formId, lineId } = await orders.confirmed(3);
    await orders.propose(orderId, [{ lineId, quantity: 2 }]);
    expect((await orders.answer(orderId, 1, 'CANCEL')).order.state).toBe('CANCELLED');
    expect(await orders.stock(productId)).toEqual({ stock: 20, reserved: 0 });
    expect(await orders.customerState(formId)).not.toMatch(/AWAITING|PROGRESS|RECEIVED/);
  });
  it('holds for its time, also where no clock has struck; then it lapses', async () => {
    const { formId, orderId, lineId } = await orders.confirmed(3);
    await orders.propose(orderId, [{ lineId, quantity: 2 }]);
    orders.now += 2 * DAY;
    expect(await orders.answer(orderId, 1, 'ACCEPT')).toMatchObject(fault(['orderId'], 'CHANGE_OVER'));
    await orders.days(0);
    expect((await orders.read(orderId)).state).toBe('NEEDS_CORRECTION');
    expect(await orders.changes(formId)).toMatchObject([{ state: 'LAPSED' }]);
    expect((await orders.withdraw(orderId)).order.state).toBe('CONFIRMED');
  });
  it('does not lapse while the window is suspended: its customer has the time that was left', async () => {
    const [{ formId, orderId, lineId }, other] = [await orders.confirmed(3), await orders.confirmed(3)];
    await orders.propose(orderId, [{ lineId, quantity: 2 }]);
    orders.now += DAY;
    await people().certify('BASIC');
    expect(await orders.propose(other.orderId, [{ lineId: other.lineId, quantity: 1 }])).toMatchObject({ __typename: 'WindowSuspended' });
    await orders.days(9);
    await people().certify('ADVANCED');
    await orders.days(0.9);
    expect(await orders.changes(formId)).toMatchObject([{ state: 'PROPOSED' }]);
    await orders.days(0.1);
    expect(await orders.changes(formId)).toMatchObject([{ state: 'LAPSED' }]);
  });
  it('ends with its form', async () => {
    const { orderId, formId, lineId } = await orders.placed(3);
    await orders.propose(orderId, [{ lineId, quantity: 2 }]);
    await orders.shop.decide(formId, 'reject');
    expect((await orders.read(orderId)).state).toBe('REJECTED');
    expect(await orders.changes(formId)).toMatchObject([{ state: 'WITHDRAWN' }]);
    expect(await orders.answer(orderId, 1, 'ACCEPT')).toMatchObject({ __typename: 'InvalidTransition', state: 'REJECTED' });
  });
  it('of two answers at once one counts', async () => {
    const { orderId, lineId, productId } = await orders.placed(10);
    await orders.propose(orderId, [{ lineId, quantity: 4 }]);
    const answers = await Promise.all(['ACCEPT', 'CANCEL'].map((answer) => orders.answer(orderId, 1, answer)));
    expect(answers.map(({ __typename }) => __typename).sort()).toEqual(['AnswerOrderChangeSuccess', 'InvalidTransition']);
    expect([4, 0]).toContain((await orders.stock(productId)).reserved);
  });
  it('and an approval at once: never both', async () => {
    const { orderId, formId, lineId } = await orders.placed(10);
    const [proposed, approved] = await Promise.all([orders.propose(orderId, [{ lineId, quantity: 4 }]), orders.approve(formId)]);
    expect(proposed.__typename).toBe('ProposeOrderChangeSuccess');
    const { state } = await orders.read(orderId);
    expect(state).toBe('CHANGE_PROPOSED');
    expect(['ApproveFormTaskSuccess', 'ValidationFailed']).toContain(approved.__typename);
  });

  it.each([
    ['nothing that changes', (lineId: string) => [{ lineId }], fault(['lines'], 'NOTHING_CHANGED')],
    ['the same quantity', (lineId: string) => [{ lineId, quantity: 3 }], fault(['lines'], 'NOTHING_CHANGED')],
    ['nothing left', (lineId: string) => [{ lineId, quantity: 0 }], fault(['lines'], 'NOTHING_LEFT')],
    [
      'another order’s line',
      () => [{ lineId: 'never issued', quantity: 1 }],
      { __typename: 'NotFound', path: ['input', 'lines', '0', 'lineId'] },
    ],
    [
      'a line twice',
      (lineId: string) => [
        { lineId, quantity: 1 },
        { lineId, quantity: 2 },
      ],
      { __typename: 'NotFound', path: ['input', 'lines', '1', 'lineId'] },
    ],
  ])('is refused with %s', async (_, lines, refused) => {
    const { orderId, lineId } = await orders.placed(3);
    expect(await orders.propose(orderId, lines(lineId))).toMatchObject(refused);
    expect((await orders.read(orderId)).state).toBe('IN_APPROVAL');
  });
  it('is refused with a moment that is over', async () => {
    const { orderId, lineId } = await orders.placed(3);
    const validUntil = new Date(orders.now - 1).toISOString();
    expect(await orders.propose(orderId, [{ lineId, quantity: 1 }], { validUntil })).toMatchObject(fault(['validUntil'], 'PAST'));
  });
  it('names a price by whoever keeps prices alone, in the order’s currency', async () => {
    const { orderId, lineId, formId } = await orders.placed(3);
    const at = (amount: number, currency = 'CNY') => [{ lineId, unitPrice: { amount, currency } }];
    expect(await orders.propose(orderId, at(900))).toMatchObject({ __typename: 'FORBIDDEN' });
    const { formsAdmin } = people();
    await orders.shop.grant(formsAdmin, 'ORDERING_PRICE');
    expect(await orders.propose(orderId, at(900, 'USD'), {}, formsAdmin)).toMatchObject(fault(['lines', '0', 'unitPrice'], 'ONE_CURRENCY'));
    expect((await orders.propose(orderId, at(900), {}, formsAdmin)).order.state).toBe('CHANGE_PROPOSED');
    await orders.answer(orderId, 1, 'ACCEPT');
    expect(await orders.total(formId)).toBe(2_700);
  });
});

describe('goods that are kept no more while an order is decided about (spec 8.5)', () => {
  it('are said to be, and taken anew by the approval', async () => {
    const { orderId, formId, productId } = await orders.placed(3);
    await orders.days(4);
    expect((await orders.read(orderId)).state).toBe('EXPIRED');
    expect(await orders.stock(productId)).toEqual({ stock: 20, reserved: 0 });
    await orders.approve(formId);
    expect((await orders.read(orderId)).state).toBe('CONFIRMED');
    expect(await orders.stock(productId)).toEqual({ stock: 17, reserved: 3 });
  });
  it('are kept anew by a change that is taken', async () => {
    const { orderId, lineId, productId } = await orders.placed(3);
    await orders.days(4);
    await orders.propose(orderId, [{ lineId, quantity: 2 }]);
    expect((await orders.answer(orderId, 1, 'ACCEPT')).order.state).toBe('IN_APPROVAL');
    expect(await orders.stock(productId)).toEqual({ stock: 18, reserved: 2 });
  });
  it('are still not kept where a change is taken back', async () => {
    const { orderId, lineId } = await orders.placed(3);
    await orders.days(4);
    await orders.propose(orderId, [{ lineId, quantity: 2 }]);
    expect((await orders.withdraw(orderId)).order.state).toBe('EXPIRED');
  });
});

describe('live (spec 8.5)', () => {
  const LIVE = 'subscription { orderChanged { kind orderId order { state } } }';
  it('both sides follow an order, and nobody else', async () => {
    const { owner, customer, rival } = people();
    const seats: TestSeat[] = [owner, customer];
    const following = seats.map((seat) => seat.follow(LIVE));
    const other = rival.follow(LIVE);
    await Promise.all([...following, other].map(({ opened }) => opened));
    const { orderId, lineId } = await orders.confirmed(3);
    for (const live of following) {
      expect(await live.next()).toMatchObject({ kind: 'IN_APPROVAL', orderId });
      expect(await live.next()).toMatchObject({ kind: 'CONFIRMED', orderId });
    }
    await orders.propose(orderId, [{ lineId, quantity: 1 }]);
    for (const live of following) expect(await live.next()).toMatchObject({ kind: 'CHANGE_PROPOSED', order: { state: 'CHANGE_PROPOSED' } });
    const own = await orders.placedOf([{ productId: await orders.shop.offer(), quantity: 1 }], rival);
    expect(await other.next()).toMatchObject({ kind: 'IN_APPROVAL', orderId: own.orderId });
    await Promise.all([...following, other].map((live) => live.stop()));
  });
  it('whoever keeps the catalogue is told what runs low, once', async () => {
    const { admin, owner } = people();
    const live = admin.follow('subscription { stockLow { kind variant { name stock } } }');
    await live.opened;
    for (const name of ['Rasp', 'File']) {
      const productId = await orders.shop.offer({ name, stock: 5 });
      await orders.setLow(productId, 3);
      for (const quantity of [1, 1, 1]) await orders.placedOf([{ productId, quantity }]);
      expect(await live.next()).toMatchObject({ kind: 'LOW', variant: { name } });
    }
    await live.stop();
    await expect(owner.follow('subscription { stockLow { kind } }').next()).rejects.toThrow('FORBIDDEN');
  });
});

describe('ordering once more (spec 8.5)', () => {
  it('puts into the cart what an order had, at today’s prices, and says what cannot be had', async () => {
    const { customer, rival } = people();
    const [saw, gone, scarce] = [
      await orders.shop.offer(),
      await orders.shop.offer({ name: 'Gone' }),
      await orders.shop.offer({ name: 'Scarce', stock: 3 }),
    ];
    const { formId } = await orders.placedOf([saw, gone, scarce].map((productId) => ({ productId, quantity: 2 })));
    await orders.shop.change(saw, { price: { amount: 2_000, currency: 'CNY' } });
    await orders.withdrawProduct(gone);
    const { cart } = await orders.reorder(formId);
    expect(cart.lines).toEqual([
      { variant: { name: 'Saw' }, quantity: 2, unitPrice: { amount: 2_000 }, fault: null },
      { variant: { name: 'Gone' }, quantity: 2, unitPrice: null, fault: 'WITHDRAWN' },
      { variant: { name: 'Scarce' }, quantity: 2, unitPrice: { amount: 1_250 }, fault: 'OUT_OF_STOCK' },
    ]);
    expect((await orders.reorder(formId)).cart.lines[0].quantity).toBe(4);
    expect(await orders.reorder(formId, rival)).toMatchObject({ __typename: 'NotFound', path: ['input', 'orderId'] });
    expect(await orders.reorder('never issued', customer)).toMatchObject({ __typename: 'NotFound' });
  });
});
