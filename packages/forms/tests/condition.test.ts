import { describe, expect, it } from 'vitest';
import { type Condition, comparisonsOf, fieldsOf, holds, sizeOf } from '../index.ts';

const CNY = (amount: number) => ({ amount, currency: 'CNY' });
const VALUES = {
  n: 5,
  decimal: '10.50',
  zero: 0,
  t: 'Müller',
  day: '2026-06-01',
  one: 'o1',
  many: ['o1', 'o3'],
  yes: true,
  no: false,
  money: CNY(500),
  empty: '',
  none: [],
};

describe('a comparison (spec 6.1)', () => {
  it.each<[string, Condition, boolean]>([
    ['equals', { field: 'n', op: 'EQ', value: 5 }, true],
    ['equals another', { field: 'n', op: 'EQ', value: 6 }, false],
    ['is no text that looks like it', { field: 'n', op: 'EQ', value: '5' }, false],
    ['takes zero for a value', { field: 'zero', op: 'FILLED' }, true],
    ['takes no for a value', { field: 'no', op: 'FILLED' }, true],
    ['equals no', { field: 'no', op: 'EQ', value: false }, true],
    ['finds empty text empty', { field: 'empty', op: 'EMPTY' }, true],
    ['finds an empty list empty', { field: 'none', op: 'EMPTY' }, true],
    ['finds what is missing empty', { field: 'missing', op: 'EMPTY' }, true],
    ['of what is missing never equals', { field: 'missing', op: 'EQ', value: 0 }, false],
    ['of what is missing differs', { field: 'missing', op: 'NE', value: 0 }, true],
    ['of what is missing is in no order', { field: 'missing', op: 'LTE', value: 0 }, false],
    ['of decimals that are kept as text is one of numbers', { field: 'decimal', op: 'GT', value: 9 }, true],
    ['of decimals takes no zeros for a difference', { field: 'decimal', op: 'EQ', value: 10.5 }, true],
    ['is below', { field: 'n', op: 'LT', value: 6 }, true],
    ['is not below itself', { field: 'n', op: 'LT', value: 5 }, false],
    ['is at most itself', { field: 'n', op: 'LTE', value: 5 }, true],
    ['is above', { field: 'n', op: 'GT', value: 4 }, true],
    ['is not above itself', { field: 'n', op: 'GT', value: 5 }, false],
    ['is at least itself', { field: 'n', op: 'GTE', value: 5 }, true],
    ['orders days', { field: 'day', op: 'LT', value: '2026-10-01' }, true],
    ['orders no day against a number', { field: 'day', op: 'LT', value: 5 }, false],
    ['is among', { field: 'one', op: 'IN', value: ['o1', 'o2'] }, true],
    ['is not among', { field: 'one', op: 'IN', value: ['o2'] }, false],
    ['finds one of several choices', { field: 'many', op: 'EQ', value: 'o3' }, true],
    ['does not find a choice', { field: 'many', op: 'NE', value: 'o2' }, true],
    ['finds any of several', { field: 'many', op: 'IN', value: ['o2', 'o3'] }, true],
    ['of money', { field: 'money', op: 'GTE', value: CNY(500) }, true],
    ['of money of another currency is not the same', { field: 'money', op: 'EQ', value: { amount: 500, currency: 'EUR' } }, false],
    ['of money of another currency is in no order', { field: 'money', op: 'LT', value: { amount: 900, currency: 'EUR' } }, false],
    ['does not reach what every object has', { field: 'constructor', op: 'FILLED' }, false],
    ['nor its prototype', { field: '__proto__', op: 'FILLED' }, false],
  ])('%s', (_, condition, expected) => {
    expect(holds(condition, VALUES)).toBe(expected);
  });
});

describe('a tree of conditions (spec 6.1)', () => {
  const yes: Condition = { field: 'n', op: 'EQ', value: 5 };
  const no: Condition = { field: 'n', op: 'EQ', value: 6 };
  it.each<[Condition, boolean]>([
    [{ all: [yes, yes] }, true],
    [{ all: [yes, no] }, false],
    [{ any: [no, yes] }, true],
    [{ any: [no, no] }, false],
    [{ not: no }, true],
    [{ not: { any: [no, yes] } }, false],
    [{ all: [] }, true],
    [{ any: [] }, false],
  ])('%j is %s', (condition, expected) => {
    expect(holds(condition, VALUES)).toBe(expected);
  });
  it('knows its size, its fields and its comparisons', () => {
    const tree: Condition = { all: [yes, { not: { any: [no, { field: 't', op: 'EMPTY' }] } }] };
    expect(sizeOf(tree)).toEqual({ depth: 4, nodes: 6 });
    expect([...fieldsOf(tree)]).toEqual(['n', 't']);
    expect(comparisonsOf(tree).map(({ at }) => at.join('.'))).toEqual(['all.0', 'all.1.not.any.0', 'all.1.not.any.1']);
  });
});
