import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Orders } from './orders.ts';

let orders: Orders;
beforeAll(async () => {
  orders = await Orders.open();
  await orders.shop.set({ receiptDays: 7 });
});
afterAll(() => orders?.close());
const people = () => orders.shop.plugin;

describe('goods of which some were confirmed (spec 8.5)', () => {
  it('come by themselves for the rest after the days, but for what is disputed', async () => {
    const { orderId } = await orders.confirmed(10);
    await orders.ship(orderId);
    const { shipments } = await orders.read(orderId);
    const [{ id: lineId }] = shipments[0].lines;
    expect((await orders.receive(orderId, [{ lineId, quantity: 2 }])).order).toMatchObject({ state: 'SHIPPED', lines: [{ received: 2 }] });
    await orders.dispute(orderId, lineId, 3);
    await orders.days(8);
    expect(await orders.read(orderId, people().owner, 'shipments { state lines { received disputed } }')).toMatchObject({
      state: 'SHIPPED',
      lines: [{ received: 7 }],
      shipments: [{ state: 'DISPUTED', lines: [{ received: 7, disputed: 3 }] }],
    });
  });
});

describe('a customer who comes to another owner (spec 8.5)', () => {
  it('has their orders answered for by the new one, and no longer by the former', async () => {
    const { admin, owner, sharee, customer } = people();
    const { orderId } = await orders.confirmed(4);
    await orders.ship(orderId);
    const { shipments } = await orders.read(orderId);
    await orders.dispute(orderId, shipments[0].lines[0].id, 1);
    const settles = (seat: typeof owner) => orders.act(seat, 'settleDispute', { orderId, shipAnew: false });
    const open = async (seat: typeof owner): Promise<number> =>
      (await seat.query('{ orderDisputes(where: { state: { equals: OPEN } }) { nodes { order { id } } } }')).orderDisputes.nodes.filter(
        ({ order }: { order: { id: string } }) => order.id === orderId,
      ).length;
    expect([await open(owner), await open(sharee)]).toEqual([1, 0]);
    expect((await settles(sharee)).__typename).toBe('NotFound');
    const transfer = 'mutation ($input: TransferContactsInput!) { transferContacts(input: $input) { __typename } }';
    await admin.does(transfer, { input: { contactIds: [customer.id], ownerId: sharee.id } });
    expect([await open(owner), await open(sharee)]).toEqual([0, 1]);
    expect((await settles(owner)).__typename).toBe('FORBIDDEN');
    expect((await settles(sharee)).__typename).toBe('SettleDisputeSuccess');
  });
});
