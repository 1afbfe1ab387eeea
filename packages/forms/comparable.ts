/** What a value is ordered by; two of different units cannot be compared. */
export interface Comparable {
  readonly by: number | string | boolean;
  /** A currency; nothing for all else. */
  readonly unit?: string;
}

interface Amount {
  readonly amount: number;
  readonly currency: string;
}
const isAmount = (value: unknown): value is Amount =>
  typeof value === 'object' &&
  value !== null &&
  typeof (value as Amount).amount === 'number' &&
  typeof (value as Amount).currency === 'string';

/** Numbers, texts, days (which are in order as texts), choices, yes and no, and amounts of money. */
export function comparableOf(value: unknown): Comparable | undefined {
  if (typeof value === 'number' || typeof value === 'boolean') return { by: value };
  if (typeof value === 'string') return value === '' ? undefined : { by: value };
  return isAmount(value) ? { by: value.amount, unit: value.currency } : undefined;
}

/** What was given, as what it is compared with: numbers are kept as decimal text, so that none of their digits is lost. */
export const likeThe = (other: unknown, given: unknown): unknown =>
  typeof other === 'number' && typeof given === 'string' && DECIMAL.test(given) ? Number(given) : given;
const DECIMAL = /^-?\d+(\.\d+)?$/;

/** Whether anything was answered: no empty text, no empty list. */
export const isGiven = (value: unknown): boolean =>
  value !== undefined && value !== null && value !== '' && !(Array.isArray(linesIn(value)) && (linesIn(value) as unknown[]).length === 0);

/** The lines of line items, which are kept with their totals; whatever else it is, itself. */
export const linesIn = (value: unknown): unknown =>
  typeof value === 'object' && value !== null && 'lines' in value && 'totals' in value ? value.lines : value;
