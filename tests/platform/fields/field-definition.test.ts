import { describe, expect, it } from 'vitest';
import { builtInKinds, type FieldDefinition, FieldKinds, fieldKind } from '../../../src/platform/fields/index.ts';
import { COLOURS, fieldOf, PARTS, PLACES, told } from './field.fixture.ts';

const faults = (...fields: FieldDefinition[]): string[] => told({ issues: builtInKinds.faultsOfDefinitions(fields, ['fields']) });
const columns = (...more: Partial<FieldDefinition>[]): FieldDefinition =>
  fieldOf('LINES', { columns: more.map((one, i) => fieldOf(one.kind ?? 'NUMBER', { id: `c${i}`, name: `c${i}`, ...one })) });

describe('the definition of a field (spec 3.10, 6.1)', () => {
  it.each<[FieldDefinition]>([
    [fieldOf('TEXT', { maxLength: 2_000 })],
    [fieldOf('NUMBER', { min: '-1.5', max: '1.5', decimals: 1 })],
    [fieldOf('MONEY', { min: '0.01', currency: 'CNY' })],
    [fieldOf('DATE', { min: '2026-01-01', max: '2026-01-01' })],
    [fieldOf('CHOICES', { options: COLOURS, most: 2 })],
    [fieldOf('CASCADE', { options: PLACES })],
    [PARTS],
    [fieldOf('EXPLANATION')],
  ])('%j is right', (field) => {
    expect(faults(field)).toEqual([]);
  });

  it.each<[string, FieldDefinition, ...string[]]>([
    ['no such kind', fieldOf('COLOUR'), 'UNKNOWN_KIND fields.0.kind'],
    ['a name of two words', fieldOf('TEXT', { name: 'my field' }), 'BAD_NAME fields.0.name'],
    ['a name that programs know', fieldOf('TEXT', { name: '__proto__' }), 'BAD_NAME fields.0.name'],
    ['no id', fieldOf('TEXT', { id: '' }), 'BAD_ID fields.0.id'],
    ['nothing to see', fieldOf('TEXT', { label: ' \u200b' }), 'TOO_SHORT fields.0.label'],
    ['a long label', fieldOf('TEXT', { label: 'a'.repeat(101) }), 'TOO_LONG fields.0.label'],
    ['a setting of another kind', fieldOf('YES_NO', { decimals: 1 }), 'UNKNOWN_SETTING fields.0.decimals'],
    ['a product outside of lines', fieldOf('NUMBER', { product: ['a', 'b'] }), 'UNKNOWN_SETTING fields.0.product'],
    ['no length', fieldOf('TEXT', { maxLength: 0 }), 'OUT_OF_RANGE fields.0.maxLength'],
    ['half a length', fieldOf('TEXT', { maxLength: 1.5 }), 'OUT_OF_RANGE fields.0.maxLength'],
    ['a bound that is no number', fieldOf('NUMBER', { min: 'low' }), 'NOT_A_NUMBER fields.0.min'],
    ['bounds the wrong way round', fieldOf('NUMBER', { min: '2', max: '1' }), 'MIN_ABOVE_MAX fields.0.min'],
    ['three decimals of a yuan', fieldOf('MONEY', { max: '0.001' }), 'TOO_MANY_DECIMALS fields.0.max'],
    ['no currency', fieldOf('MONEY', { currency: 'XXY' }), 'NOT_A_CURRENCY fields.0.currency'],
    ['no day', fieldOf('DATE', { min: '2026-02-30' }), 'NOT_A_DATE fields.0.min'],
    ['no options', fieldOf('CHOICE'), 'NO_OPTIONS fields.0.options'],
    ['an option twice', fieldOf('CHOICE', { options: [...COLOURS, { id: 'x', label: 'ＧREEN' }] }), 'TWICE fields.0.options.3.label'],
    ['an id twice', fieldOf('CHOICE', { options: [...COLOURS, { id: 'r', label: 'Rose' }] }), 'ID_TWICE fields.0.options.3.id'],
    [
      'options in a circle',
      fieldOf('CASCADE', {
        options: [
          { id: 'a', label: 'A', parentId: 'b' },
          { id: 'b', label: 'B', parentId: 'a' },
        ],
      }),
      'NO_PARENT fields.0.options.0.parentId',
      'NO_PARENT fields.0.options.1.parentId',
    ],
    ['no columns', columns(), 'NO_COLUMNS fields.0.columns'],
    ['lines in lines', columns({ kind: 'LINES' }, {}), 'NO_COLUMNS fields.0.columns.0.columns', 'NOT_A_COLUMN fields.0.columns.0.kind'],
    ['files in lines', columns({ kind: 'FILE' }), 'NOT_A_COLUMN fields.0.columns.0.kind'],
    ['a product of what comes later', columns({ product: ['c1', 'c2'] }, {}, {}), 'NOT_A_FACTOR fields.0.columns.0.product'],
    ['a product of itself', columns({}, { product: ['c0', 'c1'] }), 'NOT_A_FACTOR fields.0.columns.1.product'],
    ['a product of texts', columns({ kind: 'TEXT' }, {}, { product: ['c0', 'c1'] }), 'NOT_A_FACTOR fields.0.columns.2.product'],
    [
      'money times money',
      columns({ kind: 'MONEY' }, { kind: 'MONEY' }, { kind: 'MONEY', product: ['c0', 'c1'] }),
      'NOT_A_FACTOR fields.0.columns.2.product',
    ],
    ['a sum of texts', columns({ kind: 'TEXT', summed: true }), 'NOT_A_COLUMN fields.0.columns.0.summed'],
  ])('is refused: %s', (_, field, ...codes) => {
    expect(faults(field)).toEqual(codes);
  });

  it('is unique by its id and its name', () => {
    expect(faults(fieldOf('TEXT'), fieldOf('TEXT'))).toEqual(['ID_TWICE fields.1.id', 'TWICE fields.1.name']);
  });
  it('is one of at most 500', () => {
    const many = (count: number) => Array.from({ length: count }, (_, i) => fieldOf('TEXT', { id: `f${i}`, name: `f${i}` }));
    expect(faults(...many(500))).toEqual([]);
    expect(faults(...many(501))).toEqual(['TOO_MANY fields']);
  });
});

describe('a kind of a plugin', () => {
  const ISBN = fieldKind<string>({
    name: 'LIBRARY_ISBN',
    called: { en: 'ISBN', 'zh-CN': '书号' },
    given: ['text'],
    settings: [],
    take: (given) => String(given).replaceAll('-', ''),
    text: (value) => `ISBN ${value}`,
    type: 'LibraryIsbnValue',
    facts: (value) => ({ isbn: value }),
    terms: (value) => [value],
  });
  it('is everywhere at once', () => {
    const kinds = new FieldKinds([ISBN]);
    const field = fieldOf('LIBRARY_ISBN');
    expect(kinds.faultsOfDefinitions([field, fieldOf('LINES', { id: 'f2', name: 'books', columns: [field] })], [])).toEqual([]);
    const { values } = kinds.take([field], [{ field: 'it', text: '978-3' }], { country: 'CN', path: [] });
    expect(values).toEqual({ f1: '9783' });
    expect(kinds.text(field, '9783', { language: 'en' })).toBe('ISBN 9783');
    expect(kinds.shown(field, '9783', (shown) => shown)).toMatchObject({ '@type': 'LibraryIsbnValue', isbn: '9783', field });
    expect(kinds.terms(field, '9783')).toEqual(['9783']);
  });
  it('has a name of its own', () => {
    expect(() => new FieldKinds([ISBN, ISBN])).toThrow('LIBRARY_ISBN');
  });
});
