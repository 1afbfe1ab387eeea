import { describe, expect, it } from 'vitest';
import {
  daysLater,
  earliestSigning,
  faultOfPoints,
  faultyCorner,
  freePlace,
  mean,
  monthsLater,
  scored,
  type Vote,
  verdictOf,
} from '../franchise.rules.ts';

const CRITERIA = [
  { key: 'capital', label: 'Means', weight: 3, knockOutBelow: 4 },
  { key: 'location', label: 'Location', weight: 1, knockOutBelow: null },
];
const given = (capital: number, location: number) => [
  { criterion: 'capital', points: capital },
  { criterion: 'location', points: location },
];

describe('days (spec 8.5)', () => {
  it.each([
    ['China: thirty days', { sentOn: '2026-06-01', days: 30, isExempt: false }, '2026-07-01'],
    ['the United States: fourteen', { sentOn: '2026-06-01', days: 14, isExempt: false }, '2026-06-15'],
    ['across February of a leap year', { sentOn: '2028-02-15', days: 30, isExempt: false }, '2028-03-16'],
    ['a renewal waits for nothing', { sentOn: '2026-06-01', days: 30, isExempt: true }, '2026-06-01'],
  ])('the first lawful day, %s', (_, disclosed, first) => expect(earliestSigning(disclosed)).toBe(first));
  it.each([
    ['2026-01-31', 1, '2026-02-28'],
    ['2026-08-31', 6, '2027-02-28'],
    ['2026-06-01', 0, '2026-06-01'],
    ['2026-12-15', 1, '2027-01-15'],
  ])('%s, %i months later, is %s', (date, months, later) => expect(monthsLater(date, months)).toBe(later));
  it('goes on over the end of a year', () => expect(daysLater('2026-12-31', 1)).toBe('2027-01-01'));
});

describe('a score (spec 8.5)', () => {
  it.each([
    ['all the same', given(8, 8), { total: 800, isKnockOut: false }],
    ['by weight', given(10, 0), { total: 750, isKnockOut: false }],
    ['at the least', given(4, 10), { total: 550, isKnockOut: false }],
    ['below it', given(3, 10), { total: 475, isKnockOut: true }],
  ])('%s', (_, points, outcome) => expect(scored(CRITERIA, points)).toEqual(outcome));
  it.each([
    ['complete', given(1, 1), undefined],
    ['a criterion is missing', given(1, 1).slice(1), 'REQUIRED'],
    ['one twice', [...given(1, 1), ...given(2, 2)], 'TWICE'],
    ['one that is none', [...given(1, 1), { criterion: 'luck', points: 9 }], 'UNKNOWN'],
  ])('%s: %s', (_, points, fault) => expect(faultOfPoints(CRITERIA, points)).toBe(fault));
  it('of several is their mean', () => expect(mean([800, 751])).toBe(776));
});

describe('a committee (spec 8.5)', () => {
  const votes = (text: string): Vote[] => [...text].map((one) => ({ f: 'FOR', a: 'AGAINST', o: 'OPEN', r: 'RECUSED' })[one] as Vote);
  it.each([
    ['ALL', 'fff', 'FOR'],
    ['ALL', 'ffo', undefined],
    ['ALL', 'oao', 'AGAINST'],
    ['ALL', 'ffr', 'FOR'],
    ['ALL', 'rr', 'NOBODY'],
    ['MAJORITY', 'ffo', 'FOR'],
    ['MAJORITY', 'foo', undefined],
    ['MAJORITY', 'fa', 'AGAINST'],
    ['MAJORITY', 'fao', undefined],
    ['MAJORITY', 'faa', 'AGAINST'],
    ['MAJORITY', 'ffoo', undefined],
    ['MAJORITY', 'aaoo', 'AGAINST'],
    ['MAJORITY', 'frr', 'FOR'],
    ['MAJORITY', '', 'NOBODY'],
  ] as const)('%s of %s: %s', (mode, said, verdict) => expect(verdictOf(mode, votes(said))).toBe(verdict));
});

describe('places of a territory (spec 8.5)', () => {
  it.each([
    [1, [], 1],
    [1, [1], undefined],
    [3, [1, 3], 2],
    [3, [1, 2, 3], undefined],
  ])('of %i with %j taken: %s', (quota, taken, place) => expect(freePlace(quota, taken)).toBe(place));
});

describe('a corner of a territory', () => {
  it.each([
    ['90', '-180', undefined],
    ['90.1', '0', 'latitude'],
    ['0', '180.1', 'longitude'],
    ['NaN', '0', 'latitude'],
    ['0', 'Infinity', 'longitude'],
  ])('%s, %s', (latitude, longitude, wrong) => expect(faultyCorner([{ latitude, longitude }])?.[1]).toBe(wrong));
});
