import { expect, it } from 'vitest';
import { type FieldDefinition, takeValues, valueKinds } from '../index.ts';

const KINDS =
  'TEXT PARAGRAPH PHONE EMAIL URL ADDRESS NUMBER MONEY DATE YES_NO CHOICE CHOICES CASCADE EMPLOYEE IMAGE FILE LOCATION LINES'.split(' ');
const column: FieldDefinition = { id: 'c', name: 'c', label: 'C', kind: 'CHOICE', required: false, options: [{ id: 'o', label: 'O' }] };
const ODD: readonly unknown[] = [
  ...['', 'o', 'Words', 0, 12.5, true, false, Number.NaN, [], [1], ['o'], [null], [['o']], {}, { lines: [], totals: {} }],
  ...[{ amount: 1.5, currency: 'CNY' }, { amount: 5, currency: 'CNY' }, { latitude: 'north' }, { latitude: 1, longitude: 1, name: 5 }],
  ...[
    [{}],
    [{ values: 5 }],
    [{ values: [null] }],
    [{ values: [{ field: 'c', optionIds: 'o' }] }],
    [{ values: [{ field: 'c', optionIds: 5 }] }],
  ],
];
const kindOf = valueKinds();

it.each(KINDS)('what has not the shape of %s is refused, and never throws', (kind) => {
  const field: FieldDefinition = { ...column, id: 'f', name: 'f', kind, columns: [column] };
  for (const way of kindOf(kind)!.given)
    for (const odd of ODD) {
      const { values, emptied, issues } = takeValues(kindOf, [field], [{ field: 'f', [way]: odd }], { country: 'CN', path: [] });
      expect([kind, odd, Object.keys(values).length + emptied.length]).toEqual([kind, odd, issues.length ? 0 : 1]);
      expect(JSON.stringify(values)).not.toContain('[object');
    }
});

it('a choice of before its field was one of texts is no text of it, and a text no choice', () => {
  const taken = (kind: string, given: object) =>
    takeValues(kindOf, [{ ...column, kind }], [{ field: 'c', ...given }], { country: 'CN', path: [] }).issues.map(({ code }) => code);
  expect(taken('CHOICE', { optionIds: 'o' })).toEqual(['GIVEN_OTHERWISE']);
  expect(taken('CHOICE', { optionIds: ['o'] })).toEqual([]);
  expect(taken('TEXT', { text: ['o'] })).toEqual(['GIVEN_OTHERWISE']);
});
