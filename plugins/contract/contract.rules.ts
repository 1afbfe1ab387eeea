import { createHash } from 'node:crypto';

/** SHA-256 of a text as it is shown, in UTF-8: 64 hexadecimal digits in lower case. */
export const sha256Of = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');

interface Clause {
  readonly heading: string;
  readonly text: string;
}
const VARIABLE = /\{\{\s*([\p{L}\p{N}_]+)\s*\}\}/gu;

/** Names of the variables of clauses, in their order. */
export const variablesOf = (clauses: readonly Clause[]): string[] => [
  ...new Set(clauses.flatMap(({ heading, text }) => [...`${heading}\n${text}`.matchAll(VARIABLE)].map(([, name]) => name!))),
];

/** A text from clauses: numbered, with values in the place of their variables. @param values for each variable */
export const rendered = (clauses: readonly Clause[], values: ReadonlyMap<string, string>): string =>
  clauses
    .map(({ heading, text }, i) => `${i + 1}. ${heading}\n${text}`.replaceAll(VARIABLE, (_, name: string) => values.get(name) ?? ''))
    .join('\n\n');

/** Limits of amounts by currency, in minor units. */
export type Limits = Readonly<Record<string, number>>;
/** Whether an amount is to be reviewed by finance: from its currency's limit on, and always in a currency that has none. */
export const needsFinance = (limits: Limits, { amount, currency }: { readonly amount: number; readonly currency: string }): boolean => {
  const limit = Object.hasOwn(limits, currency) ? limits[currency] : undefined;
  return limit === undefined || amount >= limit;
};

/** Days before something is due when it is told of. */
export const REMINDERS = [7, 3, 1] as const;
/**
 * The reminder that is to be sent on a day, where several were missed the last of them alone; undefined where there is none.
 * @param left days until it is due; less than 0: it is overdue. @param told days of the last reminder that was sent
 */
export function reminderDue(left: number, told: number | null): number | undefined {
  if (left < 0) return undefined;
  const due = REMINDERS.filter((days) => left <= days).at(-1);
  return due === undefined || (told !== null && told <= due) ? undefined : due;
}

const DAY = 86_400_000;
/** Days from one date to another. */
export const daysBetween = (from: string, to: string): number => Math.round((Date.parse(to) - Date.parse(from)) / DAY);

/** The same day some months later; the last of the month where it has no such day, and where the date is the last of its own. */
export function monthsLater(date: string, months: number): string {
  const [year, month, day] = date.split('-').map(Number) as [number, number, number];
  const last = daysOf(year, month + months);
  const isLast = day === daysOf(year, month);
  return new Date(Date.UTC(year, month - 1 + months, isLast ? last : Math.min(day, last))).toISOString().slice(0, date.length);
}
/** Days of a month, of which the first is 1; beyond 12 of later years. */
const daysOf = (year: number, month: number): number => new Date(Date.UTC(year, month, 0)).getUTCDate();

/** The number of what an amendment amends first: prefix, month and six characters, without what the amendments before have behind it. */
export const baseNumber = (number: string): string => number.split('-').slice(0, 3).join('-');

interface Turn {
  readonly id: string;
  readonly position: number;
  readonly state: 'WAITING' | 'SIGNED' | 'DECLINED' | 'VOIDED';
  readonly side: 'OWN' | 'COUNTERPARTY';
  readonly isSeal: boolean;
}
/** Whether somebody may sign now: they have not, in order everybody before them has, and before the seal everybody else inside. */
export const isTurnOf = (signers: readonly Turn[], id: string, order: 'IN_ORDER' | 'ANY'): boolean => {
  const own = signers.find((one) => one.id === id);
  if (own?.state !== 'WAITING') return false;
  const isSealed = !own.isSeal || signers.every(({ id: of, side, state }) => of === id || side !== 'OWN' || state === 'SIGNED');
  if (!isSealed) return false;
  return order === 'ANY' || signers.every(({ position, state }) => position >= own.position || state === 'SIGNED');
};
/** Who may sign now. */
export const turnsOf = <One extends Turn>(signers: readonly One[], order: 'IN_ORDER' | 'ANY'): One[] =>
  signers.filter(({ id }) => isTurnOf(signers, id, order));

/** An amount for people: `CNY 1,250.00`. */
export function amountText({ amount, currency }: { readonly amount: number; readonly currency: string }): string {
  const format = new Intl.NumberFormat('en', { style: 'currency', currency, currencyDisplay: 'code' });
  const digits = format.resolvedOptions().maximumFractionDigits ?? 0;
  return format.format(amount / 10 ** digits).replaceAll('\u00a0', ' ');
}
