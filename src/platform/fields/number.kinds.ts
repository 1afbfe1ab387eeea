import { digitsOf } from '@guichet/forms';
import { NOT_A_CURRENCY } from '../input/input-faults.ts';
import { sheetFault } from '../sheets/sheet-fault.ts';
import {
  compareDecimals,
  type DecimalText,
  decimalOf,
  decimalsOf,
  decimalTerm,
  MOST_DIGITS,
  rounded,
  scaledOf,
  takeDecimal,
} from './decimal.ts';
import type { FieldDefinition, GivenMoney, ReportFault } from './field.ts';
import { lessThan, MIN_ABOVE_MAX, moreThan, NOT_A_NUMBER, otherCurrency, tooManyDecimals } from './field-faults.ts';
import { type FieldKind, type FilledCell, fieldKind } from './field-kind.ts';

export const DEFAULT_CURRENCY = 'CNY';
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

function isWithin(decimal: DecimalText, { min, max }: FieldDefinition, report: ReportFault): boolean {
  if (min !== undefined && compareDecimals(decimal, min) < 0) report(lessThan(min));
  else if (max !== undefined && compareDecimals(decimal, max) > 0) report(moreThan(max));
  else return true;
  return false;
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
  name: 'NUMBER',
  called: { en: 'Number', 'zh-CN': '数字' },
  given: ['number'],
  settings: ['min', 'max', 'decimals'],
  checkDefinition: (field, report) => checkBounds(field, field.decimals ?? MOST_DIGITS, report),
  take(given, field, report) {
    const decimal = takeDecimal(given as string);
    if (decimal === undefined) report(NOT_A_NUMBER);
    else if (decimalsOf(decimal) > (field.decimals ?? MOST_DIGITS)) report(tooManyDecimals(field.decimals!));
    else if (isWithin(decimal, field, report)) return decimal;
    return undefined;
  },
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

/** Minor units as a decimal number of whole ones: 1250 of CNY is 12.50, of JPY 1250. */
export function wholeUnits({ amount, currency }: GivenMoney): string {
  const decimals = digitsOf(currency);
  const decimal = decimalOf({ units: BigInt(amount), scale: decimals });
  if (decimals === 0) return decimal;
  const [whole, part = ''] = decimal.split('.');
  return `${whole}.${part.padEnd(decimals, '0')}`;
}
const currencyOf = ({ currency }: Pick<FieldDefinition, 'currency'>): string => currency ?? DEFAULT_CURRENCY;
const canonical = (decimal: string): DecimalText => decimalOf(scaledOf(decimal));
export const moneyTerm = ({ amount, currency }: GivenMoney): string => `${currency}:${decimalTerm(String(amount))}`;

export type StoredMoney = { readonly amount: number; readonly currency: string };

const MONEY: FieldKind = fieldKind<StoredMoney>({
  name: 'MONEY',
  called: { en: 'Money', 'zh-CN': '金额' },
  given: ['money'],
  settings: ['min', 'max', 'currency'],
  checkDefinition(field, report) {
    const currency = currencyOf(field);
    if (!CURRENCIES.has(currency)) return report(NOT_A_CURRENCY, 'currency');
    checkBounds(field, digitsOf(currency), report);
  },
  take(given, field, report) {
    const { amount, currency } = given as GivenMoney;
    if (currency !== currencyOf(field)) report(otherCurrency(currencyOf(field)), 'currency');
    else if (!Number.isSafeInteger(amount)) report(NOT_A_NUMBER, 'amount');
    else if (isWithin(canonical(wholeUnits({ amount, currency })), field, (fault) => report(fault, 'amount'))) return { amount, currency };
    return undefined;
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
