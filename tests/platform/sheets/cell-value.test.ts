import { describe, expect, it } from 'vitest';
import { defuse, undefuse } from '../../../src/platform/sheets/cell-formula.ts';
import { type RawCell, readCell } from '../../../src/platform/sheets/cell-value.ts';
import type { ColumnKind, SheetColumn } from '../../../src/platform/sheets/sheet.ts';

const column = (kind: ColumnKind, more: Partial<SheetColumn> = {}): SheetColumn => ({ kind, header: { en: 'A', 'zh-CN': '甲' }, ...more });
type Cell = Parameters<typeof readCell>[0];
const read = (kind: ColumnKind, cell: RawCell, more?: Partial<SheetColumn>): unknown => {
  const { value, code } = readCell(cell as Cell, column(kind, more), 'CN');
  return code ?? value;
};
const CHOICES = {
  choices: [
    { value: 'SENIOR', name: { en: 'Senior', 'zh-CN': '高级' } },
    { value: 'JUNIOR', name: { en: 'Junior', 'zh-CN': '初级' } },
  ],
};

describe('a cell of text', () => {
  it.each<[RawCell, unknown]>([
    [' Wang Wei ', 'Wang Wei'],
    ['007', '007'],
    ['００７', '００７'],
    [7, '7'],
    [1.5, '1.5'],
    [true, 'true'],
    [123456789012345, '123456789012345'],
    [1234567890123456, 'NUMBER_ROUNDED'],
    [1e21, 'NUMBER_ROUNDED'],
    [new Date('2024-01-01'), 'TEXT_IS_DATE'],
    ['a'.repeat(21), 'TOO_LONG'],
    ['家'.repeat(20), '家'.repeat(20)],
    ['a\0b', 'UNREADABLE'],
    ['a\ud800', 'UNREADABLE'],
    ['=1+1', '=1+1'],
  ])('reads %j as %j', (cell, expected) => {
    expect(read('TEXT', cell, { most: 20 })).toBe(expected);
  });
});

describe('a cell of a name', () => {
  it.each<[RawCell, unknown]>([
    ['T7\u200b', 'T7'],
    ['a\u202eb', 'ab'],
    ['Wang \u2060', 'Wang'],
    ['a\0b', 'UNREADABLE'],
    [7, '7'],
  ])('reads %j as %j', (cell, expected) => {
    expect(read('TEXT', cell, { isName: true })).toBe(expected);
  });
});

describe('a cell of a phone', () => {
  it.each<[RawCell, unknown]>([
    ['13800000001', '+8613800000001'],
    ['138 0000 0001', '+8613800000001'],
    ['１３８０００００００１', '+8613800000001'],
    ['+86 138-0000-0001', '+8613800000001'],
    ['+1 212 555 2368', '+12125552368'],
    [13800000001, '+8613800000001'],
    ['13800000000', '+8613800000000'],
    [13800000000, 'PHONE_ROUNDED'],
    [1.38e10, 'PHONE_ROUNDED'],
    ['1.38E+10', 'PHONE_ROUNDED'],
    ['1.38e10', 'PHONE_ROUNDED'],
    ['１.３８Ｅ+１０', 'PHONE_ROUNDED'],
    [1380000000.5, 'PHONE_ROUNDED'],
    [12345, 'NOT_A_PHONE'],
    ['call me', 'NOT_A_PHONE'],
    [true, 'NOT_A_PHONE'],
    ['1'.repeat(30_000), 'NOT_A_PHONE'],
  ])('reads %j as %j', (cell, expected) => {
    const found = read('PHONE', cell);
    expect(typeof found === 'string' ? found : (found as { e164: string }).e164).toBe(expected);
  });
});

describe('a cell of a date', () => {
  it.each<[RawCell, unknown]>([
    [new Date('2024-02-29T00:00:00Z'), '2024-02-29'],
    [new Date('2024-02-29T13:30:00Z'), '2024-02-29'],
    [new Date(Number.NaN), 'NOT_A_DATE'],
    [45000, '2023-03-15'],
    [45000.75, '2023-03-15'],
    [20240131, '2024-01-31'],
    ['2024-01-31', '2024-01-31'],
    ['2024/1/5', '2024-01-05'],
    ['2024.1.5', '2024-01-05'],
    ['2024年1月5日', '2024-01-05'],
    ['２０２４-０１-３１', '2024-01-31'],
    ['20240131', '2024-01-31'],
    ['2024-01-31 08:00', '2024-01-31'],
    ['2024-02-30', 'NOT_A_DATE'],
    ['01/02/2024', 'NOT_A_DATE'],
    ['45000', 'NOT_A_DATE'],
    ['1899-12-31', 'NOT_A_DATE'],
    ['24-1-5', 'NOT_A_DATE'],
    [0, 'NOT_A_DATE'],
    [-5, 'NOT_A_DATE'],
    [1e300, 'NOT_A_DATE'],
    [true, 'NOT_A_DATE'],
    ['soon', 'NOT_A_DATE'],
  ])('reads %j as %j', (cell, expected) => {
    expect(read('DATE', cell)).toBe(expected);
  });
});

describe('cells of other kinds', () => {
  it.each<[ColumnKind, RawCell, unknown]>([
    ['BOOLEAN', true, true],
    ['BOOLEAN', 'Yes', true],
    ['BOOLEAN', '是', true],
    ['BOOLEAN', 1, true],
    ['BOOLEAN', '否', false],
    ['BOOLEAN', 'FALSE', false],
    ['BOOLEAN', 'perhaps', 'NOT_YES_OR_NO'],
    ['BOOLEAN', 2, 'NOT_YES_OR_NO'],
    ['INTEGER', 12, 12],
    ['INTEGER', '-12', -12],
    ['INTEGER', '１２', 12],
    ['INTEGER', '12.0', 12],
    ['INTEGER', 1.5, 'NOT_A_NUMBER'],
    ['INTEGER', 'twelve', 'NOT_A_NUMBER'],
    ['INTEGER', 1e20, 'NUMBER_ROUNDED'],
    ['INTEGER', new Date('2024-01-01'), 'NOT_A_NUMBER'],
    ['CHOICE', 'SENIOR', 'SENIOR'],
    ['CHOICE', 'senior', 'SENIOR'],
    ['CHOICE', ' 初级 ', 'JUNIOR'],
    ['CHOICE', 'middle', 'NOT_A_CHOICE'],
    ['CHOICE', 'a'.repeat(30_000), 'NOT_A_CHOICE'],
  ])('%s: reads %j as %j', (kind, cell, expected) => {
    expect(read(kind, cell, CHOICES)).toBe(expected);
  });
});

describe('what a spreadsheet would run', () => {
  it.each(['=1+1', '+8613800000001', '-1', '@SUM(A1)', '\t=1', '\r=1', "=cmd|' /C calc'!A0", '=HYPERLINK("https://example.com")'])(
    'is defused, and comes back: %j',
    (text) => {
      expect(defuse(text)).toBe(`'${text}`);
      expect(undefuse(defuse(text))).toBe(text);
    },
  );
  it.each(['Wang', "O'Brien", "'tis", '1+1', ''])('is not %j', (text) => {
    expect(defuse(text)).toBe(text);
    expect(undefuse(text)).toBe(text);
  });
});
