import { describe, expect, it } from 'vitest';
import { tenantEntity } from '../../../src/platform/entities/entity.ts';
import { sortKeysOf } from '../../../src/platform/schema/sort-keys.ts';
import { COLLEAGUE, EXTERNAL, rule } from '../../../src/sdk/index.ts';

const loans = tenantEntity('plg_lending.loans', (t) => ({
  tool: t.text(),
  note: t.text().nullable(),
  at: t.timestamptz(),
  count: t.integer(),
  owner: t.uuid(),
  due: t.date(),
  back: t.boolean(),
  detail: t.json<object>(),
})).table;
const all = rule('lending.read', { roles: [COLLEAGUE, EXTERNAL], description: 'Everybody.' });
const inside = rule('lending.inside', { roles: [COLLEAGUE], description: 'Every employee.' });
const orderedBy = (column: string, by = all) =>
  sortKeysOf({
    name: 'Loan',
    table: loans,
    key: 'id',
    listedFor: [COLLEAGUE, EXTERNAL],
    orders: { IT: { column, rule: by, description: 'By it.' } },
  });

describe('an order of pages', () => {
  it('by age is there by itself', () => {
    expect(Object.keys(sortKeysOf({ name: 'Loan', table: loans, key: 'id', listedFor: [COLLEAGUE] }))).toEqual(['CREATED_AT']);
  });
  it.each([
    ['tool', 'text'],
    ['at', 'timestamptz'],
    ['count', 'integer'],
    ['owner', 'uuid'],
    ['due', 'date'],
    ['back', 'boolean'],
  ])('may be by %s', (column, sqlType) => {
    expect(orderedBy(column).IT).toMatchObject({ column, sqlType });
  });
  it.each([
    ['note', 'rows without a value would be lost between pages'],
    ['detail', 'a jsonb cannot stand in a cursor'],
  ])('may not be by %s: %s', (column, why) => {
    expect(() => orderedBy(column)).toThrow(why);
  });
  it('may not be by what somebody lists and may not read: cursors show it', () => {
    expect(() => orderedBy('tool', inside)).toThrow('Loan cannot be ordered by IT: EXTERNAL may list it but not read the column');
  });
});
