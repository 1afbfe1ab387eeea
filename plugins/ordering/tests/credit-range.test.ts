import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { gather } from './company.ts';
import { Orders } from './orders.ts';

let orders: Orders;
beforeAll(async () => {
  orders = await Orders.open();
  await gather(orders);
});
afterAll(() => orders?.close());
const people = () => orders.shop.plugin;
const BILLION = 1_000_000_000;
const MILLION = 1_000_000;
const used = async (): Promise<number> =>
  (await people().customer.query('{ creditAccounts { nodes { used { amount } } } }')).creditAccounts.nodes[0].used.amount;
const offer = () => orders.shop.offer({ price: { amount: BILLION, currency: 'CNY' }, stock: BILLION });
const place = (productId: string, ...quantities: number[]) =>
  orders.act(people().customer, 'placeOrder', { lines: quantities.map((quantity) => ({ productId, quantity })) }, 'order { id }', '');

describe('what a company owes (spec 8.5)', () => {
  it('is never more than an amount can say: what would be is refused, no limit being set, and of an order nothing is kept', async () => {
    const { accountId } = await orders.confirmedAccount(1);
    const { total } = await orders.account(accountId);
    await orders.pay(accountId, total.amount);
    expect(await used()).toBe(0);
    const productId = await offer();
    const rest = Number.MAX_SAFE_INTEGER - 9 * MILLION * BILLION;
    await place(productId, ...Array.from({ length: 9 }, () => MILLION), Math.floor(rest / BILLION));
    const full = await used();
    expect(full).toBeLessThanOrEqual(Number.MAX_SAFE_INTEGER);
    const { stock } = await orders.stock(productId);
    expect(await place(productId, 1)).toMatchObject({ issues: [{ path: ['input', 'lines'], code: 'OUT_OF_RANGE' }] });
    expect([await used(), (await orders.stock(productId)).stock]).toEqual([full, stock]);
    const last = await orders.shop.offer({ price: { amount: Number.MAX_SAFE_INTEGER - full, currency: 'CNY' }, stock: 1 });
    expect((await place(last, 1)).__typename).toBe('PlaceOrderSuccess');
    expect(await used()).toBe(Number.MAX_SAFE_INTEGER);
    expect(await orders.pay(accountId, 1, 'REFUND')).toMatchObject({ issues: [{ path: ['input', 'orderId'], code: 'OUT_OF_RANGE' }] });
    expect((await orders.account(accountId)).paid).toEqual(total);
  });
});
