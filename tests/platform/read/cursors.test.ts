import { GraphQLError } from 'graphql';
import { describe, expect, it } from 'vitest';
import { placeTag, readCursor } from '../../../src/platform/sql/cursors.ts';

const KEY = '01980000-0000-7abc-8def-00000000000a';
const PLACE = { list: 'Query.people', order: { by: 'AGE', direction: 'DESC' } } as const;
const TAG = placeTag(PLACE);
const OTHERS = {
  direction: placeTag({ list: 'Query.people', order: { by: 'AGE', direction: 'ASC' } }),
  order: placeTag({ list: 'Query.people', order: { by: 'NAME', direction: 'DESC' } }),
  list: placeTag({ list: 'Department.people', order: { by: 'AGE', direction: 'DESC' } }),
};
const cursor = (...parts: unknown[]): string => Buffer.from(JSON.stringify(parts)).toString('base64url');
const read = (sqlType: string, value: unknown): unknown => readCursor(cursor(TAG, value, KEY), PLACE, sqlType);

describe('a cursor', () => {
  it.each<[string, unknown]>([
    ['uuid', KEY],
    ['text', ''],
    ['text', '王 "O’Neill"\u0001 🦊'],
    ['integer', 0],
    ['integer', -2_147_483_648],
    ['integer', 2_147_483_647],
    ['bigint', Number.MAX_SAFE_INTEGER],
    ['date', '2026-02-28'],
    ['boolean', false],
    ['timestamptz', '2026-06-01T08:00:00+00:00'],
    ['timestamptz', '2026-06-01T08:00:00.123456+00:00'],
  ])('names the place of a row: %s %j', (sqlType, sortValue) => {
    expect(read(sqlType, sortValue)).toEqual({ sortValue, key: KEY });
  });

  it.each<[string, unknown]>([
    ['uuid', 'x'],
    ['uuid', KEY.toUpperCase()],
    ['uuid', null],
    ['text', null],
    ['text', 7],
    ['text', 'a\0'],
    ['text', '\ud83d'],
    ['text', ['a']],
    ['integer', '7'],
    ['integer', 0.5],
    ['integer', 2_147_483_648],
    ['integer', -2_147_483_649],
    ['integer', null],
    ['bigint', 2 ** 53],
    ['bigint', 1e300],
    ['date', '2026-02-30'],
    ['date', '2026-02-28T08:00:00+00:00'],
    ['date', 'infinity'],
    ['boolean', 'true'],
    ['boolean', null],
    ['timestamptz', 'now'],
    ['timestamptz', 'infinity'],
    ['timestamptz', 'Foo 1'],
    ['timestamptz', '2026-02-30T25:00:00+00:00'],
    ['timestamptz', '2026-02-30T08:00:00+00:00'],
    ['timestamptz', '0000-06-01T08:00:00+00:00'],
    ['timestamptz', 1],
    ['jsonb', {}],
    ['numeric', 1],
  ])('with a value that PostgreSQL would refuse is refused: %s %j', (sqlType, value) => {
    expect(() => read(sqlType, value)).toThrow('does not belong to this list');
  });

  it.each<[string, unknown]>([
    ['nothing', ''],
    ['null', null],
    ['a number', 7],
    ['no JSON', 'x'],
    ['JSON that is no list', Buffer.from('{"a":1}').toString('base64url')],
    ['JSON null', Buffer.from('null').toString('base64url')],
    ['too little', cursor(TAG)],
    ['the other direction', cursor(OTHERS.direction, KEY, KEY)],
    ['another order', cursor(OTHERS.order, KEY, KEY)],
    ['another list', cursor(OTHERS.list, KEY, KEY)],
    ['a key that is none', cursor(TAG, KEY, 'x')],
    ['a key that is a list', cursor(TAG, KEY, [KEY])],
    ['a key of SQL', cursor(TAG, KEY, `${KEY}'--`)],
  ])('that was made up is BAD_REQUEST: %s', (_, made) => {
    const reading = (): unknown => readCursor(made, PLACE, 'uuid');
    expect(reading).toThrow(GraphQLError);
    expect(reading).toThrow(expect.objectContaining({ extensions: { code: 'BAD_REQUEST' } }));
  });
});
