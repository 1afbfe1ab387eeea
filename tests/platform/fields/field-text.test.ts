import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  builtInKinds,
  compareDecimals,
  type FieldDefinition,
  type FilledCell,
  type GivenValue,
  takeDecimal,
} from '../../../src/platform/fields/index.ts';
import { COLOURS, fieldOf, line, PARTS, PLACES, taken, told } from './field.fixture.ts';

const EMPLOYEES: Record<string, string> = { e1: '王芳' };
const shown = { language: 'zh-CN' as const, employee: (id: string) => EMPLOYEES[id], file: (id: string) => ({ u1: 'plan.pdf' })[id] };
const reading = { country: 'CN', employeeNamed: (name: string) => Object.keys(EMPLOYEES).find((id) => EMPLOYEES[id] === name) };
const read = (field: FieldDefinition, cell: FilledCell | null) => builtInKinds.read(field, cell, reading);

describe('a value as text (spec 3.13, 6.6)', () => {
  it.each<[string, Partial<FieldDefinition>, Omit<GivenValue, 'field'>, string]>([
    ['TEXT', {}, { text: 'Pump' }, 'Pump'],
    ['NUMBER', {}, { number: '1234.50' }, '1234.5'],
    ['MONEY', {}, { money: { amount: -123_450, currency: 'CNY' } }, '-1234.50 CNY'],
    ['MONEY', {}, { money: { amount: 5, currency: 'CNY' } }, '0.05 CNY'],
    ['MONEY', { currency: 'JPY' }, { money: { amount: 5, currency: 'JPY' } }, '5 JPY'],
    ['MONEY', { currency: 'KWD' }, { money: { amount: 5, currency: 'KWD' } }, '0.005 KWD'],
    ['DATE', {}, { date: '2026-06-01' }, '2026-06-01'],
    ['YES_NO', {}, { yes: true }, '是'],
    ['CHOICE', { options: COLOURS }, { optionIds: ['r'] }, '红'],
    ['CHOICES', { options: COLOURS }, { optionIds: ['b', 'r'] }, '红; Blue'],
    ['CASCADE', { options: PLACES }, { optionIds: ['sz'] }, '广东 / 深圳'],
    ['PHONE', {}, { text: '010-65529988转802' }, '+86 10 6552 9988 ext. 802'],
    ['EMPLOYEE', {}, { employeeId: 'e1' }, '王芳'],
  ])('%s: %j of %j is %j, and is read again', (kind, more, way, text) => {
    const field = fieldOf(kind, more);
    const value = taken(field, way).values.f1!;
    expect(builtInKinds.text(field, value, shown)).toBe(text);
    const { given } = read(field, text);
    expect(builtInKinds.take([field], [given!], { country: 'CN', path: [] }).values.f1).toEqual(value);
  });
  it('leaves out what its reader may not know of', () => {
    expect(builtInKinds.text(fieldOf('EMPLOYEE'), 'e2', shown)).toBe('');
    expect(builtInKinds.text(fieldOf('FILE'), ['u2', 'u1'], shown)).toBe('plan.pdf');
  });
  it('is a line for each line, with what was added up', () => {
    const value = taken(PARTS, { lines: [line('Pump', '3', 1999), line('Hours', '2')] }).values.f1!;
    expect(builtInKinds.text(PARTS, value, shown)).toBe(
      '1. Part: Pump, Quantity: 3, Price: 19.99 CNY, Sum: 59.97 CNY\n2. Part: Hours, Quantity: 2\nΣ. Sum: 59.97 CNY',
    );
  });
});

describe('a cell of a sheet (spec 3.12)', () => {
  it.each<[string, Partial<FieldDefinition>, FilledCell | null, unknown]>([
    ['TEXT', {}, 42, { text: '42' }],
    ['TEXT', {}, null, { text: null }],
    ['NUMBER', {}, 0.1 + 0.2, { number: '0.3' }],
    ['NUMBER', {}, '１,234.5', { number: '1234.5' }],
    ['NUMBER', {}, '', { number: null }],
    ['MONEY', {}, '¥1,234.5', { money: { amount: 123_450, currency: 'CNY' } }],
    ['MONEY', {}, '12 元', { money: { amount: 1200, currency: 'CNY' } }],
    ['MONEY', {}, 19.99, { money: { amount: 1999, currency: 'CNY' } }],
    ['DATE', {}, new Date('2026-06-01T00:00:00Z'), { date: '2026-06-01' }],
    ['DATE', {}, '2026年6月1日', { date: '2026-06-01' }],
    ['YES_NO', {}, '是', { yes: true }],
    ['CHOICES', { options: COLOURS }, 'green；红', { optionIds: ['g', 'r'] }],
    ['PHONE', {}, 13_800_000_001, { text: '13800000001' }],
  ])('%s %j: %j is given as %j', (kind, more, cell, way) => {
    expect(read(fieldOf(kind, more), cell)).toEqual({ given: { field: 'it', ...(way as object) }, issues: [] });
  });
  it.each<[string, Partial<FieldDefinition>, FilledCell, string]>([
    ['TEXT', {}, new Date(), 'TEXT_IS_DATE'],
    ['TEXT', { maxLength: 1 }, 'ab', 'TOO_LONG'],
    ['NUMBER', {}, 'many', 'NOT_A_NUMBER'],
    ['NUMBER', {}, 1e15, 'NUMBER_ROUNDED'],
    ['NUMBER', {}, '1,23', 'NOT_A_NUMBER'],
    ['MONEY', {}, '1.234', 'TOO_MANY_DECIMALS'],
    ['MONEY', {}, '$5', 'NOT_A_NUMBER'],
    ['DATE', {}, 'tomorrow', 'NOT_A_DATE'],
    ['YES_NO', {}, 'perhaps', 'NOT_YES_OR_NO'],
    ['CHOICE', { options: COLOURS }, 'Rose', 'NOT_AN_OPTION'],
    ['PHONE', {}, '1.38E+10', 'PHONE_ROUNDED'],
    ['EMPLOYEE', {}, '李四', 'NO_EMPLOYEE'],
    ['FILE', {}, 'plan.pdf', 'NOT_FROM_SHEETS'],
  ])('%s %j: %j is refused: %s', (kind, more, cell, code) => {
    const { given, issues } = read(fieldOf(kind, more), cell);
    expect(given).toBeUndefined();
    expect(told({ issues }).map((one) => one.trim())).toEqual([code]);
  });
});

describe('terms (spec 3.6)', () => {
  const decimals = fc
    .tuple(fc.bigInt({ min: -(10n ** 15n) + 1n, max: 10n ** 15n - 1n }), fc.integer({ min: 0, max: 12 }))
    .map(([units, scale]) => takeDecimal(`${units}e-${scale}`)!);
  const sign = (order: number): number => Math.sign(order);
  const bytes = (one: string, other: string): number => sign(Buffer.compare(Buffer.from(one), Buffer.from(other)));

  it('of numbers are ordered as numbers are', () => {
    const term = (value: string): string => builtInKinds.terms(fieldOf('NUMBER'), value)[0]!;
    fc.assert(fc.property(decimals, decimals, (one, other) => bytes(term(one), term(other)) === sign(compareDecimals(one, other))));
  });
  it('of money are ordered within a currency', () => {
    const term = (amount: number): string => builtInKinds.terms(fieldOf('MONEY'), { amount, currency: 'CNY' })[0]!;
    fc.assert(fc.property(fc.maxSafeInteger(), fc.maxSafeInteger(), (one, other) => bytes(term(one), term(other)) === sign(one - other)));
  });
  it('of numbers pass through JSON without loss', () => {
    fc.assert(fc.property(decimals, (one) => takeDecimal(JSON.parse(String(Number(one)))) === one));
  });
  it.each<[string, Partial<FieldDefinition>, Omit<GivenValue, 'field'>, unknown]>([
    ['TEXT', {}, { text: 'ＡBC' }, 'abc'],
    ['PHONE', {}, { text: '13800000001' }, '138 0000 0001'],
    ['NUMBER', {}, { number: '1.50' }, '1.5'],
    ['MONEY', {}, { money: { amount: 5, currency: 'CNY' } }, { amount: 5, currency: 'CNY' }],
    ['DATE', {}, { date: '2026-06-01' }, '2026-06-01'],
    ['YES_NO', {}, { yes: false }, false],
    ['CHOICES', { options: COLOURS }, { optionIds: ['g', 'b'] }, 'b'],
  ])('%s: %j of %j is found by %j', (kind, more, way, sought) => {
    const field = fieldOf(kind, more);
    expect(builtInKinds.terms(field, taken(field, way).values.f1!)).toContain(builtInKinds.of(kind)!.term!(sought, field));
  });
  it('are cut where an index has no room', () => {
    expect(builtInKinds.terms(fieldOf('PARAGRAPH'), '好'.repeat(20_000))[0]).toBe('好'.repeat(100));
  });
});
