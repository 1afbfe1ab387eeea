import { describe, expect, it } from 'vitest';
import { type AskedLine, faultsOf, freeze, type OfferedProduct, totalOf } from '../order.rules.ts';

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
  ].map((one) => [one.id, one]),
);
const line = (productId: string, quantity = 1): AskedLine => ({ productId, quantity });
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
    ['none in the largest order', Array.from({ length: 9 }, () => line('crane', 1_000_000)), []],
  ])('are %s', (_, lines, faults) => {
    expect(faultsOf(lines, PRODUCTS)).toEqual(faults);
  });
});

describe('frozen lines', () => {
  const frozen = freeze([line('saw', 2), line('bolt', 100)], PRODUCTS);
  it('keep name, unit, price and currency of the moment, in the order of the lines', () => {
    expect(frozen).toEqual([
      { productId: 'saw', quantity: 2, name: 'Product saw', unit: 'piece', unitPriceMinor: 250, currency: 'CNY' },
      { productId: 'bolt', quantity: 100, name: 'Product bolt', unit: 'piece', unitPriceMinor: 1, currency: 'CNY' },
    ]);
  });
  it.each([
    [frozen, 600],
    [frozen.slice(1), 100],
    [[], 0],
  ])('have a total in minor units', (lines, total) => {
    expect(totalOf(lines)).toBe(total);
  });
});
