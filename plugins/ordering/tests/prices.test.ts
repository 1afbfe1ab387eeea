import type { TestSeat } from '@guichet/sdk/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Shop } from './shop.ts';

let now = Date.parse('2026-06-01T08:00:00Z');
let shop: Shop;
let pricer: TestSeat;
beforeAll(async () => {
  shop = await Shop.open(undefined, () => new Date(now));
  pricer = shop.plugin.supervisor; // who comes to the contacts and companies that lists name
  await shop.grant(pricer, 'ORDERING_PRICE');
});
afterAll(() => shop?.close());

const CNY = (amount: number) => ({ amount, currency: 'CNY' });
const PRICES = 'query ($id: ID!) { node(id: $id) { ... on Product { variants { id sku prices { fromQuantity price { amount } } } } } }';
const variantsOf = async (seat: TestSeat, id: string) => (await seat.query(PRICES, { id })).node.variants;
const stepsFor = async (seat: TestSeat, id: string): Promise<number[][]> =>
  (await variantsOf(seat, id))[0].prices.map((one: { fromQuantity: number; price: { amount: number } }) => [
    one.fromQuantity,
    one.price.amount,
  ]);

let keys = 0;
const list = async (of: object, prices: object[], seat = pricer): Promise<{ id: string; version: number }> => {
  const { priceList } = await shop.act(
    seat,
    'addPriceList',
    { name: 'List', idempotencyKey: `list-${keys++}`, ...of },
    'priceList { id version }',
  );
  const set = await shop.act(
    seat,
    'setListPrices',
    { priceListId: priceList.id, expectedVersion: priceList.version, prices },
    'priceList { id version }',
  );
  return set.priceList;
};
/** A product with its first variant. */
async function offered(of: object = {}): Promise<{ productId: string; variantId: string }> {
  const productId = await shop.offer(of as Record<string, unknown>);
  return { productId, variantId: (await variantsOf(shop.plugin.admin, productId))[0].id };
}

describe('variants', () => {
  it('a product is its own first one, and further ones have numbers, packs and a minimum of their own', async () => {
    const { productId } = await offered({ name: 'Bolt' });
    const input = {
      productId,
      name: 'Bolt M8',
      unit: 'box',
      stock: 900,
      sku: 'B-8',
      price: CNY(40),
      packMultiple: 10,
      minimum: 50,
      taxRate: 1_300,
    };
    const { variant } = await shop.act(shop.plugin.admin, 'addVariant', { ...input, idempotencyKey: 'b8' }, 'variant { id sku }');
    expect(variant.sku).toBe('B-8');
    expect((await variantsOf(shop.plugin.customer, productId)).map((one: { sku: string | null }) => one.sku)).toEqual([null, 'B-8']);
    const order = (quantity: number) => shop.ask([{ productId, variantId: variant.id, quantity }]);
    expect(await order(40)).toMatchObject({ issues: [{ path: ['input', 'lines', '0', 'quantity'], code: 'BELOW_MINIMUM' }] });
    expect(await order(55)).toMatchObject({ issues: [{ code: 'NOT_A_MULTIPLE' }] });
    expect(await order(60)).toMatchObject({ order: { total: { amount: 2_400 }, lines: [{ name: 'Bolt M8', unit: 'box' }] } });
    expect((await shop.plugin.customer.query('{ products(first: 100) { nodes { name } } }')).products.nodes).not.toContainEqual({
      name: 'Bolt M8',
    });
    const other = await offered();
    expect(await shop.ask([{ productId: other.productId, variantId: variant.id, quantity: 60 }])).toMatchObject({
      __typename: 'NotFound',
      path: ['input', 'lines', '0', 'variantId'],
    });
  });
  it('one number is one variant’s, also of two at once', async () => {
    const { productId } = await offered();
    const add = (idempotencyKey: string) =>
      shop.act(shop.plugin.admin, 'addVariant', { productId, name: 'Twin', unit: 'piece', stock: 1, sku: 'TWIN', idempotencyKey });
    const answers = await Promise.all(['one', 'two'].map(add));
    expect(answers.map(({ __typename }) => __typename).sort()).toEqual(['AddVariantSuccess', 'ValidationFailed']);
    expect(answers).toContainEqual(expect.objectContaining({ issues: [{ path: ['input', 'sku'], code: 'TAKEN' }] }));
  });
  it('go with their product, and one goes alone', async () => {
    const { productId } = await offered();
    const input = { productId, name: 'Large', unit: 'piece', stock: 1, price: CNY(9), idempotencyKey: 'large' };
    const { variant } = await shop.act(shop.plugin.admin, 'addVariant', input, 'variant { id }');
    await shop.act(shop.plugin.admin, 'withdrawVariant', { variantId: variant.id });
    expect(await variantsOf(shop.plugin.customer, productId)).toHaveLength(1);
    expect(await shop.ask([{ productId, variantId: variant.id, quantity: 1 }])).toMatchObject({ issues: [{ code: 'WITHDRAWN' }] });
    const second = await shop.act(shop.plugin.admin, 'addVariant', { ...input, idempotencyKey: 'larger' }, 'variant { id }');
    await shop.act(shop.plugin.admin, 'withdrawProduct', { productId });
    expect(await shop.ask([{ productId, variantId: second.variant.id, quantity: 1 }])).toMatchObject({ issues: [{ code: 'WITHDRAWN' }] });
  });
  it('tell cost and stock to the admin alone', async () => {
    const { productId, variantId } = await offered();
    const read = 'query ($id: ID!) { node(id: $id) { ... on ProductVariant { version cost { amount } stock reserved price { amount } } } }';
    const change = { variantId, expectedVersion: 1, cost: CNY(700), lowStock: 3 };
    expect(await shop.act(shop.plugin.admin, 'updateVariant', change)).toMatchObject({ __typename: 'UpdateVariantSuccess' });
    expect(await shop.act(shop.plugin.admin, 'updateVariant', change)).toMatchObject({ __typename: 'VersionConflict' });
    expect((await shop.plugin.admin.query(read, { id: variantId })).node).toMatchObject({ cost: { amount: 700 }, stock: 10, reserved: 0 });
    for (const seat of [shop.plugin.owner, pricer]) {
      const { data, errors } = await seat.ask(read, { id: variantId });
      expect(data.node).toMatchObject({ cost: null, stock: null, reserved: null, price: null });
      expect(errors).toHaveLength(4);
    }
    expect((await shop.plugin.customer.ask(read, { id: variantId })).errors).toHaveLength(5); // the portal names none
    expect(
      await shop.act(shop.plugin.admin, 'updateVariant', { ...change, expectedVersion: 2, cost: { amount: 1, currency: 'EUR' } }),
    ).toMatchObject({
      issues: [{ path: ['input', 'cost', 'currency'], code: 'ONE_CURRENCY' }],
    });
    expect((await shop.change(productId, { price: { amount: 5, currency: 'EUR' } })).price).toEqual({ amount: 5, currency: 'EUR' });
    expect((await shop.plugin.admin.query(read, { id: variantId })).node.cost).toBeNull(); // it was in the former currency
  });
});

describe('price lists', () => {
  it('are for nobody without an audience', async () => {
    const { productId, variantId } = await offered();
    await list({}, [{ variantId, price: CNY(1) }]);
    expect(await stepsFor(shop.plugin.customer, productId)).toEqual([[1, 1_250]]);
  });
  it('are for whom they name, the nearest before others, with steps that the catalogue shows', async () => {
    const { customer, rival, owner, tagIds } = shop.plugin;
    const { productId, variantId } = await offered();
    const { contact } = await owner.query('query ($id: ID!) { contact(id: $id) { company { id } } }', { id: customer.id });
    await list({ tagIds: [tagIds[3]] }, [{ variantId, price: CNY(900) }]);
    expect(await stepsFor(customer, productId)).toEqual([[1, 1_250]]);
    await shop.act(owner, 'tagContact', { contactId: customer.id, tagId: tagIds[3] });
    expect(await stepsFor(customer, productId)).toEqual([[1, 900]]);
    await list({ companyIds: [contact.company.id] }, [
      { variantId, price: CNY(1_000) },
      { variantId, fromQuantity: 10, price: CNY(800) },
    ]);
    expect(await stepsFor(customer, productId)).toEqual([
      [1, 1_000],
      [10, 800],
    ]);
    for (const other of [rival, owner]) expect(await stepsFor(other, productId)).toEqual([[1, 1_250]]);
    expect(await shop.ask([{ productId, quantity: 9 }])).toMatchObject({ order: { total: { amount: 9_000 } } });
    expect(await shop.ask([{ productId, quantity: 10 }])).toMatchObject({ order: { total: { amount: 8_000 } } });
    expect(await shop.ask([{ productId, quantity: 10 }], {}, rival)).toMatchObject({ order: { total: { amount: 12_500 } } });
    expect(await shop.ask([{ productId, quantity: 10 }], { contactId: customer.id }, owner)).toMatchObject({
      order: { total: { amount: 8_000 } },
    });
  });
  it('count in their period alone', async () => {
    const { productId, variantId } = await offered();
    const period = { startsAt: '2026-06-02T00:00:00Z', endsAt: '2026-06-03T00:00:00Z' };
    await list({ isForAll: true, ...period }, [{ variantId, price: CNY(600) }]);
    const at = async (moment: string): Promise<number[][]> => {
      now = Date.parse(moment);
      return stepsFor(shop.plugin.customer, productId);
    };
    const found = [
      await at('2026-06-01T23:59:59Z'),
      await at('2026-06-02T00:00:00Z'),
      await at('2026-06-02T23:59:59Z'),
      await at('2026-06-03T00:00:00Z'),
    ];
    expect(found).toEqual([[[1, 1_250]], [[1, 600]], [[1, 600]], [[1, 1_250]]]);
    const { __typename, issues } = await shop.act(pricer, 'addPriceList', {
      name: 'Never',
      startsAt: period.endsAt,
      endsAt: period.startsAt,
    });
    expect([__typename, issues]).toEqual(['ValidationFailed', [{ path: ['input', 'endsAt'], code: 'OUT_OF_RANGE' }]]);
  });
  it('without them and without a price of its own nothing is sold, and nothing for 0', async () => {
    const { productId } = await offered();
    const input = { productId, name: 'On demand', unit: 'piece', stock: 5, idempotencyKey: 'demand' };
    const { variant } = await shop.act(shop.plugin.admin, 'addVariant', input, 'variant { id }');
    expect(await shop.ask([{ productId, variantId: variant.id, quantity: 1 }])).toMatchObject({
      issues: [{ path: ['input', 'lines', '0', 'productId'], code: 'NO_PRICE' }],
    });
    await list({ contactIds: [shop.plugin.rival.id] }, [{ variantId: variant.id, price: CNY(77) }]);
    expect(await shop.ask([{ productId, variantId: variant.id, quantity: 2 }], {}, shop.plugin.rival)).toMatchObject({
      order: { total: { amount: 154 } },
    });
    expect(await shop.ask([{ productId, variantId: variant.id, quantity: 2 }])).toMatchObject({ issues: [{ code: 'NO_PRICE' }] });
  });
  it('are changed by version, in the variant’s currency, and steps go', async () => {
    const { productId, variantId } = await offered();
    const { id: priceListId, version: expectedVersion } = await list({ isForAll: true }, [{ variantId, price: CNY(500) }]);
    const set = (price: object | undefined, version: number) =>
      shop.act(pricer, 'setListPrices', { priceListId, expectedVersion: version, prices: [{ variantId, price }] }, 'priceList { version }');
    expect(await set({ amount: 1, currency: 'EUR' }, expectedVersion)).toMatchObject({ issues: [{ code: 'ONE_CURRENCY' }] });
    expect((await set(CNY(400), expectedVersion)).priceList.version).toBe(expectedVersion + 1);
    expect(await set(CNY(300), expectedVersion)).toMatchObject({ __typename: 'VersionConflict' });
    expect(await stepsFor(shop.plugin.customer, productId)).toEqual([[1, 400]]);
    await set(undefined, expectedVersion + 1);
    expect(await stepsFor(shop.plugin.customer, productId)).toEqual([[1, 1_250]]);
    const end = { priceListId, expectedVersion: expectedVersion + 2, isForAll: false, name: 'Old' };
    expect(await shop.act(pricer, 'updatePriceList', end, 'priceList { name isForAll version }')).toMatchObject({
      priceList: { name: 'Old', isForAll: false },
    });
  });
  it('are read and written with the right for them, and nobody else hears of them', async () => {
    const { variantId } = await offered();
    const { id: priceListId } = await list({ isForAll: true }, [{ variantId, price: CNY(1_249) }]);
    const read = '{ priceLists(first: 1) { nodes { name audience { kind } prices(first: 5) { nodes { price { amount } } } } } }';
    expect((await pricer.query(read)).priceLists.nodes[0].prices.nodes).toEqual([{ price: { amount: 1_249 } }]);
    for (const seat of [shop.plugin.admin, shop.plugin.owner]) {
      expect((await seat.ask(read)).errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
      const { errors } = await seat.ask(
        'mutation ($id: ID!) { setListPrices(input: { priceListId: $id, expectedVersion: 1, prices: [] }) { __typename } }',
        { id: priceListId },
      );
      expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
    }
    expect((await shop.plugin.customer.ask(read)).errors[0]!.extensions.code).toBe('BAD_REQUEST');
  });
});

describe('a price that was seen', () => {
  it('and is another now: nothing is ordered, and each line is told', async () => {
    const [one, two] = [await offered({ name: 'One' }), await offered({ name: 'Two' })];
    const lines = [one, two].map(({ productId }) => ({ productId, quantity: 1, unitPrice: CNY(1_250) }));
    await shop.change(two.productId, { price: CNY(1_300) });
    const answer = await shop.plugin.customer.query(
      `mutation ($lines: [OrderLineInput!]) { placeOrder(input: { lines: $lines }) { __typename
         ... on OrderingPriceChanged { code path lines { line name from { amount } to { amount currency } } } } }`,
      { lines },
    );
    expect(answer.placeOrder).toEqual({
      __typename: 'OrderingPriceChanged',
      code: 'ORDERING_PRICE_CHANGED',
      path: ['input', 'lines'],
      lines: [{ line: 1, name: 'Two', from: { amount: 1_250 }, to: CNY(1_300) }],
    });
    expect(await shop.product(one.productId)).toMatchObject({ stock: 10 });
    lines[1]!.unitPrice = CNY(1_300);
    expect(await shop.ask(lines)).toMatchObject({ order: { total: { amount: 2_550 } } });
  });
});
