import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { NO_ID, uuidv7 } from '../../../src/platform/database/uuid.ts';
import { checked, fault } from '../../../src/platform/input/checked.ts';
import * as input from '../../../src/platform/input/input.ts';
import type { Issue } from '../../../src/platform/input/input-faults.ts';
import { textIn } from '../../../src/platform/language/language.ts';
import { encodeGlobalId } from '../../../src/platform/schema/global-id.ts';

/** What a field makes of a value, and what it says about it: `place: CODE`. */
function read(field: input.InputField<unknown>, given: unknown): { value: unknown; said: string[] } {
  const said: string[] = [];
  const { it: value } = input.parseFields({ it: field }, { it: given }, ['input'], ({ path, code }) =>
    said.push(`${path.join('.')}: ${code}`),
  );
  return { value, said };
}
const UUID = uuidv7();
const FINE: string[] = [];
const line = input.inputObject('LineInput', 'A line.', {
  product: input.id('Product', 'What.'),
  count: input.integer('How many.', { min: 1, max: 9 }),
  note: input.optional(input.text('Why.', { max: 5 })),
});

describe('a field of an input', () => {
  it.each<[string, input.InputField<unknown>, unknown, unknown, string[]]>([
    ['text is trimmed', input.text('It.'), '  a b \n', 'a b', FINE],
    ['text that is empty', input.text('It.'), '   ', '', ['input.it: TOO_SHORT']],
    ['text that may be empty', input.text('It.', { min: 0 }), ' ', '', FINE],
    ['text up to its most', input.text('It.', { max: 3 }), 'abc', 'abc', FINE],
    ['text that is too long', input.text('It.', { max: 3 }), 'abcd', '', ['input.it: TOO_LONG']],
    ['text with the character zero', input.text('It.'), 'a\0', '', ['input.it: INVALID']],
    ['a number', input.integer('It.', { min: 1, max: 9 }), 9, 9, FINE],
    ['a number that is too small', input.integer('It.', { min: 1, max: 9 }), 0, 0, ['input.it: OUT_OF_RANGE']],
    ['a number that is too large', input.integer('It.', { min: 1, max: 9 }), 10, 10, ['input.it: OUT_OF_RANGE']],
    ['a flag', input.flag('It.'), false, false, FINE],
    ['an id', input.id('Product', 'It.'), encodeGlobalId('Product', UUID), UUID, FINE],
    ['an id of another type', input.id('Product', 'It.'), encodeGlobalId('Tag', UUID), NO_ID, FINE],
    ['an id that is none', input.id('Product', 'It.'), 'x', NO_ID, FINE],
    ['ids', input.ids('Product', 'It.'), [encodeGlobalId('Product', UUID), 'x'], [UUID, NO_ID], FINE],
    ['too few', input.ids('Product', 'It.', { least: 1 }), [], [], ['input.it: TOO_FEW']],
    ['too many', input.ids('Product', 'It.', { most: 1 }), ['x', 'x'], [NO_ID, NO_ID], ['input.it: TOO_MANY']],
    ['money', input.money('It.', { least: 1 }), { amount: 7, currency: 'CNY' }, { amount: 7, currency: 'CNY' }, FINE],
    [
      'too little money',
      input.money('It.', { least: 1 }),
      { amount: 0, currency: 'CNY' },
      { amount: 0, currency: 'CNY' },
      ['input.it.amount: OUT_OF_RANGE'],
    ],
    [
      'money of no country',
      input.money('It.'),
      { amount: 1, currency: 'XYZ' },
      { amount: 1, currency: 'XYZ' },
      ['input.it.currency: NOT_A_CURRENCY'],
    ],
    ['an object', line, { product: 'x', count: 3 }, { product: NO_ID, count: 3, note: undefined }, FINE],
    [
      'objects in a list, with every fault in its place',
      input.listOf(line, 'Lines.'),
      [
        { product: 'x', count: 0 },
        { product: 'x', count: 1, note: 'too long' },
      ],
      [
        { product: NO_ID, count: 0, note: undefined },
        { product: NO_ID, count: 1, note: '' },
      ],
      ['input.it.0.count: OUT_OF_RANGE', 'input.it.1.note: TOO_LONG'],
    ],
  ])('%s', (_, field, given, value, said) => {
    expect(read(field, given)).toEqual({ value, said });
  });

  it('that was left out or is null is undefined, and nothing is said about it', () => {
    for (const given of [undefined, null]) expect(read(input.optional(input.text('It.')), given)).toEqual({ value: undefined, said: [] });
  });
  it('may tell null from what was left out', () => {
    expect([undefined, null].map((given) => read(input.nullable(input.text('It.')), given).value)).toEqual([undefined, null]);
  });
  it('with more than 250 items ends the request', () => {
    const many = (count: number): unknown => read(input.listOf(input.flag('It.'), 'Flags.'), Array(count).fill(true)).said;
    expect(many(250)).toEqual([]);
    expect(() => many(251)).toThrow('holds 251 items; at most 250 are taken');
  });
});

describe('inputs that refer to objects', () => {
  it('are found, however deep', () => {
    expect(input.refersToObjects({ line })).toBe(true);
    expect(input.refersToObjects({ lines: input.optional(input.listOf(line, 'Lines.')) })).toBe(true);
    expect(input.refersToObjects({ ids: input.ids('Tag', 'Tags.') })).toBe(true);
    expect(input.refersToObjects({ name: input.text('Name.'), price: input.money('Price.') })).toBe(false);
  });
});

describe('a field that a schema of zod looks at as well', () => {
  const code = checked(
    input.text('It.', { max: 9 }),
    z
      .string()
      .regex(/^[a-z]+$/i)
      .toUpperCase(),
  );
  const even = checked(
    input.integer('It.', { min: 1, max: 9 }),
    z.number().refine((n) => n % 2 === 0, fault('ODD', { en: 'An even number, please.', 'zh-CN': '请填写偶数。' })),
  );
  it.each<[string, input.InputField<unknown>, unknown, unknown, string[]]>([
    ['is what the schema makes of it', code, ' ab ', 'AB', FINE],
    ['says what the schema finds wrong', code, 'a1', 'a1', ['input.it: INVALID_FORMAT']],
    ['says first what the field itself finds, and that alone', code, '1234567890', '', ['input.it: TOO_LONG']],
    ['passes a test of its own', even, 4, 4, FINE],
    ['says what that test says', even, 3, 3, ['input.it: ODD']],
    ['may be left out', input.optional(code), undefined, undefined, FINE],
    ['may be left empty', input.optional(code), ' ', undefined, FINE],
    [
      'says where in it',
      checked(input.listOf(input.integer('It.'), 'All.'), z.array(z.number().max(5)).readonly()),
      [1, 6],
      [1, 6],
      ['input.it.1: TOO_BIG'],
    ],
  ])('%s', (_, field, given, value, said) => {
    expect(read(field, given)).toEqual({ value, said });
  });

  it('speaks both languages', () => {
    const said: Issue[] = [];
    for (const [field, given] of [
      [code, '1'],
      [even, 3],
    ] as const)
      input.parseFields<input.InputFields>({ it: field }, { it: given }, [], (issue) => said.push(issue));
    expect(said.map(({ message }) => textIn(message, 'zh-CN'))).toEqual([expect.stringMatching(/无效/), '请填写偶数。']);
    expect(said.map(({ message }) => textIn(message, 'en'))).toEqual([expect.stringMatching(/^Invalid/), 'An even number, please.']);
  });
});
