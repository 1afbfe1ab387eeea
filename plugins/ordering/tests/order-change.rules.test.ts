import { describe, expect, it } from 'vitest';
import type { OfferedProduct } from '../order.rules.ts';
import { type AskedChange, changedLine, faultOfChange, isPayableLine, type OrderedLine } from '../order-change.rules.ts';

const list = { id: 'list', version: 3 };
const line: OrderedLine = {
  ...{ id: 'line', variantId: 'saw', quantity: 10, unitPriceMinor: 1_000 },
  ...{ taxRate: 1_300, taxMinor: 1_150, totalMinor: 10_000, list },
};
const step = (fromQuantity: number, priceMinor: number) => ({
  listId: 'list',
  listVersion: 4,
  nearness: 0,
  currency: 'CNY',
  fromQuantity,
  priceMinor,
});
const saw: OfferedProduct = {
  id: 'saw',
  name: 'Saw',
  unit: 'piece',
  currency: 'CNY',
  priceMinor: 1_200,
  listed: [step(5, 1_100), step(20, 900)],
};
const gone = { ...saw, withdrawnAt: new Date(0) };
const unpriced = { ...saw, priceMinor: null, listed: [] };

describe('a line that changes (spec 8.5)', () => {
  it.each([
    ['nothing is said: it stays as it was priced', {}, saw, { quantity: 10, unitPriceMinor: 1_000, totalMinor: 10_000, list }],
    [
      'fewer: the step that is reached then',
      { quantity: 5 },
      saw,
      { quantity: 5, unitPriceMinor: 1_100, totalMinor: 5_500, list: { id: 'list', version: 4 } },
    ],
    ['fewer than any step', { quantity: 4 }, saw, { quantity: 4, unitPriceMinor: 1_200, totalMinor: 4_800, list: null }],
    ['more: a higher step', { quantity: 20 }, saw, { quantity: 20, unitPriceMinor: 900, totalMinor: 18_000 }],
    [
      'a price that is said',
      { unitPriceMinor: 700 },
      saw,
      { quantity: 10, unitPriceMinor: 700, totalMinor: 7_000, taxMinor: 805, list: null },
    ],
    [
      'a price and a quantity that are said',
      { quantity: 3, unitPriceMinor: 700 },
      saw,
      { quantity: 3, unitPriceMinor: 700, totalMinor: 2_100 },
    ],
    [
      'fewer of what is withdrawn: the price of the order',
      { quantity: 2 },
      gone,
      { quantity: 2, unitPriceMinor: 1_000, totalMinor: 2_000, list },
    ],
    ['fewer of what has no price: the price of the order', { quantity: 2 }, unpriced, { quantity: 2, unitPriceMinor: 1_000 }],
    ['none', { quantity: 0 }, saw, { quantity: 0, totalMinor: 0, taxMinor: 0 }],
  ] as const)('%s', (_, asked: AskedChange, product, expected) => {
    expect(changedLine(line, asked, product)).toMatchObject(expected);
  });
  it('whose tax was added to its price has it added', () => {
    const added = { ...line, totalMinor: 11_300, taxMinor: 1_300 };
    expect(changedLine(added, { quantity: 5, unitPriceMinor: 1_000 }, saw)).toMatchObject({ taxMinor: 650, totalMinor: 5_650 });
  });
  it('of 0.1, without a total, has its tax in its price', () => {
    expect(changedLine({ ...line, totalMinor: null, taxRate: 0, taxMinor: 0 }, {}, saw)).toMatchObject({ totalMinor: 10_000, taxMinor: 0 });
  });
  it.each([
    ['as many', {}, gone, undefined],
    ['none of what is withdrawn', { quantity: 0 }, gone, undefined],
    ['fewer of what is withdrawn', { quantity: 2 }, gone, undefined],
    ['more of what is withdrawn', { quantity: 11 }, gone, 'WITHDRAWN'],
    ['more without a price', { quantity: 11 }, unpriced, 'NO_PRICE'],
    ['more at a price that is said', { quantity: 11, unitPriceMinor: 1 }, unpriced, undefined],
    ['fewer than are sold', { quantity: 2 }, { ...saw, minimum: 3 }, 'BELOW_MINIMUM'],
    ['no multiple', { quantity: 7 }, { ...saw, packMultiple: 5 }, 'NOT_A_MULTIPLE'],
    ['in another currency by now', { quantity: 11 }, { ...saw, currency: 'USD', listed: [] }, 'ONE_CURRENCY'],
  ] as const)('%s: %s', (_, asked: AskedChange, product, code) => {
    expect(faultOfChange(line, asked, product, 'CNY')?.code).toBe(code);
  });
  it('is not more than a number holds', () => {
    expect(isPayableLine(line, { quantity: 1_000_000, unitPriceMinor: 1_000_000_000 }, saw)).toBe(false);
    expect(isPayableLine(line, { quantity: 1_000 }, saw)).toBe(true);
  });
});
