import {
  builtIn,
  compareDecimals,
  DEFAULT_CURRENCY,
  type DecimalText,
  decimalsOf,
  decimalTerm,
  digitsOf,
  MOST_DIGITS,
  NOT_A_NUMBER,
  rounded,
  type StoredMoney,
  scaledOf,
  takeDecimal,
  tooManyDecimals,
  type ValueKind,
  wholeUnits,
} from '@guichet/forms';
import { NOT_A_CURRENCY } from '../input/input-faults.ts';
import { sheetFault } from '../sheets/sheet-fault.ts';
import type { FieldDefinition, GivenMoney, ReportFault } from './field.ts';
import { MIN_ABOVE_MAX } from './field-faults.ts';
import { type FieldKind, type FilledCell, fieldKind } from './field-kind.ts';

const CURRENCIES = new Set(Intl.supportedValuesOf('currency'));

function checkBounds({ min, max }: FieldDefinition, decimals: number, report: ReportFault): void {
  for (const [name, bound] of [
    ['min', min],
    ['max', max],
  ] as const) {
    if (bound === undefined) continue;
    const decimal = takeDecimal(bound);
    if (decimal === undefined) report(NOT_A_NUMBER, name);
    else if (decimalsOf(decimal) > decimals) report(tooManyDecimals(decimals), name);
  }
  const [least, most] = [min, max].map((bound) => (bound === undefined ? undefined : takeDecimal(bound)));
  if (least !== undefined && most !== undefined && compareDecimals(least, most) > 0) report(MIN_ABOVE_MAX, 'min');
}

const GROUPS = /(?<=\d)[,，](?=\d{3}(?!\d))/g;
const LONGEST_CELL = 60;

/** A number in a cell, as people write it: groups of thousands are taken, a currency before or behind it. */
function readNumber(cell: FilledCell, currency: string | undefined, report: ReportFault): DecimalText | undefined {
  if (cell instanceof Date || typeof cell === 'boolean') report(NOT_A_NUMBER);
  else if (typeof cell === 'number' && Math.abs(cell) >= 10 ** MOST_DIGITS) report(sheetFault('NUMBER_ROUNDED'));
  else {
    const written = String(cell).slice(0, LONGEST_CELL + 1);
    const plain = written.length > LONGEST_CELL ? '' : written.normalize('NFKC').trim().toUpperCase();
    const bare = currency === undefined ? plain : withoutCurrency(plain, currency);
    // What a spreadsheet has computed may end in digits that are its own: 0.1 + 0.2.
    const number = typeof cell === 'number' ? Number(cell.toPrecision(MOST_DIGITS)) : bare.replaceAll(GROUPS, '');
    const decimal = takeDecimal(number);
    if (decimal !== undefined) return decimal;
    report(NOT_A_NUMBER);
  }
  return undefined;
}
const SIGNS: Readonly<Record<string, string>> = { CNY: '¥', JPY: '¥', USD: '$', EUR: '€', GBP: '£' };
const withoutCurrency = (text: string, currency: string): string => {
  const sign = SIGNS[currency];
  const words = [currency, ...(sign ? [sign] : []), ...(currency === 'CNY' ? ['元', 'RMB'] : [])];
  const word = words.find((one) => text.startsWith(one) || text.endsWith(one));
  if (word === undefined) return text;
  return (text.startsWith(word) ? text.slice(word.length) : text.slice(0, -word.length)).trim();
};

const NUMBER: FieldKind = fieldKind<string>({
  ...(builtIn('NUMBER') as ValueKind<string>),
  called: { en: 'Number', 'zh-CN': '数字' },
  settings: ['min', 'max', 'decimals'],
  checkDefinition: (field, report) => checkBounds(field, field.decimals ?? MOST_DIGITS, report),
  text: (value) => value,
  type: 'NumberValue',
  facts: (value) => ({ number: value }),
  terms: (value) => [decimalTerm(value)],
  term(given) {
    const decimal = typeof given === 'string' || typeof given === 'number' ? takeDecimal(given) : undefined;
    return decimal === undefined ? undefined : decimalTerm(decimal);
  },
  read(cell, _, report) {
    const number = readNumber(cell, undefined, report);
    return number === undefined ? undefined : { number };
  },
});

const currencyOf = ({ currency }: Pick<FieldDefinition, 'currency'>): string => currency ?? DEFAULT_CURRENCY;
export const moneyTerm = ({ amount, currency }: GivenMoney): string => `${currency}:${decimalTerm(String(amount))}`;

const MONEY: FieldKind = fieldKind<StoredMoney>({
  ...(builtIn('MONEY') as ValueKind<StoredMoney>),
  called: { en: 'Money', 'zh-CN': '金额' },
  settings: ['min', 'max', 'currency'],
  checkDefinition(field, report) {
    const currency = currencyOf(field);
    if (!CURRENCIES.has(currency)) return report(NOT_A_CURRENCY, 'currency');
    checkBounds(field, digitsOf(currency), report);
  },
  text: (value) => `${wholeUnits(value)} ${value.currency}`,
  type: 'MoneyValue',
  facts: (value) => ({ money: value }),
  terms: (value) => [moneyTerm(value)],
  term(given, field) {
    if (typeof given !== 'object' || given === null) return undefined;
    const { amount, currency } = given as GivenMoney;
    return Number.isSafeInteger(amount) && currency === currencyOf(field) ? moneyTerm({ amount, currency }) : undefined;
  },
  read(cell, field, report) {
    const currency = currencyOf(field);
    const number = readNumber(cell, currency, report);
    if (number === undefined) return undefined;
    if (decimalsOf(number) > digitsOf(currency)) return void report(tooManyDecimals(digitsOf(currency)));
    const amount = Number(rounded(scaledOf(number), digitsOf(currency)).units);
    return { money: { amount, currency } };
  },
});

export const NUMBER_KINDS: readonly FieldKind[] = [NUMBER, MONEY];
