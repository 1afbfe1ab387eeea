import { readPhone } from '../phone/phone.ts';
import { takeName } from '../text/name-taken.ts';
import { takeText } from '../text/text-taken.ts';
import type { ColumnKind, ColumnValues, SheetColumn } from './sheet.ts';
import type { SheetFaultCode } from './sheet-fault.ts';

/** A formula whose result nobody has kept. */
export const NO_RESULT = Symbol('formula without a result');
/** A cell as it comes out of a file; of a text file all are texts. */
export type RawCell = string | number | boolean | Date | typeof NO_RESULT | null | undefined;

type Filled = Exclude<RawCell, typeof NO_RESULT | null | undefined>;
export type Read<Value> =
  | { readonly value: Value; readonly code?: undefined }
  | { readonly code: SheetFaultCode; readonly value?: undefined };

const ok = <Value>(value: Value): Read<Value> => ({ value });
const wrong = (code: SheetFaultCode): Read<never> => ({ code });

export const MOST_CHARACTERS = 200;
/** Past this, digits are lost (IEEE 754, and spreadsheets keep 15). */
const MOST_DIGITS = 1e15;
/** 1.38E+10 has three digits and eight zeros: nobody has such a phone, and what it was is gone. */
const ROUNDED_TO = 1e6;
const SCIENTIFIC = /^[+-]?\d(?:[.,]\d+)?e[+-]?\d+$/i;

const twoDigits = (part: number): string => String(part).padStart(2, '0');
const plain = (text: string): string => text.normalize('NFKC').trim();

function readText(cell: Filled, { most = MOST_CHARACTERS, isName = false }: SheetColumn): Read<string> {
  if (cell instanceof Date) return wrong('TEXT_IS_DATE');
  if (typeof cell === 'number' && Math.abs(cell) >= MOST_DIGITS) return wrong('NUMBER_ROUNDED');
  const taken = (isName ? takeName : takeText)(String(cell), most);
  return taken.fault === undefined ? ok(taken.text) : wrong(taken.fault);
}

function readPhoneCell(cell: Filled, _: SheetColumn, country: string): Read<ColumnValues['PHONE']> {
  if (typeof cell === 'number' && (!Number.isSafeInteger(cell) || cell >= MOST_DIGITS || cell % ROUNDED_TO === 0))
    return wrong('PHONE_ROUNDED');
  if (typeof cell !== 'number' && typeof cell !== 'string') return wrong('NOT_A_PHONE');
  const text = String(cell);
  if (text.length < MOST_CHARACTERS && SCIENTIFIC.test(plain(text))) return wrong('PHONE_ROUNDED');
  const phone = readPhone(text, country);
  return phone ? ok(phone) : wrong('NOT_A_PHONE');
}

const DATES = [/^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[ T]\d.*)?$/, /^(\d{4})年(\d{1,2})月(\d{1,2})[日号]?$/, /^(\d{4})(\d{2})(\d{2})$/];
const LONGEST_DATE = 40;
/** Day 0 of spreadsheets, as they count from March 1900 on. */
const DAY_ZERO = Date.UTC(1899, 11, 30);
const DAY = 86_400_000;
/** The last day of 9999. */
const LAST_SERIAL = 2_958_465;

function dateOf(year: number, month: number, day: number): Read<string> {
  const date = new Date(Date.UTC(year, month - 1, day));
  const exists = year >= 1900 && year <= 9999 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return exists ? ok(`${year}-${twoDigits(month)}-${twoDigits(day)}`) : wrong('NOT_A_DATE');
}

function readDate(cell: Filled): Read<string> {
  if (cell instanceof Date)
    return Number.isNaN(cell.getTime()) ? wrong('NOT_A_DATE') : dateOf(cell.getUTCFullYear(), cell.getUTCMonth() + 1, cell.getUTCDate());
  if (typeof cell === 'number' && cell >= 1 && cell < LAST_SERIAL + 1) return readDate(new Date(DAY_ZERO + Math.floor(cell) * DAY));
  const text = String(cell);
  if (text.length > LONGEST_DATE) return wrong('NOT_A_DATE');
  for (const pattern of DATES) {
    const parts = pattern.exec(plain(text));
    if (parts) return dateOf(Number(parts[1]), Number(parts[2]), Number(parts[3]));
  }
  return wrong('NOT_A_DATE');
}

const WORDS = new Map<string, boolean>([
  ...['true', 'yes', 'y', '1', '是', '真', '√', '✓', '对'].map((word) => [word, true] as const),
  ...['false', 'no', 'n', '0', '否', '假', '×', '✗'].map((word) => [word, false] as const),
]);

function readBoolean(cell: Filled): Read<boolean> {
  const text = String(cell);
  const found = text.length > MOST_CHARACTERS ? undefined : WORDS.get(plain(text).toLowerCase());
  return found === undefined ? wrong('NOT_YES_OR_NO') : ok(found);
}

function readInteger(cell: Filled): Read<number> {
  if (typeof cell === 'number' && Math.abs(cell) >= MOST_DIGITS) return wrong('NUMBER_ROUNDED');
  const text = cell instanceof Date || typeof cell === 'boolean' || String(cell).length > MOST_CHARACTERS ? '' : plain(String(cell));
  return /^[+-]?\d{1,15}(?:\.0+)?$/.test(text) ? ok(Number(text)) : wrong('NOT_A_NUMBER');
}

function readChoice(cell: Filled, { choices = [] }: SheetColumn): Read<string> {
  const text = String(cell);
  if (text.length > MOST_CHARACTERS) return wrong('NOT_A_CHOICE');
  const typed = plain(text).toLowerCase();
  const found = choices.find(({ value, name }) => [value, name.en, name['zh-CN']].some((word) => word.toLowerCase() === typed));
  return found ? ok(found.value) : wrong('NOT_A_CHOICE');
}

const READERS: { readonly [Kind in ColumnKind]: (cell: Filled, column: SheetColumn, country: string) => Read<ColumnValues[Kind]> } = {
  TEXT: readText,
  PHONE: readPhoneCell,
  DATE: readDate,
  BOOLEAN: readBoolean,
  INTEGER: readInteger,
  CHOICE: readChoice,
};

/** Reads one value. @param country a phone without a country code is read as of this country */
export const readCell = (cell: Filled, column: SheetColumn, country: string): Read<ColumnValues[ColumnKind]> =>
  READERS[column.kind](cell, column, country);
