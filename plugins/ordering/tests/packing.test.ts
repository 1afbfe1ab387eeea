import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Orders } from './orders.ts';

let orders: Orders;
beforeAll(async () => {
  orders = await Orders.open();
  await orders.shop.set({ receiptDays: 7 });
});
afterAll(() => orders?.close());
const people = () => orders.shop.plugin;
const NOW = () => new Date(orders.now).toISOString();
const TIMES = 'packedAt shippedAt deliveredAt receivedAt receivedItself carrier tracking';
const isDone = ({ __typename }: { __typename: string }) => __typename.endsWith('Success');
const told = async () => (await orders.told()).filter((kind) => kind.startsWith('ORDERING_'));
const shipmentsOf = async (orderId: string) => (await orders.read(orderId, people().customer, 'shipments { id state }')).shipments;

describe('goods that are packed before they go out (spec 8.5)', () => {
  it('stay in the house until they are sent, are delivered, and come', async () => {
    const { productId, orderId, lineId } = await orders.confirmed(6);
    const { id } = await orders.pack(orderId, [{ lineId, quantity: 4 }], { carrier: 'SF', tracking: 'SF 1' });
    expect(await orders.shipment(id, TIMES)).toMatchObject({ state: 'PACKED', packedAt: NOW(), shippedAt: null, deliveredAt: null });
    expect(await orders.read(orderId)).toMatchObject({ state: 'CONFIRMED', lines: [{ shipped: 0 }] });
    expect(await orders.stock(productId)).toEqual({ stock: 14, reserved: 6 });
    await orders.days(1);
    expect((await orders.move(id, 'sendShipment', { tracking: 'SF 2' })).order).toMatchObject({
      state: 'PART_SHIPPED',
      lines: [{ shipped: 4 }],
    });
    expect(await orders.stock(productId)).toEqual({ stock: 14, reserved: 2 });
    await expect.poll(told).toEqual(['ORDERING_SHIPPED']);
    expect(await orders.shipment(id, TIMES)).toMatchObject({ state: 'SHIPPED', shippedAt: NOW(), carrier: 'SF', tracking: 'SF 2' });
    await orders.days(1);
    await orders.move(id, 'deliverShipment');
    await expect.poll(told).toEqual(['ORDERING_DELIVERED', 'ORDERING_SHIPPED']);
    expect(await orders.shipment(id, TIMES)).toMatchObject({ state: 'DELIVERED', deliveredAt: NOW() });
    expect((await orders.receive(orderId)).order.lines).toMatchObject([{ received: 4 }]);
    expect(await orders.shipment(id, TIMES)).toMatchObject({ state: 'RECEIVED', receivedAt: NOW(), receivedItself: false });
  });
  it('are packed once, as many as were ordered, by several at once too, and sent once', async () => {
    const { productId, orderId, lineId } = await orders.confirmed(5);
    const packs = () =>
      orders.act(people().colleague, 'createShipment', { orderId, lines: [{ lineId, quantity: 3 }], pack: true }, 'shipment { id }');
    const answers = await Promise.all([packs(), packs()]);
    expect(answers.filter(isDone)).toHaveLength(1);
    expect(answers.find((one) => !isDone(one))).toMatchObject({
      issues: [{ path: ['input', 'lines', '0', 'quantity'], code: 'TOO_MANY' }],
    });
    const { id } = answers.find(isDone).shipment;
    expect(await orders.ship(orderId, [{ lineId, quantity: 3 }])).toMatchObject({ issues: [{ code: 'TOO_MANY' }] });
    expect((await orders.ship(orderId)).order).toMatchObject({ state: 'PART_SHIPPED', lines: [{ shipped: 2 }] });
    expect(await orders.ship(orderId)).toMatchObject({ issues: [{ path: ['input', 'lines'], code: 'NOTHING_LEFT' }] });
    const sent = await Promise.all([orders.move(id, 'sendShipment'), orders.move(id, 'sendShipment'), orders.move(id, 'unpackShipment')]);
    expect(sent.filter(isDone)).toHaveLength(1);
    for (const refused of sent.filter((one) => !isDone(one))) expect(refused.__typename).toBe('InvalidTransition');
    const { stock, reserved } = await orders.stock(productId);
    const { state } = await orders.shipment(id);
    expect({ state, stock, reserved }).toEqual({ state, stock: 15, reserved: state === 'SHIPPED' ? 0 : 3 });
  });
  it('can be neither received nor disputed while they are packed, and do not count as received by themselves', async () => {
    const { orderId, lineId } = await orders.confirmed(5);
    await orders.ship(orderId, [{ lineId, quantity: 1 }]);
    const { id, lines } = await orders.pack(orderId);
    const of = [{ lineId: lines[0]!.id }];
    expect(await orders.receive(orderId, of)).toMatchObject({ code: 'NOT_FOUND', path: ['input', 'lines', '0', 'lineId'] });
    expect(await orders.dispute(orderId, lines[0]!.id, 1)).toMatchObject({ code: 'NOT_FOUND', path: ['input', 'lines', '0', 'lineId'] });
    await orders.days(8);
    expect(await orders.read(orderId)).toMatchObject({ state: 'PART_SHIPPED', lines: [{ received: 1 }] });
    expect((await orders.shipment(id)).state).toBe('PACKED');
  });
  it('are unpacked, and are packed anew; what was unpacked is not told of', async () => {
    const { orderId } = await orders.confirmed(3);
    const { id } = await orders.pack(orderId);
    await orders.move(id, 'unpackShipment');
    expect(await shipmentsOf(orderId)).toEqual([]);
    const again = await orders.pack(orderId);
    expect(await shipmentsOf(orderId)).toMatchObject([{ id: again.id, state: 'PACKED' }]);
    expect((await orders.move(again.id, 'sendShipment')).order.state).toBe('SHIPPED');
  });
  it('are told to the customer, when, and not by whom or why they are unpacked; no notification is sent', async () => {
    const { customer, sharee, colleague } = people();
    await orders.shop.grant(sharee, 'ORDERING_FULFIL');
    await orders.days(0);
    const before = await told();
    const transcript = async (shipper: typeof sharee): Promise<string> => {
      const { orderId } = await orders.confirmed(3);
      const live = customer.follow('subscription { orderChanged { kind order { state shipments { state packedAt shippedAt } } } }');
      await live.opened;
      const packs = () => orders.act(shipper, 'createShipment', { orderId, pack: true }, 'shipment { id }');
      const { id } = (await packs()).shipment;
      const seen = [await live.next()];
      await orders.act(shipper, 'unpackShipment', { shipmentId: id }, 'shipment { id }');
      seen.push(await live.next());
      await packs();
      seen.push(await live.next(), await orders.read(orderId, customer, 'shipments { state packedAt shippedAt receivedItself }'));
      await live.stop();
      expect(seen).toMatchObject([
        { kind: 'PACKED', order: { state: 'CONFIRMED', shipments: [{ state: 'PACKED', packedAt: NOW(), shippedAt: null }] } },
        { kind: 'UNPACKED', order: { state: 'CONFIRMED', shipments: [] } },
        { kind: 'PACKED' },
        { shipments: [{ state: 'PACKED' }] },
      ]);
      return JSON.stringify(seen).replaceAll(/"id":"[^"]+"/g, '');
    };
    expect(await transcript(sharee)).toBe(await transcript(colleague));
    expect(await told()).toEqual(before);
    const { errors } = await customer.ask('{ orders { nodes { shipments { shippedBy { name } } } } }');
    expect(errors[0]?.extensions.code).toBe('BAD_REQUEST');
  });
  it.each([
    ['a change is proposed', ({ orderId, lineId }: Made) => orders.propose(orderId, [{ lineId, quantity: 1 }])],
    ['the order is cancelled', ({ orderId }: Made) => orders.act(people().owner, 'cancelOrder', { orderId, reason: 'Sold out.' })],
    [
      'its form is ended',
      ({ formId }: Made) => orders.act(people().formsAdmin, 'endForm', { formId, reason: 'A mistake.' }, 'form { id }', ''),
    ],
  ])('are unpacked when %s', async (_, happens) => {
    const made = await orders.confirmed(3);
    const { id } = await orders.pack(made.orderId);
    expect(isDone(await happens(made))).toBe(true);
    expect((await orders.shipment(id)).state).toBe('UNPACKED');
    expect(await orders.move(id, 'sendShipment')).toMatchObject({ __typename: 'InvalidTransition', state: 'UNPACKED', allowed: [] });
  });
});
type Made = Awaited<ReturnType<Orders['confirmed']>>;

describe('goods that were delivered (spec 8.5)', () => {
  it('count as received some days after they were, where that is said', async () => {
    const { orderId } = await orders.confirmed(2);
    await orders.ship(orderId);
    const [{ id }] = await shipmentsOf(orderId);
    await orders.days(5);
    await orders.move(id, 'deliverShipment');
    await orders.days(6);
    expect((await orders.shipment(id)).state).toBe('DELIVERED');
    await orders.days(1);
    expect(await orders.shipment(id, TIMES)).toMatchObject({ state: 'RECEIVED', receivedItself: true });
    expect((await orders.read(orderId)).state).toBe('RECEIVED');
  });
  it('stand where they were again when nothing of them is disputed any more', async () => {
    const { orderId } = await orders.confirmed(4);
    await orders.ship(orderId);
    const [{ id }] = await shipmentsOf(orderId);
    await orders.move(id, 'deliverShipment');
    const [{ lines }] = (await orders.read(orderId)).shipments;
    await orders.dispute(orderId, lines[0].id, 1);
    expect((await orders.shipment(id)).state).toBe('DISPUTED');
    await orders.act(people().owner, 'settleDispute', { orderId, shipAnew: true });
    expect((await orders.shipment(id)).state).toBe('DELIVERED');
    await orders.receive(orderId);
    expect((await orders.shipment(id)).state).toBe('RECEIVED');
  });
});
