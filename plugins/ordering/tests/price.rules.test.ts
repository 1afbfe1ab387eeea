import { describe, expect, it } from 'vitest';
import { type ListedPrice, NEARNESS, priceFor, stepsOf } from '../price.rules.ts';

const listed = (listId: string, kind: keyof typeof NEARNESS, fromQuantity: number, priceMinor: number, currency = 'CNY'): ListedPrice => ({
  listId,
  listVersion: 1,
  nearness: NEARNESS[kind],
  fromQuantity,
  priceMinor,
  currency,
});
const price = (quantity: number, priceMinor: number | null, ...lists: ListedPrice[]) =>
  priceFor({ priceMinor, currency: 'CNY', listed: lists }, quantity);

describe('the price of a unit (spec 8.5)', () => {
  it.each<[string, number, number | null, ListedPrice[], number | undefined, string | null | undefined]>([
    ['is the price for all', 1, 100, [], 100, null],
    ['is none where there is none, never 0', 1, null, [], undefined, undefined],
    ['is that of a list for all where it is lower', 1, 100, [listed('sale', 'ALL', 1, 90)], 90, 'sale'],
    ['stays the price for all where a list for all has a higher one', 1, 100, [listed('dear', 'ALL', 1, 110)], 100, null],
    ['is that of a tag, also where it is higher', 1, 100, [listed('small', 'TAG', 1, 110)], 110, 'small'],
    ['is the company’s before the tag’s', 1, 100, [listed('tag', 'TAG', 1, 50), listed('firm', 'COMPANY', 1, 80)], 80, 'firm'],
    ['is the contact’s before the company’s', 1, 100, [listed('firm', 'COMPANY', 1, 80), listed('own', 'CONTACT', 1, 85)], 85, 'own'],
    ['is the lowest of equals', 1, 100, [listed('a', 'TAG', 1, 70), listed('b', 'TAG', 1, 60)], 60, 'b'],
    ['has steps: below', 9, 100, [listed('a', 'TAG', 1, 70), listed('a', 'TAG', 10, 60)], 70, 'a'],
    ['has steps: at', 10, 100, [listed('a', 'TAG', 1, 70), listed('a', 'TAG', 10, 60)], 60, 'a'],
    [
      'takes the highest step that is reached, not the lowest price',
      10,
      100,
      [listed('a', 'TAG', 1, 50), listed('a', 'TAG', 10, 60)],
      60,
      'a',
    ],
    ['is not that of a step that is not reached', 1, null, [listed('a', 'CONTACT', 2, 60)], undefined, undefined],
    ['falls back where the nearest list reaches nothing', 1, 100, [listed('a', 'CONTACT', 2, 60), listed('b', 'TAG', 1, 90)], 90, 'b'],
    ['is not in another currency', 1, 100, [listed('a', 'CONTACT', 1, 1, 'EUR')], 100, null],
  ])('%s', (_, quantity, all, lists, minor, list) => {
    const found = price(quantity, all, ...lists);
    expect([found?.priceMinor, found && (found.list?.id ?? null)]).toEqual([minor, list]);
  });
  it('is shown by steps, those alone at which it changes', () => {
    const lists = [listed('a', 'TAG', 1, 70), listed('a', 'TAG', 10, 60), listed('b', 'TAG', 5, 70), listed('a', 'TAG', 50, 55)];
    const steps = stepsOf({ priceMinor: 100, currency: 'CNY', listed: lists });
    expect(steps.map(({ fromQuantity, price: { priceMinor } }) => [fromQuantity, priceMinor])).toEqual([
      [1, 70],
      [10, 60],
      [50, 55],
    ]);
    expect(stepsOf({ priceMinor: null, currency: 'CNY' })).toEqual([]);
  });
});
