import { describe, expect, it } from 'vitest';
import { productOf, sumOf, type TemplateField, withTotals } from '../index.ts';

const CNY = (amount: number) => ({ amount, currency: 'CNY' });
const MOST = Number.MAX_SAFE_INTEGER;

describe('a product (spec 6.1)', () => {
  it.each([
    [[3, CNY(1999)], 0, { value: CNY(5997) }],
    [[0.5, CNY(3)], 0, { value: CNY(2) }],
    [[-0.5, CNY(3)], 0, { value: CNY(-2) }],
    [[0.1, 0.2], 2, { value: 0.02 }],
    [[1.1, 1.1], 1, { value: 1.2 }],
    [[0.000001, 3], 6, { value: 0.000003 }],
    [[2, 3, 4], 0, { value: 24 }],
    [[2, undefined], 0, { value: undefined }],
    [[MOST, 2], 0, { fault: 'OVERFLOW' }],
    [[2, CNY(MOST)], 0, { fault: 'OVERFLOW' }],
  ])('of %j is %j digits %j', (values, decimals, expected) => {
    expect(productOf(values, decimals)).toEqual(expected);
  });
});

describe('a sum (spec 6.1)', () => {
  it.each([
    [[0.1, 0.2], 1, { value: 0.3 }],
    [[CNY(1), CNY(2), undefined], 0, { value: CNY(3) }],
    [[CNY(5), CNY(-7)], 0, { value: CNY(-2) }],
    [[], 0, { value: undefined }],
    [[MOST, 1], 0, { fault: 'OVERFLOW' }],
    [[CNY(1), { amount: 1, currency: 'EUR' }], 0, { fault: 'CURRENCIES' }],
  ])('of %j is %j digits %j', (values, decimals, expected) => {
    expect(sumOf(values, decimals)).toEqual(expected);
  });
});

describe('what a form computes (spec 6.1)', () => {
  const own = { required: false, readBy: 'EVERYBODY', writtenBy: 'SUBMITTER' } as const;
  const column = (id: string, kind: string, more: object = {}) => ({ id, name: id, label: id, kind, required: false, ...more });
  const FIELDS: TemplateField[] = [
    {
      ...own,
      id: 'parts',
      name: 'parts',
      label: 'Parts',
      kind: 'LINES',
      columns: [column('n', 'NUMBER'), column('price', 'MONEY'), column('cost', 'MONEY', { product: ['n', 'price'] })],
    },
    { ...own, id: 'sum', name: 'sum', label: 'Sum', kind: 'MONEY', total: { lines: 'parts', column: 'cost' } },
  ];
  it('is products of lines and their sum', () => {
    const given = { parts: [{ n: 2, price: CNY(150) }, { n: 1, price: CNY(99) }, { n: 1 }] };
    const { values, faults } = withTotals(FIELDS, given);
    expect(values).toEqual({
      parts: [{ n: 2, price: CNY(150), cost: CNY(300) }, { n: 1, price: CNY(99), cost: CNY(99) }, { n: 1 }],
      sum: CNY(399),
    });
    expect(faults).toEqual([]);
  });
  it('is never what somebody gave in its place', () => {
    const { values } = withTotals(FIELDS, { parts: [{ n: 1, price: CNY(5), cost: CNY(1) }], sum: CNY(1) });
    expect(values).toEqual({ parts: [{ n: 1, price: CNY(5), cost: CNY(5) }], sum: CNY(5) });
    expect(withTotals(FIELDS, { sum: CNY(1) }).values).toEqual({});
  });
  it('says where it overflows', () => {
    const { faults } = withTotals(FIELDS, { parts: [{ n: 3, price: CNY(MOST) }] });
    expect(faults).toEqual([{ path: ['parts', '0', 'cost'], fault: 'OVERFLOW' }]);
  });
});
