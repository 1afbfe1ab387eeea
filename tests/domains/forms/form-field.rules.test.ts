import { describe, expect, it } from 'vitest';
import { faultsOf } from '../../../src/domains/forms/form-field.rules.ts';
import type { FormField } from '../../../src/sdk/index.ts';

const field = (type: FormField['type'], more: Partial<FormField> = {}): FormField => ({
  name: 'x',
  label: 'The field',
  type,
  required: false,
  ...more,
});
const codes = (of: FormField, value: unknown): string[] => faultsOf([of], { x: value }).map(({ code }) => code);
const choice = field('CHOICE', { choices: ['red', '7'] });

describe('answers that are right', () => {
  it.each<[FormField, unknown]>([
    [field('TEXT'), 'words'],
    [field('TEXT'), 'x'.repeat(2_000)],
    [field('NUMBER'), 0],
    [field('NUMBER'), -1.5],
    [field('DATE'), '2026-02-28'],
    [field('DATE'), '2028-02-29'],
    [choice, 'red'],
    [choice, '7'],
    [field('YES_NO'), true],
    [field('YES_NO'), false],
  ])('$0.type: case %#', (of, value) => expect(codes(of, value)).toEqual([]));

  it.each([undefined, null, ''])('may be %j where nothing must be filled in', (nothing) => {
    for (const type of ['TEXT', 'NUMBER', 'DATE', 'CHOICE', 'YES_NO'] as const) expect(codes(field(type), nothing)).toEqual([]);
  });
});

describe('answers that are not right', () => {
  it.each<[FormField, unknown]>([
    [field('TEXT'), 7],
    [field('TEXT'), ['words']],
    [field('TEXT'), 'x'.repeat(2_001)],
    [field('TEXT'), 'zero \0'],
    [field('TEXT'), 'half of a pair \ud83d'],
    [field('NUMBER'), '7'],
    [field('NUMBER'), Number.NaN],
    [field('NUMBER'), Number.POSITIVE_INFINITY],
    [field('DATE'), '2026-2-3'],
    [field('DATE'), '2026-02-30'],
    [field('DATE'), '2026-13-01'],
    [field('DATE'), '2027-02-29'],
    [field('DATE'), 20260201],
    [choice, 'blue'],
    [choice, 7],
    [choice, ['red']],
    [field('YES_NO'), 'yes'],
    [field('YES_NO'), 1],
  ])('$0.type: case %#', (of, value) => expect(codes(of, value)).toEqual(['INVALID']));

  it.each([undefined, null, ''])('are missing where they are %j and must be filled in', (nothing) => {
    for (const type of ['TEXT', 'NUMBER', 'DATE', 'CHOICE', 'YES_NO'] as const)
      expect(codes(field(type, { required: true }), nothing)).toEqual(['REQUIRED']);
    expect(codes(field('YES_NO', { required: true }), false)).toEqual([]);
    expect(codes(field('NUMBER', { required: true }), 0)).toEqual([]);
  });

  it('are all told at once, each with its place', () => {
    const fields = [field('TEXT', { name: 'a', required: true }), field('NUMBER', { name: 'b' }), field('YES_NO', { name: 'c' })];
    expect(faultsOf(fields, { b: 'x', c: true, d: 1 }).map(({ path, code }) => [path.join('.'), code])).toEqual([
      ['input.values.d', 'UNKNOWN_FIELD'],
      ['input.values.a', 'REQUIRED'],
      ['input.values.b', 'INVALID'],
    ]);
  });

  it('are not taken from what every object has', () => {
    expect(faultsOf([field('TEXT', { name: 'constructor', required: true })], {}).map(({ code }) => code)).toEqual(['REQUIRED']);
    expect(faultsOf([], JSON.parse('{"__proto__": 1}')).map(({ code }) => code)).toEqual(['UNKNOWN_FIELD']);
  });
});
