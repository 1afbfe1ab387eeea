import { isGiven } from './comparable.ts';
import type { FormValues } from './condition.ts';
import type { LineColumn, TemplateField } from './template-body.ts';

/** Digits behind the point that a number keeps. */
export const MOST_DECIMALS = 6;
const SCALE = 10n ** BigInt(MOST_DECIMALS);

/** A number as so many millionths, exactly as its digits say; undefined where it has none that can be kept. */
export function scaled(value: number): bigint | undefined {
  if (!Number.isFinite(value) || Math.abs(value) > Number.MAX_SAFE_INTEGER) return undefined;
  const [whole, fraction = ''] = (String(value).includes('e') ? value.toFixed(MOST_DECIMALS) : String(value)).split('.');
  const digits = BigInt(`${whole!.replace('-', '')}${fraction.slice(0, MOST_DECIMALS).padEnd(MOST_DECIMALS, '0')}`);
  return value < 0 ? -digits : digits;
}

/** Rounded half away from zero. */
function divided(value: bigint, by: bigint): bigint {
  const half = value < 0n ? -by / 2n : by / 2n;
  return (value + half) / by;
}

interface Money {
  readonly amount: number;
  readonly currency: string;
}
const asMoney = (value: unknown): Money | undefined =>
  typeof value === 'object' && value !== null && 'amount' in value && 'currency' in value ? (value as Money) : undefined;

/** Why something could not be computed. */
export type TotalFault = 'OVERFLOW' | 'CURRENCIES';
export type Computed = { readonly value: unknown } | { readonly fault: TotalFault };

const NOTHING: Computed = { value: undefined };
const within = (value: bigint): number | undefined => {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : undefined;
};

/** The product of numbers, one of which may be an amount of money: exact, rounded to the decimals or the minor unit. */
export function productOf(values: readonly unknown[], decimals = 0): Computed {
  if (!values.every(isGiven)) return NOTHING;
  const money = values.map(asMoney).find((one) => one !== undefined);
  let product = 1n;
  let places = 0;
  for (const value of values) {
    const amount = asMoney(value);
    const factor = amount ? BigInt(amount.amount) : scaled(value as number);
    if (factor === undefined) return { fault: 'OVERFLOW' };
    product *= factor;
    if (!amount) places++;
  }
  return rounded(product, SCALE ** BigInt(places), money?.currency, decimals);
}

function rounded(value: bigint, scale: bigint, currency: string | undefined, decimals: number): Computed {
  const unit = currency === undefined ? 10n ** BigInt(decimals) : 1n;
  const whole = within(divided(value * unit, scale));
  if (whole === undefined) return { fault: 'OVERFLOW' };
  return { value: currency === undefined ? whole / Number(unit) : { amount: whole, currency } };
}

/** The sum of numbers, or of amounts of one currency. What is not given does not count; of nothing there is no sum. */
export function sumOf(values: readonly unknown[], decimals = 0): Computed {
  const given = values.filter(isGiven);
  if (given.length === 0) return NOTHING;
  const currencies = new Set(given.map((value) => asMoney(value)?.currency));
  if (currencies.size > 1) return { fault: 'CURRENCIES' };
  const [currency] = currencies;
  let sum = 0n;
  for (const value of given) {
    const part = currency === undefined ? scaled(value as number) : BigInt(asMoney(value)!.amount);
    if (part === undefined) return { fault: 'OVERFLOW' };
    sum += part;
  }
  return rounded(sum, currency === undefined ? SCALE : 1n, currency, decimals);
}

export interface Totals {
  readonly values: FormValues;
  readonly faults: readonly { readonly path: readonly string[]; readonly fault: TotalFault }[];
}

/** Fills in what is computed: products in lines, then sums over them. What somebody gave in its place is not looked at. */
export function withTotals(fields: readonly TemplateField[], given: FormValues): Totals {
  const values: Record<string, unknown> = { ...given };
  const faults: { path: readonly string[]; fault: TotalFault }[] = [];
  const put = (to: Record<string, unknown>, id: string, computed: Computed, path: readonly string[]): void => {
    delete to[id];
    if ('fault' in computed) faults.push({ path, fault: computed.fault });
    else if (computed.value !== undefined) to[id] = computed.value;
  };
  for (const { id, name, columns } of fields) {
    const lines = values[id];
    if (!columns?.some(({ product }) => product) || !Array.isArray(lines)) continue;
    values[id] = lines.map((line, i) =>
      lineWith(columns, line as FormValues, (to, column, computed) => put(to, column.id, computed, [name, String(i), column.name])),
    );
  }
  for (const { id, name, total, decimals } of fields)
    if (total) put(values, id, sumOf(columnOf(values[total.lines], total.column), decimals), [name]);
  return { values, faults };
}

function lineWith(
  columns: readonly LineColumn[],
  line: FormValues,
  put: (to: Record<string, unknown>, column: LineColumn, computed: Computed) => void,
): FormValues {
  const filled: Record<string, unknown> = { ...line };
  for (const column of columns)
    if (column.product)
      put(
        filled,
        column,
        productOf(
          column.product.map((id) => filled[id]),
          column.decimals,
        ),
      );
  return filled;
}

const columnOf = (lines: unknown, column: string): unknown[] =>
  Array.isArray(lines) ? lines.map((line) => (line as Record<string, unknown>)[column]) : [];
