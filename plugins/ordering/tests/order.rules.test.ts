import { describe, expect, it } from 'vitest';
import { type AskedLine, changedLines, faultsOf, freeze, type OfferedProduct, taxOf, totalOf } from '../order.rules.ts';

const product = (id: string, more: Partial<OfferedProduct> = {}): OfferedProduct => ({
  id,
  name: `Product ${id}`,
  unit: 'piece',
  priceMinor: 250,
  currency: 'CNY',
  withdrawnAt: null,
  ...more,
});
const PRODUCTS = new Map(
  [
    product('saw'),
    product('bolt', { priceMinor: 1 }),
    product('crane', { priceMinor: 1_000_000_000 }),
    product('import', { currency: 'USD' }),
    product('gone', { withdrawnAt: new Date() }),
    product('bolts', { minimum: 200, packMultiple: 50 }),
    product('secret', { priceMinor: null }),
    product('taxed', { priceMinor: 99, taxRate: 1_300 }),
    product('tiered', {
      listed: [{ listId: 'list', listVersion: 4, nearness: 1, fromQuantity: 10, priceMinor: 200, currency: 'CNY' }],
    }),
  ].map((one) => [one.id, one]),
);
const line = (productId: string, quantity = 1): AskedLine => ({ productId, quantity });
const atQuantity = (i: number, code: string) => expect.objectContaining({ path: ['input', 'lines', String(i), 'quantity'], code });
const at = (i: number, code: string) => expect.objectContaining({ path: ['input', 'lines', String(i), 'productId'], code });

describe('faults of lines', () => {
  it.each<[string, AskedLine[], unknown[]]>([
    ['none', [line('saw'), line('bolt', 3)], []],
    ['none where a product comes twice', [line('saw'), line('saw', 2)], []],
    ['a product that is withdrawn', [line('saw'), line('gone')], [at(1, 'WITHDRAWN')]],
    ['each product that is withdrawn', [line('gone'), line('saw'), line('gone')], [at(0, 'WITHDRAWN'), at(2, 'WITHDRAWN')]],
    ['another currency than that of the first line', [line('saw'), line('import')], [at(1, 'ONE_CURRENCY')]],
    [
      'all others where the first is in another',
      [line('import'), line('saw'), line('bolt')],
      [at(1, 'ONE_CURRENCY'), at(2, 'ONE_CURRENCY')],
    ],
    [
      'a total that no number can hold exactly',
      Array.from({ length: 10 }, () => line('crane', 1_000_000)),
      [expect.objectContaining({ path: ['input', 'lines'], code: 'OUT_OF_RANGE' })],
    ],
    ['a product without a price: nothing is free for want of one', [line('secret'), line('saw')], [at(0, 'NO_PRICE')]],
    ['fewer than are sold', [line('bolts', 150)], [atQuantity(0, 'BELOW_MINIMUM')]],
    ['no multiple of a pack', [line('saw'), line('bolts', 225)], [atQuantity(1, 'NOT_A_MULTIPLE')]],
    ['none at the minimum, in whole packs', [line('bolts', 200), line('bolts', 250)], []],
    ['none in the largest order', Array.from({ length: 9 }, () => line('crane', 1_000_000)), []],
  ])('are %s', (_, lines, faults) => {
    expect(faultsOf(lines, PRODUCTS)).toEqual(faults);
  });
});

describe('frozen lines', () => {
  const frozen = freeze([line('saw', 2), line('bolt', 100)], PRODUCTS);
  const plain = { unit: 'piece', sku: null, currency: 'CNY', taxRate: 0, taxMinor: 0, list: null };
  it('keep name, unit, price and currency of the moment, in the order of the lines', () => {
    expect(frozen).toEqual([
      { ...plain, productId: 'saw', variantId: 'saw', quantity: 2, name: 'Product saw', unitPriceMinor: 250, totalMinor: 500 },
      { ...plain, productId: 'bolt', variantId: 'bolt', quantity: 100, name: 'Product bolt', unitPriceMinor: 1, totalMinor: 100 },
    ]);
  });
  it.each([
    [frozen, 600],
    [frozen.slice(1), 100],
    [[], 0],
  ])('have a total in minor units', (lines, total) => {
    expect(totalOf(lines)).toBe(total);
  });
  it.each([
    [true, 33, 297],
    [false, 39, 336],
  ])('have tax, each rounded by itself (in the prices: %s)', (isTaxIncluded, tax, total) => {
    const lines = freeze([line('taxed'), line('taxed'), line('taxed')], PRODUCTS, isTaxIncluded);
    expect([taxOf(lines), totalOf(lines)]).toEqual([tax, total]);
  });
  it('have the price of the list that is nearest, and its version', () => {
    const [below, above] = freeze([line('tiered', 9), line('tiered', 10)], PRODUCTS);
    expect(below).toMatchObject({ unitPriceMinor: 250, list: null });
    expect(above).toMatchObject({ unitPriceMinor: 200, list: { id: 'list', version: 4 } });
  });
  it('tell what was seen otherwise', () => {
    const seen = (amount: number, currency = 'CNY') => ({ ...line('saw'), unitPrice: { amount, currency } });
    const asked = [seen(250), seen(240), line('saw'), seen(250, 'USD')];
    expect(changedLines(asked, freeze(asked, PRODUCTS)).map((one) => [one.line, one.from.amount, one.to.amount])).toEqual([
      [1, 240, 250],
      [3, 250, 250],
    ]);
  });
});
