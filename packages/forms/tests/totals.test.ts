import { describe, expect, it } from 'vitest';
import { type FieldDefinition, holds, withTotals } from '../index.ts';

const CNY = (amount: number) => ({ amount, currency: 'CNY' });
const MOST = Number.MAX_SAFE_INTEGER;
const column = (name: string, kind: string, more: Partial<FieldDefinition> = {}): FieldDefinition => ({
  id: `c${name}`,
  name,
  label: name,
  kind,
  required: false,
  ...more,
});
const PARTS = [
  column('n', 'NUMBER', { summed: true }),
  column('price', 'MONEY'),
  column('cost', 'MONEY', { product: ['n', 'price'], summed: true }),
];
const line = (n: string, price: number) => ({ cn: n, cprice: CNY(price) });

describe('what line items compute (spec 6.1)', () => {
  it.each([
    ['3', 1999, 5997],
    ['0.5', 3, 2],
    ['-0.5', 3, -2],
    ['0.1', 25, 3],
    ['2', -150, -300],
  ])('%s of %j is %j', (n, price, cost) => {
    const { lines, totals } = withTotals(PARTS, [line(n, price)]);
    expect(lines[0]).toMatchObject({ ccost: CNY(cost) });
    expect(totals).toEqual({ cn: n, ccost: CNY(cost) });
  });
  it('is products of lines and their sums', () => {
    const { lines, totals, tooLarge } = withTotals(PARTS, [line('2', 150), line('1.25', 100), { cn: '1' }]);
    expect(lines.map(({ ccost }) => ccost)).toEqual([CNY(300), CNY(125), undefined]);
    expect(totals).toEqual({ cn: '4.25', ccost: CNY(425) });
    expect(tooLarge).toEqual([]);
  });
  it('is never what somebody gave in its place', () => {
    expect(withTotals(PARTS, [{ ...line('1', 5), ccost: CNY(1) }]).totals.ccost).toEqual(CNY(5));
    expect(withTotals(PARTS, [{ cn: '1', ccost: CNY(1) }]).lines).toEqual([{ cn: '1' }]);
  });
  it('says where it is too large to be exact', () => {
    expect(withTotals(PARTS, [line('3', MOST)]).tooLarge).toEqual([['0', 'cost']]);
    expect(withTotals(PARTS, [line('1', MOST), line('1', MOST)]).tooLarge).toEqual([['cost']]);
  });
  it('keeps the digits of numbers, and of currencies that have none', () => {
    const size = [column('a', 'NUMBER'), column('b', 'NUMBER'), column('c', 'NUMBER', { product: ['a', 'b'], decimals: 2 })];
    expect(withTotals(size, [{ ca: '0.1', cb: '0.2' }]).lines[0]).toMatchObject({ cc: '0.02' });
    const yen = [column('n', 'NUMBER'), column('p', 'MONEY'), column('s', 'MONEY', { product: ['n', 'p'], currency: 'JPY' })];
    expect(withTotals(yen, [{ cn: '1.5', cp: { amount: 101, currency: 'JPY' } }]).lines[0]).toMatchObject({
      cs: { amount: 152, currency: 'JPY' },
    });
  });
  it('is what conditions compare', () => {
    const parts = withTotals(PARTS, [line('2', 150)]);
    expect(holds({ field: 'parts', total: 'ccost', op: 'GTE', value: CNY(300) }, { parts })).toBe(true);
    expect(holds({ field: 'parts', total: 'ccost', op: 'GT', value: CNY(300) }, { parts })).toBe(false);
    expect(holds({ field: 'parts', total: 'cn', op: 'EQ', value: 2 }, { parts })).toBe(true);
    expect(holds({ field: 'parts', op: 'EMPTY' }, { parts: { lines: [], totals: {} } })).toBe(true);
    expect(holds({ field: 'parts', op: 'FILLED' }, { parts })).toBe(true);
  });
});
