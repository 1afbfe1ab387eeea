import { compareDecimals, type DecimalText, decimalOf, decimalsOf, MOST_DIGITS, scaledOf, takeDecimal } from './decimal.ts';
import type { ReportFault } from './fault.ts';
import type { FieldDefinition } from './field-definition.ts';
import type { GivenMoney } from './given-value.ts';
import { DEFAULT_CURRENCY, digitsOf } from './totals.ts';
import { lessThan, moreThan, NOT_A_NUMBER, otherCurrency, tooManyDecimals } from './value-faults.ts';
import { isObject, isSimple, type ValueKind, valueKind } from './value-kind.ts';

export type StoredMoney = { readonly amount: number; readonly currency: string };

function isWithin(decimal: DecimalText, { min, max }: FieldDefinition, report: ReportFault): boolean {
  if (min !== undefined && compareDecimals(decimal, min) < 0) report(lessThan(min));
  else if (max !== undefined && compareDecimals(decimal, max) > 0) report(moreThan(max));
  else return true;
  return false;
}

/** Minor units as a decimal number of whole ones: 1250 of CNY is 12.50, of JPY 1250. */
export function wholeUnits({ amount, currency }: GivenMoney): string {
  const decimals = digitsOf(currency);
  const decimal = decimalOf({ units: BigInt(amount), scale: decimals });
  if (decimals === 0) return decimal;
  const [whole, part = ''] = decimal.split('.');
  return `${whole}.${part.padEnd(decimals, '0')}`;
}
const canonical = (decimal: string): DecimalText => decimalOf(scaledOf(decimal));

const NUMBER = valueKind<string>({
  name: 'NUMBER',
  given: ['number'],
  isGiven: isSimple,
  take(given, field, report) {
    const decimal = takeDecimal(given as string | number);
    if (decimal === undefined) report(NOT_A_NUMBER);
    else if (decimalsOf(decimal) > (field.decimals ?? MOST_DIGITS)) report(tooManyDecimals(field.decimals!));
    else if (isWithin(decimal, field, report)) return decimal;
    return undefined;
  },
});

const MONEY = valueKind<StoredMoney>({
  name: 'MONEY',
  given: ['money'],
  isGiven: isObject,
  take(given, field, report) {
    const { amount, currency } = given as GivenMoney;
    const own = field.currency ?? DEFAULT_CURRENCY;
    if (currency !== own) report(otherCurrency(own), 'currency');
    else if (!Number.isSafeInteger(amount)) report(NOT_A_NUMBER, 'amount');
    else if (isWithin(canonical(wholeUnits({ amount, currency })), field, (fault) => report(fault, 'amount'))) return { amount, currency };
    return undefined;
  },
});

export const NUMBER_VALUES: readonly ValueKind[] = [NUMBER, MONEY];
