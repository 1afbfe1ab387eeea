import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { TimeLimitError } from '../../../src/platform/database/time-limit.ts';
import { loggableError } from '../../../src/platform/log/loggable-error.ts';
import { withoutValues } from '../../../src/platform/log/message.rules.ts';
import { callPlugin } from '../../../src/platform/plugin-call/plugin-call.ts';

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
    expect(Object.keys(logged).sort()).toEqual(['class', 'code', 'constraint', 'frames', 'table']);
    expect(JSON.stringify(logged)).not.toMatch(/Hu Yan|8613800000003/);
  });

  it('is told with its place, whatever its message looks like', () => {
    const error = new Error('one\n    at the back door (secret)\ntwo');
    const { frames } = loggableError(error);
    expect(frames[0]).toContain('loggable-error.test.ts');
    expect(JSON.stringify(frames)).not.toContain('back door');
  });

  it('is told with what caused it, and no further than is of use', () => {
    const chain = [1, 2, 3, 4, 5, 6].reduce<Error | undefined>(
      (cause, n) => Object.assign(new Error('x', { cause }), { code: `E_${'ABCDEF'[n - 1]}` }),
      undefined,
    );
    const codes: (string | undefined)[] = [];
    for (let at = loggableError(chain).cause; at; at = at.cause) codes.push(at.code);
    expect(codes).toEqual(['E_E', 'E_D', 'E_C']);
    expect(loggableError(new AggregateError([new TypeError('first'), new Error('second')], '')).cause?.class).toBe('TypeError');
  });

  const SECRET = 'Ring at the blue door';
  class Renamed extends Error {
    override name = SECRET;
  }
  const named = { [SECRET]: () => new Error('x') };
  it.each<[string, unknown]>([
    ['in its message', new Error(SECRET)],
    ['in a message of several lines', new Error(`one\n    at ${SECRET} (file:///a.ts:1:1)\ntwo`)],
    ['in its name', new Renamed('x')],
    ['in the name of its class', Object.assign(new Error('x'), { constructor: { name: SECRET } })],
    ['in its code', Object.assign(new Error('x'), { code: SECRET })],
    ['in its code, as digits', Object.assign(new Error('x'), { code: SECRET })],
    ['as a column', Object.assign(new Error('x'), { column: SECRET, table: SECRET })],
    ['in its stack', Object.assign(new Error('x'), { stack: `Error: x\n    at ${SECRET} (somewhere)` })],
    ['as a function that made it', named[SECRET]!()],
    ['in its cause', new Error('x', { cause: new Error(SECRET) })],
    ['as its cause', new Error('x', { cause: SECRET })],
    ['in itself, being no error', SECRET],
    ['in an object', { message: SECRET, toString: () => SECRET }],
    [
      'in what a query was given',
      Object.assign(new pg.DatabaseError(SECRET, 1, 'error'), { detail: SECRET, hint: SECRET, where: SECRET, code: '22P02' }),
    ],
    [
      'in a value that JavaScript quotes',
      (() => {
        try {
          return JSON.parse(SECRET);
        } catch (error) {
          return error;
        }
      })(),
    ],
  ])('tells no value: %s', (_, error) => {
    expect(JSON.stringify(loggableError(error))).not.toContain('blue');
  });

  it('of our own that is made of no value is told with its message', () => {
    expect(loggableError(new TimeLimitError('This was not done in its time.'))).toMatchObject({
      message: 'This was not done in its time.',
    });
  });
  it('that is none is told by its kind', () => {
    expect(loggableError('call 13800000003')).toEqual({ class: 'string', frames: [] });
    expect(loggableError(undefined)).toEqual({ class: 'undefined', frames: [] });
  });
  it.each(['13800000003', '864209', 'call +86 138'])('with a code that is no code is told without it: %s', (code) => {
    expect(loggableError(Object.assign(new Error('x'), { code }))).not.toHaveProperty('code');
  });
  it('of a plugin is told with whose it is', async () => {
    const thrown = await callPlugin('lending', async () => callPlugin('shelf', () => Promise.reject(new Error('x')))).catch(
      (error: unknown) => error,
    );
    expect(loggableError(thrown)).toMatchObject({ class: 'Error', plugin: 'shelf' });
  });
});
