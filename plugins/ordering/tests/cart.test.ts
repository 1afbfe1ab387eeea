import type { TestSeat } from '@guichet/sdk/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { PLACE, Shop } from './shop.ts';

let shop: Shop;
let saw: string;
let keys = 0;
beforeAll(async () => {
  shop = await Shop.open();
});
afterAll(() => shop?.close());

const CART = 'version total { amount } tax { amount } lines { quantity unitPrice { amount } total { amount } fault variant { id } }';
const cartOf = async (seat: TestSeat) => (await seat.query(`{ cart { ${CART} } }`)).cart;
const variantOf = async (productId: string): Promise<string> =>
  (await shop.plugin.admin.query('query ($id: ID!) { node(id: $id) { ... on Product { variants { id } } } }', { id: productId })).node
    .variants[0].id;
const add = (variantId: string, quantity: number, seat: TestSeat = shop.plugin.customer) =>
  shop.act(seat, 'addToCart', { variantId, quantity, idempotencyKey: `cart-${keys++}` }, `cart { ${CART} }`);
const set = (variantId: string, quantity: number) =>
  shop.act(shop.plugin.customer, 'setCartLine', { variantId, quantity }, `cart { ${CART} }`);
const order = async (cartVersion: number, more: object = {}) =>
  (
    await shop.plugin.customer.query(
      PLACE.replace('... on UserError', '... on OrderingPriceChanged { lines { name to { amount } } } ... on UserError'),
      {
        input: { cartVersion, idempotencyKey: `of-cart-${keys++}`, ...more },
      },
    )
  ).placeOrder;

beforeEach(async () => {
  saw = await variantOf(await shop.offer());
  for (const line of (await cartOf(shop.plugin.customer))?.lines ?? []) await set(line.variant.id, 0);
});

describe('the cart (spec 8.5)', () => {
  it('is filled, priced and emptied, and is its customer’s alone', async () => {
    expect((await add(saw, 2)).cart).toMatchObject({
      total: { amount: 2_500 },
      lines: [{ quantity: 2, unitPrice: { amount: 1_250 }, fault: null }],
    });
    expect((await add(saw, 3)).cart.lines).toMatchObject([{ quantity: 5, total: { amount: 6_250 } }]);
    const other = await variantOf(await shop.offer({ price: { amount: 10, currency: 'CNY' } }));
    expect((await set(other, 7)).cart).toMatchObject({ total: { amount: 6_320 }, lines: [{ quantity: 5 }, { quantity: 7 }] });
    expect((await set(saw, 0)).cart).toMatchObject({ total: { amount: 70 }, lines: [{ quantity: 7 }] });
    expect(await cartOf(shop.plugin.rival)).toBeNull();
    expect((await shop.plugin.owner.ask(`{ cart { version } }`)).errors).toHaveLength(1);
  });
  it('has both of two that are added at once in two tabs', async () => {
    await Promise.all([add(saw, 1), add(saw, 2), add(saw, 3)]);
    expect((await cartOf(shop.plugin.customer)).lines).toMatchObject([{ quantity: 6 }]);
  });
  it('is ordered in the version that was seen, once, and is empty then', async () => {
    const { cart } = await add(saw, 2);
    await set(saw, 4);
    expect(await order(cart.version)).toMatchObject({ __typename: 'VersionConflict' });
    const { version } = await cartOf(shop.plugin.customer);
    const answers = await Promise.all([order(version), order(version), order(version)]);
    expect(answers.map(({ __typename }) => __typename).sort()).toEqual(['PlaceOrderSuccess', 'VersionConflict', 'VersionConflict']);
    expect(answers.find((one) => one.order).order).toMatchObject({ total: { amount: 5_000 }, lines: [{ quantity: 4 }] });
    const after = await cartOf(shop.plugin.customer);
    expect(after).toMatchObject({ total: null, lines: [] });
    expect(await order(after.version)).toMatchObject({ issues: [{ path: ['input', 'cartVersion'], code: 'TOO_FEW' }] });
  });
  it('that is sent again with its key is the same order', async () => {
    const { cart } = await add(saw, 1);
    const [first, second] = [
      await order(cart.version, { idempotencyKey: 'again' }),
      await order(cart.version, { idempotencyKey: 'again' }),
    ];
    expect(first.order.id).toBe(second.order.id);
    expect(await order(cart.version, { idempotencyKey: 'again', note: 'Other' })).toMatchObject({ __typename: 'IdempotencyMismatch' });
  });
  it('tells a price that has moved, keeps what was in it, and orders at the new one once that was seen', async () => {
    const productId = await shop.offer({ name: 'Mover' });
    const { cart } = await add(await variantOf(productId), 2);
    await shop.change(productId, { price: { amount: 1_500, currency: 'CNY' } });
    expect(await order(cart.version)).toMatchObject({
      __typename: 'OrderingPriceChanged',
      lines: [{ name: 'Mover', to: { amount: 1_500 } }],
    });
    const priced = await shop.act(shop.plugin.customer, 'priceCart', { idempotencyKey: 'anew' }, `cart { ${CART} }`);
    expect(priced.cart).toMatchObject({ total: { amount: 3_000 } });
    expect(await order(priced.cart.version)).toMatchObject({ order: { total: { amount: 3_000 } } });
  });
  it('shows what cannot be ordered: withdrawn, out of stock, in another currency', async () => {
    await shop.set({ allowBackorder: false });
    const gone = await shop.offer({ name: 'Gone' });
    await add(await variantOf(gone), 1);
    await shop.act(shop.plugin.admin, 'withdrawProduct', { productId: gone });
    await add(await variantOf(await shop.offer({ price: { amount: 5, currency: 'EUR' } })), 1);
    const { cart } = await add(await variantOf(await shop.offer({ stock: 9 })), 10);
    expect(cart.total).toBeNull();
    expect(cart.lines.map(({ fault }: { fault: string }) => fault)).toEqual(['WITHDRAWN', 'ONE_CURRENCY', 'OUT_OF_STOCK']);
    expect(await order(cart.version)).toMatchObject({
      issues: [{ path: ['input', 'lines', '0', 'productId'], code: 'WITHDRAWN' }, { code: 'ONE_CURRENCY' }],
    });
    await shop.set({ allowBackorder: null });
  });
  it('keeps within its bounds', async () => {
    await add(saw, 1_000_000);
    expect(await add(saw, 1)).toMatchObject({ issues: [{ path: ['input', 'quantity'], code: 'OUT_OF_RANGE' }] });
    expect(await order(1, { lines: [] })).toMatchObject({ __typename: 'ValidationFailed' });
    expect(await add(shop.plugin.customer.id, 1)).toMatchObject({ __typename: 'NotFound', path: ['input', 'variantId'] });
  });
  it('is of a member of the open window', async () => {
    expect((await shop.plugin.owner.ask('mutation { priceCart(input: {}) { __typename } }')).errors.length).toBeGreaterThan(0);
  });
});
