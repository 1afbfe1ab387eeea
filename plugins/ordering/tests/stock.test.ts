import { defineModule, type ModuleDefinition, register } from '@guichet/sdk';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { stockSources } from '../index.ts';
import { Shop } from './shop.ts';

const LIST = '{ products(first: 20) { nodes { id availability } } }';
const outOfStock = { __typename: 'ValidationFailed', issues: [{ path: ['input', 'lines', '0', 'quantity'], code: 'OUT_OF_STOCK' }] };

describe('stock', () => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await Shop.open();
  });
  afterAll(() => shop?.close());

  describe('without backorder', () => {
    beforeAll(() => shop.set({ allowBackorder: false }));

    it('the last piece goes to one of a hundred who want it at once', async () => {
      const productId = await shop.offer({ stock: 1 });
      const { customer, unowned, rival } = shop.plugin;
      const buyers = Array.from({ length: 100 }, (_, i) => [customer, unowned, rival][i % 3]!);
      const answers = await Promise.all(buyers.map((buyer) => shop.ask([{ productId, quantity: 1 }], {}, buyer)));
      expect(answers.filter(({ __typename }) => __typename === 'PlaceOrderSuccess')).toHaveLength(1);
      expect(answers.filter(({ __typename }) => __typename === 'ValidationFailed')).toHaveLength(99);
      for (const answer of answers) if (answer.__typename !== 'PlaceOrderSuccess') expect(answer).toMatchObject(outOfStock);
      expect(await shop.product(productId)).toMatchObject({ stock: 0 });
    });
    it('orders of the same products in another order do not wait for each other', async () => {
      const ids = [await shop.offer({ stock: 40 }), await shop.offer({ stock: 40 })];
      const lines = ids.map((productId) => ({ productId, quantity: 2 }));
      const answers = await Promise.all(Array.from({ length: 20 }, (_, i) => shop.ask(i % 2 ? lines : lines.toReversed())));
      expect(answers.map(({ __typename }) => __typename)).toEqual(Array.from({ length: 20 }, () => 'PlaceOrderSuccess'));
      expect(await Promise.all(ids.map((id) => shop.product(id)))).toMatchObject([{ stock: 0 }, { stock: 0 }]);
    });
    it('an order of more than there is takes nothing, also where another line could be had', async () => {
      const [plenty, scarce] = [await shop.offer({ stock: 10 }), await shop.offer({ stock: 2 })];
      const answer = await shop.ask([
        { productId: scarce, quantity: 3 },
        { productId: plenty, quantity: 1 },
      ]);
      expect(answer).toMatchObject(outOfStock);
      expect(await Promise.all([plenty, scarce].map((id) => shop.product(id)))).toMatchObject([{ stock: 10 }, { stock: 2 }]);
    });
    it('what one order has twice counts twice', async () => {
      const productId = await shop.offer({ stock: 3 });
      const line = { productId, quantity: 2 };
      expect(await shop.ask([line, line])).toMatchObject({ __typename: 'ValidationFailed' });
      expect(await shop.product(productId)).toMatchObject({ stock: 3 });
    });
    it('a rejection gives back what was taken, and somebody else can have it', async () => {
      const productId = await shop.offer({ stock: 1 });
      const { id } = await shop.order({ productId, quantity: 1 });
      expect(await shop.ask([{ productId, quantity: 1 }])).toMatchObject(outOfStock);
      await shop.decide(id, 'reject');
      expect(await shop.product(productId)).toMatchObject({ stock: 1, availability: 1 });
      await shop.order({ productId, quantity: 1 });
    });
    it('an approval gives nothing back', async () => {
      const productId = await shop.offer({ stock: 1 });
      const { id } = await shop.order({ productId, quantity: 1 });
      await shop.decide(id, 'approve');
      await shop.confirm(id);
      expect(await shop.product(productId)).toMatchObject({ stock: 0, availability: 0 });
    });
    it('of another organization is its own matter', async () => {
      const productId = await shop.offer({ stock: 0 }, shop.plugin.stranger);
      const answer = await shop.ask([{ productId, quantity: 1 }], {}, shop.plugin.other.customer);
      expect(answer.__typename).toBe('PlaceOrderSuccess'); // there backorder is allowed
    });
  });

  describe('with backorder, as it is where nothing was set', () => {
    beforeAll(() => shop.set({ allowBackorder: null }));
    it('goes below zero, and none is available', async () => {
      const productId = await shop.offer({ stock: 1 });
      await shop.order({ productId, quantity: 5 });
      expect(await shop.product(productId)).toMatchObject({ stock: -4, availability: 0 });
    });
  });
});

describe('availability from another plugin', () => {
  const asked: (readonly string[])[] = [];
  const warehouse: ModuleDefinition = defineModule({
    name: 'warehouse',
    version: '1.0.0',
    description: 'Knows what lies in the warehouse.',
    guichet: '^0.1.0',
    needs: ['ordering'],
    registrations: [
      register(stockSources, {
        available: async (_, productIds) => {
          asked.push(productIds);
          return productIds.map((_id, i) => (i === 0 ? null : 100 + i));
        },
      }),
    ],
  });
  let shop: Shop;
  beforeAll(async () => {
    shop = await Shop.open(warehouse);
  });
  beforeEach(() => {
    asked.length = 0;
  });
  afterAll(() => shop?.close());

  it('is asked once for all products of an answer; null is not known', async () => {
    const { nodes } = (await shop.plugin.owner.query(LIST)).products;
    expect(nodes.length).toBeGreaterThan(3);
    expect(asked).toHaveLength(1);
    expect(asked[0]).toHaveLength(nodes.length);
    expect(nodes.map(({ availability }: { availability: number | null }) => availability)).toEqual(
      nodes.map((_: unknown, i: number) => (i === 0 ? null : 100 + i)),
    );
  });
  it('is told to customers up to ten', async () => {
    const { nodes } = (await shop.plugin.customer.query(LIST)).products;
    expect(nodes.map(({ availability }: { availability: number | null }) => availability)).toEqual(
      nodes.map((_: unknown, i: number) => (i === 0 ? null : 10)),
    );
  });
  it('is asked once for each level', async () => {
    const productId = await shop.offer();
    const { id } = await shop.order({ productId, quantity: 1 });
    asked.length = 0;
    await shop.plugin.owner.query(
      `query ($id: ID!) { products { nodes { availability } } businessForm(id: $id) { ... on Order { lines { product { availability } } } } }`,
      { id },
    );
    expect(asked.length).toBeLessThanOrEqual(2);
    expect(asked.length).toBeGreaterThan(0);
  });
  it('is not asked where nobody wants to know', async () => {
    await shop.plugin.customer.query('{ products { nodes { name } } }');
    expect(asked).toEqual([]);
  });
});
