import { isGiven } from './comparable.ts';
import type { FormValues } from './condition.ts';
import { decimalOf, plus, rounded, type Scaled, scaledOf, times } from './decimal.ts';
import type { FieldDefinition } from './field-definition.ts';

/** Digits behind the point of a product of numbers whose column says nothing. */
const PRODUCT_DECIMALS = 6;
/** Of money whose field says nothing. */
export const DEFAULT_CURRENCY = 'CNY';

const digits = new Map<string, number>();
/** Digits of a currency behind the point: two for yuan, none for yen. */
export function digitsOf(currency: string): number {
  let known = digits.get(currency);
  if (known === undefined) {
    known = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
    digits.set(currency, known);
  }
  return known;
}

const DECIMAL = /^-?\d+(\.\d+)?$/;
const isMoney = (value: unknown): value is { readonly amount: number; readonly currency: string } =>
  typeof value === 'object' && value !== null && 'amount' in value && 'currency' in value;
function factorOf(value: unknown): Scaled | undefined {
  if (isMoney(value)) return { units: BigInt(value.amount), scale: digitsOf(value.currency) };
  return typeof value === 'string' && DECIMAL.test(value) ? scaledOf(value) : undefined;
}

/** A computed figure as its column keeps it: decimal text, or an amount in minor units; undefined where it is too large to be exact. */
function figureOf({ kind, currency = DEFAULT_CURRENCY, decimals = PRODUCT_DECIMALS }: FieldDefinition, exact: Scaled): unknown {
  const places = kind === 'MONEY' ? digitsOf(currency) : decimals;
  const figure = rounded(exact, places);
  if (!Number.isSafeInteger(Number(figure.units))) return undefined;
  return kind === 'MONEY' ? { amount: Number(figure.units), currency } : decimalOf(figure);
}

export interface ComputedLines {
  readonly lines: readonly FormValues[];
  /** By the ids of the columns that are added up. */
  readonly totals: FormValues;
  /** Where a figure would be too large to be exact: a line and a column's name, or a column's name for its total. */
  readonly tooLarge: readonly (readonly string[])[];
}

/** Products of columns and the sums of those that are added up, exact; what somebody gave in the place of a product is not looked at. */
export function withTotals(columns: readonly FieldDefinition[], given: readonly FormValues[]): ComputedLines {
  const tooLarge: string[][] = [];
  const lines = given.map((line, i) => {
    const values = new Map(Object.entries(line));
    for (const column of columns) {
      if (!column.product) continue;
      values.delete(column.id);
      const factors = column.product.map((name) => factorOf(values.get(columns.find((one) => one.name === name)?.id ?? '')));
      if (factors.some((factor) => factor === undefined)) continue;
      const figure = figureOf(column, (factors as Scaled[]).reduce(times));
      if (figure === undefined) tooLarge.push([String(i), column.name]);
      else values.set(column.id, figure);
    }
    return Object.fromEntries(values);
  });
  const totals = new Map<string, unknown>();
  for (const column of columns) {
    const filled = column.summed ? lines.map((line) => line[column.id]).filter(isGiven) : [];
    if (!column.summed) continue;
    const figure = figureOf(
      column,
      filled.map(factorOf).reduce<Scaled>((sum, one) => (one ? plus(sum, one) : sum), { units: 0n, scale: 0 }),
    );
    if (figure === undefined) tooLarge.push([column.name]);
    else totals.set(column.id, figure);
  }
  return { lines, totals: Object.fromEntries(totals), tooLarge };
}
