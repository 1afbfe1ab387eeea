import { describe, expect, it } from 'vitest';
import { tenantEntity } from '../../../src/platform/entities/entity.ts';
import { isAmong, sql } from '../../../src/platform/sql/author-sql.ts';
import { allOf, Sql } from '../../../src/platform/sql/sql.ts';
import { strayIn } from '../../../src/platform/sql/sql-words.ts';

// What an author's SQL may be made of (spec 8.2).

const [column, other] = [new Sql('t1.phone'), new Sql('t2.name')];

describe('SQL of an author', () => {
  it.each([
    [['', ' = ', ' and ', ' is not null']],
    [['case when ', " = 'it''s -- no comment' then ", ' else null end']],
    [['coalesce(lower(', "), '')"]],
    [['', ' is distinct from ', '']],
    [['', ' is not distinct from ', '']],
    [['', " #>> '{a,b}'"]],
    [['', '::uuid = any(', ')']],
    [['(', ' is null or ', ' > ', " - interval '720 hours')"]],
    [['(', '[1] + 2.5) * -1']],
  ])('may be %j', (parts) => {
    expect(strayIn(parts)).toBeUndefined();
  });

  it.each([
    ['a sub-select', ['(select other.phone from contacts other where other.id = ', ')'], 'select'],
    ['one in other letters', ['(SeLeCt ', ')'], 'SeLeCt'],
    ['a table', ['(table contacts)'], 'table'],
    ['a union', ['', ' union all ', ''], 'union'],
    ['a with', ['with a as (', ')'], 'with'],
    ['a column of another row', ['t1.phone'], 't1'],
    ['a quoted name', ['"phone"'], '"phone"'],
    ['a function that runs a query', ["query_to_xml('select 1', true, false, '')"], 'query_to_xml'],
    ['a function that reads a setting', ["current_setting('guichet.organization')"], 'current_setting'],
    ['a function that sleeps', ['pg_sleep(30)'], 'pg_sleep'],
    ['a cast to a name of a table', ["'contacts'::regclass"], 'regclass'],
    ['from without distinct', ['', ' from ', ''], 'from'],
    ['distinct without is', ['distinct ', ''], 'distinct'],
    ['the end of a statement', ['', '; delete'], '; delete'],
    ['a comment', ['', ' -- ', ''], '--'],
    ['a comment in stars', ['', ' /* ', ''], '/*'],
    ['a text in dollars', ['$$contacts$$'], '$$contacts$$'],
    ['a text with escapes', [String.raw`e'\x27'`], 'e'],
    ['a parameter', ['', ' = $1'], '$1'],
    ['a text that is not closed', ["'", "'"], "'"],
    ['a bracket too many', ['', ') or ('], ')'],
    ['a bracket too few', ['(', ''], '('],
  ])('may not hold %s', (_, parts, stray) => {
    expect(strayIn(parts)).toBe(stray);
  });

  it('may not name what its handles have not', () => {
    const row = {} as Record<string, Sql>;
    expect(() => sql`${row.phone!} is null`).toThrow('its SQL uses what is no column of a handle: undefined');
    expect(() => sql`${{ text: '(select 1)' } as Sql}`).toThrow('what is no column of a handle');
    expect(() => sql`select ${column}`).toThrow('its SQL may not hold "select"');
  });
  it('does not melt into other words or comments', () => {
    expect(sql`${sql`is`}${sql`null`}`.text).toBe('is null');
    expect(sql`-${sql`-${column}`}`.text).toBe('- -t1.phone');
    expect(sql`${column} ${sql`/`}${sql`* ${other}`}`.text).toBe('t1.phone / * t2.name');
    expect(sql`${column}::text`.text).toBe('t1.phone::text');
  });
  it('cannot call a table what it likes', () => {
    expect(() =>
      isAmong(column, { organization_id: other }, { 'a, contacts b': tenantEntity('contacts', () => ({})).table }, () => ({
        value: column,
        where: column,
      })),
    ).toThrow('its SQL calls a table "a, contacts b"');
  });
});

describe('conditions', () => {
  it('that hold an "or" decide for themselves alone', () => {
    expect(allOf([sql`${column} is null`, sql`true or ${other} is null`]).text).toBe('t1.phone is null and (true or t2.name is null)');
    expect(allOf([sql`true or true`]).text).toBe('(true or true)');
  });
});
