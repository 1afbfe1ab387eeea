import type { TestSeat } from '@guichet/sdk/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Orders } from './orders.ts';

let orders: Orders;
beforeAll(async () => {
  orders = await Orders.open();
});
afterAll(() => orders?.close());
const people = () => orders.shop.plugin;
const place = (seat: TestSeat, productId: string, quantity: number, more: object = {}) =>
  orders.act(seat, 'placeOrder', { lines: [{ productId, quantity }], ...more }, 'order { id }', '');
const offer = (stock: number) => orders.shop.offer({ stock, price: { amount: 1, currency: 'CNY' } });
const isShort = async (id: string): Promise<boolean> =>
  (await people().owner.query('query ($id: ID!) { businessForm(id: $id) { ... on Order { isShort } } }', { id })).businessForm.isShort;

describe('what a customer is told of the stock (spec 8.5)', () => {
  it('is the same for any stock from ten on, however many they put into the cart', async () => {
    const [some, many] = [await orders.shop.offer({ stock: 11 }), await orders.shop.offer({ stock: 5_000 })];
    const few = await orders.shop.offer({ stock: 7 });
    const told = async (productId: string, quantity: number) => {
      const { node } = await people().customer.query('query ($id: ID!) { node(id: $id) { ... on Product { variants { id } } } }', {
        id: productId,
      });
      const [{ id: variantId }] = node.variants;
      const { cart } = await orders.act(
        people().customer,
        'setCartLine',
        { variantId, quantity },
        'cart { total { amount } lines { fault } }',
        '',
      );
      await orders.act(people().customer, 'setCartLine', { variantId, quantity: 0 }, 'cart { version }', '');
      return [cart.total?.amount ?? null, cart.lines.map(({ fault }: { fault: string | null }) => fault)];
    };
    for (const quantity of [9, 10, 11, 12, 400, 6_000])
      expect([quantity, await told(some, quantity)]).toEqual([quantity, await told(many, quantity)]);
    expect((await told(few, 7))[1]).toEqual([null]);
    for (const quantity of [8, 6_000]) expect(await told(few, quantity)).toEqual([null, ['OUT_OF_STOCK']]);
  });
  it('is the same of an order: beyond what they are told it goes in, and whoever approves it learns whether the goods are there', async () => {
    await orders.shop.set({ shipping: true, allowBackorder: false, reservationDays: 3 });
    const [some, many, few] = [await offer(11), await offer(5_000), await offer(7)];
    const SHOWN = 'state lines { quantity shipped }';
    const told = async (productId: string, quantity: number) => {
      const { __typename, issues, order } = await place(people().customer, productId, quantity);
      if (!order) return [__typename, issues];
      const { businessForm } = await people().customer.query(
        `query ($id: ID!) { businessForm(id: $id) { customerState viewerCan { withdraw }
          ... on Order { shipping { ${SHOWN} } lines { product { availability } } } } }`,
        { id: order.id },
      );
      return businessForm;
    };
    for (const quantity of [12, 400, 5_000]) expect([quantity, await told(some, quantity)]).toEqual([quantity, await told(many, quantity)]);
    expect(await told(few, 8)).toMatchObject(['ValidationFailed', [{ code: 'OUT_OF_STOCK', path: ['input', 'lines', '0', 'quantity'] }]]);
    const twice = [6, 6].map((quantity) => ({ productId: some, quantity }));
    const { order } = await orders.act(people().customer, 'placeOrder', { lines: twice }, 'order { id }', '');
    expect([await isShort(order.id), (await orders.stock(some)).stock]).toEqual([true, 11]); // nothing of it, or all
    await orders.shop.set({ shipping: true, allowBackorder: false });
  });
  it('waits for its approval, which takes what is there by then, or is refused', async () => {
    const saw = await offer(30);
    const made = await orders.placedOf([{ productId: saw, quantity: 50 }]);
    expect([await isShort(made.formId), await orders.stock(saw)]).toEqual([true, { stock: 30, reserved: 0 }]);
    expect(await orders.approve(made.formId)).toMatchObject({ issues: [{ path: ['input', 'taskId'], code: 'OUT_OF_STOCK' }] });
    const owner = await place(people().owner, saw, 50, { contactId: people().customer.id });
    expect(owner).toMatchObject({ issues: [{ code: 'OUT_OF_STOCK' }] }); // who is told how many there are
    await orders.shop.change(saw, { stock: 60 });
    expect((await orders.approve(made.formId)).__typename).toBe('ApproveFormTaskSuccess');
    expect([await isShort(made.formId), await orders.stock(saw)]).toEqual([false, { stock: 10, reserved: 50 }]);
    expect((await orders.ship(made.orderId)).order.state).toBe('SHIPPED');
    expect(await orders.stock(saw)).toEqual({ stock: 10, reserved: 0 });
  });
  it('is given back as much as was kept, and is kept no more at the same time, whatever was', async () => {
    await orders.shop.set({ shipping: true, allowBackorder: false, reservationDays: 3 });
    const [saw, nail] = [await offer(30), await offer(5)];
    const both = [
      { productId: saw, quantity: 50 },
      { productId: nail, quantity: 2 },
    ];
    const [short, kept] = [await orders.placedOf(both), await orders.placedOf([{ productId: nail, quantity: 1 }])];
    expect([await orders.stock(saw), await orders.stock(nail)]).toEqual([
      { stock: 30, reserved: 0 },
      { stock: 2, reserved: 3 },
    ]);
    await orders.days(4);
    for (const { orderId } of [short, kept]) expect((await orders.read(orderId, people().customer)).state).toBe('EXPIRED');
    expect([await orders.stock(saw), await orders.stock(nail)]).toEqual([
      { stock: 30, reserved: 0 },
      { stock: 5, reserved: 0 },
    ]);
    await orders.shop.set({ shipping: true, allowBackorder: false });
  });
  it('counts no orders of others: products have a version for the staff alone', async () => {
    const VERSIONS = 'query ($id: ID!) { node(id: $id) { ... on Product { version variants { version } } } }';
    const id = await orders.shop.offer({ stock: 11 });
    expect((await people().customer.ask(VERSIONS, { id })).errors.map(({ extensions }) => extensions.code)).toContain('BAD_REQUEST');
    expect((await people().colleague.query(VERSIONS, { id })).node).toEqual({ version: 1, variants: [{ version: 1 }] });
  });
});
