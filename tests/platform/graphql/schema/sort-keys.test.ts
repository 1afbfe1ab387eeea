import { describe, expect, it } from 'vitest';
import { boolean, date, integer, json, text, timestamptz, uuid } from '../../../../src/platform/database/column.ts';
import { table } from '../../../../src/platform/database/table.ts';
import { sortKeysOf } from '../../../../src/platform/graphql/schema/sort-keys.ts';
import { COLLEAGUE, EXTERNAL, rule } from '../../../../src/sdk/index.ts';

const columns = {
  tool: text(),
  note: text().nullable(),
  at: timestamptz(),
  count: integer(),
  owner: uuid(),
  due: date(),
  back: boolean(),
  detail: json<object>(),
};
const loans = table('plg_lending.loans', { columns });
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
