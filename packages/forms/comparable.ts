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

/** Whether anything was answered: no empty text, no empty list. */
export const isGiven = (value: unknown): boolean =>
  value !== undefined && value !== null && value !== '' && !(Array.isArray(value) && value.length === 0);
