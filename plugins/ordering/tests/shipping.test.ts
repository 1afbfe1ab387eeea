import type { TestSeat } from '@guichet/sdk/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Shop } from './shop.ts';

const DAY = 86_400_000;
let now = Date.parse('2026-06-01T08:00:00Z');
let shop: Shop;
let shipper: TestSeat;
let keys = 0;
const once = () => ({ idempotencyKey: `ship-${keys++}` });
beforeAll(async () => {
  shop = await Shop.open(undefined, () => new Date(now));
  shipper = shop.plugin.colleague;
  await shop.grant(shipper, 'ORDERING_FULFIL');
  await shop.set({ shipping: true, receiptDays: 7, allowBackorder: false });
  await shop.strike();
});
afterAll(() => shop?.close());

const SHIPPING = `id state recipient address lines { id quantity shipped received }
  shipments { tracking receivedAt receivedItself lines { id quantity received disputed reason } }
  viewerCan { ship confirmReceipt disputeReceipt settleDispute cancel }`;
const read = async (seat: TestSeat, id: string) =>
  (await seat.query(`query ($id: ID!) { node(id: $id) { ... on OrderShipping { ${SHIPPING} } } }`, { id })).node;
const STOCK = 'query ($id: ID!) { node(id: $id) { ... on Product { variants { stock reserved } } } }';
const stockOf = async (id: string) => (await shop.plugin.admin.query(STOCK, { id })).node.variants[0];
const formOf = async (id: string) =>
  (await shop.plugin.customer.query('query ($id: ID!) { businessForm(id: $id) { customerState ... on Order { receivedAt } } }', { id }))
    .businessForm;

/** An order of some of a new product, which is placed, or approved as well. */
async function placed(quantity = 10, isApproved = true) {
  const productId = await shop.offer({ stock: 20 });
  const delivery = { recipient: 'Gate 4', phone: '0571 8888', address: '1 Quay' };
  const { order } = await shop.ask([{ productId, quantity }], { delivery });
  if (isApproved) await shop.decide(order.id, 'approve');
  const { businessForm } = await shop.plugin.customer.query(
    'query ($id: ID!) { businessForm(id: $id) { ... on Order { shipping { id lines { id } } } } }',
    { id: order.id },
  );
  return { productId, formId: order.id, orderId: businessForm.shipping.id, lineId: businessForm.shipping.lines[0].id };
}
const ship = (orderId: string, lines?: object[], more: object = {}, seat = shipper) =>
  shop.act(
    seat,
    'createShipment',
    { orderId, lines, ...more, ...once() },
    `order { ${SHIPPING} }`,
    '... on InvalidTransition { state allowed }',
  );
const receive = (orderId: string, lines?: object[], seat = shop.plugin.customer) =>
  shop.act(seat, 'confirmReceipt', { orderId, lines, ...once() }, `order { ${SHIPPING} }`, '... on InvalidTransition { state allowed }');
const dispute = (orderId: string, lines: object[]) =>
  shop.act(shop.plugin.customer, 'disputeReceipt', { orderId, lines, reason: 'Broken.', ...once() }, `order { ${SHIPPING} }`);
const settle = (orderId: string, shipAnew: boolean, seat = shop.plugin.owner) =>
  shop.act(seat, 'settleDispute', { orderId, shipAnew, ...once() }, `order { ${SHIPPING} }`, '... on InvalidTransition { state allowed }');
const cancel = (orderId: string, seat = shop.plugin.owner) =>
  shop.act(
    seat,
    'cancelOrder',
    { orderId, reason: 'Sold out.', ...once() },
    `order { ${SHIPPING} cancelReason }`,
    '... on InvalidTransition { state allowed }',
  );

describe('an order that is shipped (spec 8.5)', () => {
  it('goes out in parts, comes in parts, and is complete with the last of it', async () => {
    const { productId, formId, orderId, lineId } = await placed();
    expect(await read(shipper, orderId)).toMatchObject({
      state: 'CONFIRMED',
      recipient: 'Gate 4',
      address: '1 Quay',
      viewerCan: { ship: true, cancel: false },
    });
    expect(await stockOf(productId)).toEqual({ stock: 10, reserved: 10 });
    expect((await ship(orderId, [{ lineId, quantity: 4 }], { tracking: 'SF 1' })).order).toMatchObject({
      state: 'PART_SHIPPED',
      lines: [{ shipped: 4 }],
    });
    expect(await stockOf(productId)).toEqual({ stock: 10, reserved: 6 });
    expect((await receive(orderId)).order).toMatchObject({
      state: 'PART_SHIPPED',
      lines: [{ received: 4 }],
      shipments: [{ receivedAt: expect.any(String) }],
    });
    expect((await ship(orderId)).order).toMatchObject({ state: 'SHIPPED', lines: [{ shipped: 10 }] });
    expect(await stockOf(productId)).toEqual({ stock: 10, reserved: 0 });
    const [, { lines }] = (await read(shop.plugin.customer, orderId)).shipments;
    expect((await receive(orderId, [{ lineId: lines[0].id, quantity: 5 }])).order.state).toBe('SHIPPED');
    expect(await formOf(formId)).toMatchObject({ customerState: 'AWAITING_YOUR_CONFIRMATION', receivedAt: null });
    expect((await receive(orderId, [{ lineId: lines[0].id }])).order.state).toBe('RECEIVED');
    expect(await formOf(formId)).toMatchObject({ customerState: 'COMPLETED', receivedAt: expect.any(String) });
  });
  it('ships no more than was ordered, also by two at once', async () => {
    const { orderId, lineId, productId } = await placed(5);
    expect(await ship(orderId, [{ lineId, quantity: 6 }])).toMatchObject({
      issues: [{ path: ['input', 'lines', '0', 'quantity'], code: 'TOO_MANY' }],
    });
    const answers = await Promise.all([3, 3, 3].map((quantity) => ship(orderId, [{ lineId, quantity }])));
    expect(answers.map(({ __typename }) => __typename).sort()).toEqual(['CreateShipmentSuccess', 'ValidationFailed', 'ValidationFailed']);
    expect(await stockOf(productId)).toEqual({ stock: 15, reserved: 2 });
    const other = await placed(1);
    expect(await ship(orderId, [{ lineId: other.lineId, quantity: 1 }])).toMatchObject({
      __typename: 'NotFound',
      path: ['input', 'lines', '0', 'lineId'],
    });
  });
  it('moves from where it stands alone, and says what can be done instead', async () => {
    const { orderId, formId } = await placed(2, false);
    expect(await ship(orderId)).toMatchObject({ __typename: 'InvalidTransition', state: 'IN_APPROVAL', allowed: [] });
    expect(await receive(orderId)).toMatchObject({ __typename: 'InvalidTransition', state: 'IN_APPROVAL', allowed: [] });
    await shop.decide(formId, 'approve');
    expect(await settle(orderId, true)).toMatchObject({
      __typename: 'InvalidTransition',
      state: 'CONFIRMED',
      allowed: ['proposeChange', 'cancel'],
    });
    await ship(orderId);
    expect(await cancel(orderId)).toMatchObject({ __typename: 'InvalidTransition', state: 'SHIPPED', allowed: ['settleDispute'] });
    expect(await settle(orderId, true)).toMatchObject({ issues: [{ code: 'NOTHING_DISPUTED' }] });
    await receive(orderId);
    expect(await receive(orderId)).toMatchObject({ __typename: 'InvalidTransition', state: 'RECEIVED', allowed: [] });
  });
  it('that was rejected goes nowhere', async () => {
    const { orderId, formId, productId } = await placed(2, false);
    await shop.decide(formId, 'reject');
    expect((await read(shop.plugin.customer, orderId)).state).toBe('REJECTED');
    expect(await stockOf(productId)).toEqual({ stock: 20, reserved: 0 });
    expect(await ship(orderId)).toMatchObject({ __typename: 'InvalidTransition', state: 'REJECTED' });
  });
  it('is neither confirmed nor withdrawn behind the goods’ back', async () => {
    const { orderId, formId } = await placed(2);
    expect(await shop.act(shop.plugin.customer, 'confirmForm', { formId })).toMatchObject({ issues: [{ code: 'NOT_RECEIVED' }] });
    await ship(orderId);
    expect(await shop.act(shop.plugin.customer, 'confirmForm', { formId })).toMatchObject({ issues: [{ code: 'NOT_RECEIVED' }] });
    expect((await read(shipper, orderId)).state).toBe('SHIPPED');
  });
});

describe('an order whose form was ended', () => {
  it('after a part has gone out: what had not gone is back in stock, and nothing more goes or comes', async () => {
    const { productId, formId, orderId, lineId } = await placed(5);
    await ship(orderId, [{ lineId, quantity: 2 }]);
    expect(await shop.act(shop.plugin.customer, 'withdrawForm', { formId })).toMatchObject({
      __typename: expect.not.stringMatching(/Success$/),
    });
    await shop.act(shop.plugin.formsAdmin, 'endForm', { formId, reason: 'A mistake.', ...once() });
    expect(await stockOf(productId)).toEqual({ stock: 18, reserved: 0 });
    expect(await ship(orderId)).toMatchObject({ __typename: 'InvalidTransition', state: 'CANCELLED' });
    now += 8 * DAY;
    await shop.strike();
    expect((await read(shipper, orderId)).state).toBe('CANCELLED');
  });
});

describe('cancelling', () => {
  it.each([false, true])('before anything has gone out gives goods back and ends the form (approved: %s)', async (isApproved) => {
    const { orderId, formId, productId } = await placed(3, isApproved);
    expect((await cancel(orderId)).order).toMatchObject({ state: 'CANCELLED', cancelReason: 'Sold out.' });
    expect(await stockOf(productId)).toEqual({ stock: 20, reserved: 0 });
    expect((await formOf(formId)).customerState).not.toMatch(/AWAITING|PROGRESS|RECEIVED/);
    expect(await cancel(orderId)).toMatchObject({ __typename: 'InvalidTransition', state: 'CANCELLED', allowed: [] });
  });
  it('and shipping at once: one of the two happens', async () => {
    const { orderId, productId } = await placed(3);
    const answers = await Promise.all([cancel(orderId), ship(orderId)]);
    expect(answers.map(({ __typename }) => __typename.replace(/^(Cancel|Create).*/, 'done')).sort()).toEqual(['InvalidTransition', 'done']);
    const { stock, reserved } = await stockOf(productId);
    expect([reserved, [17, 20].includes(stock)]).toEqual([0, true]);
  });
});

describe('receipt', () => {
  it('that nobody speaks of is told by a clock after the days, but for what is disputed', async () => {
    const { orderId, formId } = await placed(10);
    const { order } = await ship(orderId);
    const { id: lineId } = order.shipments[0].lines[0];
    expect((await dispute(orderId, [{ lineId, quantity: 3 }])).order.shipments[0].lines).toMatchObject([
      { disputed: 3, reason: 'Broken.' },
    ]);
    now += 6 * DAY;
    await shop.strike();
    expect((await read(shipper, orderId)).lines).toMatchObject([{ received: 0 }]);
    now += 2 * DAY;
    await shop.strike();
    expect(await read(shipper, orderId)).toMatchObject({ state: 'SHIPPED', lines: [{ received: 7 }] });
    expect((await settle(orderId, false)).order).toMatchObject({ state: 'RECEIVED', lines: [{ received: 10 }] });
    expect((await formOf(formId)).customerState).toBe('COMPLETED');
  });
  it('by a clock completes the form, and says so', async () => {
    const { orderId, formId } = await placed(2);
    await ship(orderId);
    now += 8 * DAY;
    await shop.strike();
    expect(await read(shipper, orderId)).toMatchObject({ state: 'RECEIVED', shipments: [{ receivedItself: true }] });
    expect((await formOf(formId)).customerState).toBe('COMPLETED');
  });
  it('that is disputed can be shipped once more, from stock', async () => {
    const { orderId, productId } = await placed(10);
    const { order } = await ship(orderId);
    const { id: lineId } = order.shipments[0].lines[0];
    await dispute(orderId, [{ lineId, quantity: 4 }]);
    await receive(orderId);
    expect((await settle(orderId, true)).order).toMatchObject({
      state: 'PART_SHIPPED',
      lines: [{ shipped: 6, received: 6 }],
      shipments: [{ receivedAt: expect.any(String) }],
    });
    expect(await stockOf(productId)).toEqual({ stock: 6, reserved: 4 });
    await ship(orderId);
    expect((await receive(orderId)).order.state).toBe('RECEIVED');
    expect(await stockOf(productId)).toEqual({ stock: 6, reserved: 0 });
  });
  it('that is disputed is not shipped once more where there is nothing left', async () => {
    const { orderId, productId } = await placed(10);
    const { order } = await ship(orderId);
    await dispute(orderId, [{ lineId: order.shipments[0].lines[0].id, quantity: 4 }]);
    await shop.change(productId, { stock: 3 });
    expect(await settle(orderId, true)).toMatchObject({ issues: [{ path: ['input', 'shipAnew'], code: 'OUT_OF_STOCK' }] });
    expect((await read(shipper, orderId)).shipments[0].lines).toMatchObject([{ disputed: 4 }]);
  });
  it('of more than is open is refused, and of another order’s shipment', async () => {
    const [one, two] = [await placed(2), await placed(2)];
    const { order } = await ship(one.orderId);
    await ship(two.orderId);
    const lineId = order.shipments[0].lines[0].id;
    expect(await receive(one.orderId, [{ lineId, quantity: 3 }])).toMatchObject({ issues: [{ code: 'TOO_MANY' }] });
    expect(await receive(two.orderId, [{ lineId, quantity: 1 }])).toMatchObject({
      __typename: 'NotFound',
      path: ['input', 'lines', '0', 'lineId'],
    });
    const answers = await Promise.all([receive(one.orderId), receive(one.orderId)]);
    expect(answers.map(({ __typename }) => __typename).sort()).toEqual(['ConfirmReceiptSuccess', 'InvalidTransition']);
  });
});

describe('who does what', () => {
  it('each move is somebody’s', async () => {
    const { orderId } = await placed(3);
    const { owner, supervisor, customer, rival, stranger, sharee } = shop.plugin;
    const can = async (seat: TestSeat) => {
      const node = await read(seat, orderId);
      return node && Object.entries(node.viewerCan).flatMap(([move, may]) => (may ? [move] : []));
    };
    expect(await Promise.all([shipper, owner, supervisor, customer].map(can))).toEqual([['ship'], ['cancel'], ['cancel'], []]);
    expect(await Promise.all([rival, stranger, sharee].map(can))).toEqual([null, null, null]);
    for (const seat of [owner, sharee, customer]) {
      const { data, errors } = await seat.ask(
        'mutation ($id: ID!) { createShipment(input: { orderId: $id }) { __typename ... on UserError { code } } }',
        { id: orderId },
      );
      expect(errors.length > 0 || data.createShipment.__typename === 'NotFound', seat.name).toBe(true);
    }
    expect((await ship(orderId, undefined, {}, shipper)).order.state).toBe('SHIPPED');
    expect(await can(customer)).toEqual(['confirmReceipt', 'disputeReceipt']);
    expect(await can(owner)).toEqual(['settleDispute']);
  });
  it('whoever ships reads what goes where, and not what it costs', async () => {
    const { orderId, formId } = await placed(1);
    const list = '{ orders(first: 20, where: { state: { in: [CONFIRMED] } }) { nodes { id lines { name quantity } } } }';
    expect((await shipper.query(list)).orders.nodes).toContainEqual({ id: orderId, lines: [{ name: 'Saw', quantity: 1 }] });
    expect((await shipper.query('query ($id: ID!) { businessForm(id: $id) { id } }', { id: formId })).businessForm).toBeNull();
    expect((await shop.plugin.customer.query(list)).orders.nodes).toContainEqual({ id: orderId, lines: [{ name: 'Saw', quantity: 1 }] });
    expect((await shop.plugin.rival.query(list)).orders.nodes).toEqual([]);
    expect((await shop.plugin.sharee.query(list)).orders.nodes).toEqual([]);
  });
  it('where orders are not shipped, nothing of it is there', async () => {
    await shop.set({ shipping: null });
    const productId = await shop.offer();
    const { id } = await shop.order({ productId, quantity: 1 });
    const shipping = 'query ($id: ID!) { businessForm(id: $id) { ... on Order { shipping { id } } } }';
    expect((await shop.plugin.customer.query(shipping, { id })).businessForm.shipping).toBeNull();
    await shop.decide(id, 'approve');
    await shop.confirm(id);
    expect((await formOf(id)).customerState).toBe('COMPLETED');
    await shop.set({ shipping: true });
  });
});
