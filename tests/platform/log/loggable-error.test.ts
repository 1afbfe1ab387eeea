import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { loggableError, withoutValues } from '../../../src/platform/log/loggable-error.ts';

describe('a message', () => {
  it.each([
    ['Phone +8613800000003 is taken.', 'Phone +… is taken.'],
    ['Phone +86 138-0000-0003 (home)', 'Phone +… (home)'],
    ['code 246810 was wrong', 'code … was wrong'],
    ['电话１３８００００００００３', '电话…'],
    ['token TRYb6lSL9cblcQwlaE6RBTP-5rf20xKkbHQZPk62zb4 ended', 'token … ended'],
    ['id 01980000-0000-7000-8000-00000000000a', 'id …'],
    ['invalid input syntax for type uuid: "Hu Yan"', 'invalid input syntax for type uuid: "…"'],
    ['the value "a "quoted" word" is bad', 'the value "…" is bad'],
    ['the value "cut off', 'the value "…"'],
    ['Unexpected token, "{"phone":"x"}"\nis not JSON', 'Unexpected token, "…"\nis not JSON'],
  ])('loses what could be somebody’s: %s', (message, kept) => {
    expect(withoutValues(message)).toBe(kept);
  });

  it.each([
    "Cannot read properties of undefined (reading 'name')",
    'connect ECONNREFUSED 127.0.0.1:5432',
    'null value in column name violates a constraint',
    'statement timeout after 5000 ms',
  ])('keeps what tells the cause: %s', (message) => {
    expect(withoutValues(message)).toBe(message);
  });

  it('is not kept longer than anybody would read', () => {
    expect(withoutValues('word '.repeat(1000)).length).toBeLessThanOrEqual(500);
  });
});

describe('an error', () => {
  it('of PostgreSQL is told by its names, not by the row that it quotes', () => {
    const error = Object.assign(new pg.DatabaseError('duplicate key value violates unique constraint "contacts_phone"', 1, 'error'), {
      code: '23505',
      table: 'contacts',
      constraint: 'contacts_phone',
      detail: 'Key (phone)=(+8613800000003) already exists.',
      where: 'COPY contacts, line 1: "Hu Yan"',
      hint: 'Hu Yan',
      internalQuery: 'select Hu Yan',
    });
    const logged = loggableError(error);
    expect(logged).toMatchObject({ code: '23505', table: 'contacts', constraint: 'contacts_phone' });
    expect(Object.keys(logged).sort()).toEqual(['class', 'code', 'constraint', 'frames', 'message', 'table']);
    expect(JSON.stringify(logged)).not.toMatch(/Hu Yan|8613800000003/);
  });

  it('is told with its place, whatever its message looks like', () => {
    const error = new Error('one\n    at the back door (secret)\ntwo');
    const { frames } = loggableError(error);
    expect(frames[0]).toContain('loggable-error.test.ts');
    expect(JSON.stringify(frames)).not.toContain('back door');
  });

  it('is told with what caused it, and no further than is of use', () => {
    const chain = [1, 2, 3, 4, 5, 6].reduce<Error | undefined>((cause, n) => new Error(`level ${n}`, { cause }), undefined);
    const messages: string[] = [];
    for (let at = loggableError(chain).cause; at; at = at.cause) messages.push(at.message);
    expect(messages).toEqual(['level 5', 'level 4', 'level 3']);
    expect(loggableError(new AggregateError([new Error('first'), new Error('second')], '')).cause?.message).toBe('first');
  });

  it('that is none is told by its kind', () => {
    expect(loggableError('call 13800000003')).toEqual({ class: 'string', message: 'call …', frames: [] });
    expect(loggableError({ phone: '+8613800000003' })).toEqual({ class: 'object', message: '[object Object]', frames: [] });
    expect(loggableError(undefined)).toMatchObject({ class: 'undefined' });
  });

  it('with a code that is no code is told without it', () => {
    expect(loggableError(Object.assign(new Error('x'), { code: 'call +86 138' }))).not.toHaveProperty('code');
  });
});
