import type { Corner, Criterion } from './brand.entity.ts';

const DAY = 86_400_000;
const DATE = 'yyyy-mm-dd'.length;
const MOST_POINTS = 10;
const HUNDREDTHS = 100;

/** The date so many days later, as calendars count. */
export const daysLater = (date: string, days: number): string => new Date(Date.parse(date) + days * DAY).toISOString().slice(0, DATE);

/** The date so many months later; the last of a shorter month. */
export function monthsLater(date: string, months: number): string {
  const [year, month, day] = date.split('-').map(Number) as [number, number, number];
  const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + months, Math.min(day, last))).toISOString().slice(0, DATE);
}

/** The first day on which a contract may be signed: so many whole days lie between it and the day of the disclosure. */
export const earliestSigning = ({ sentOn, days, isExempt }: { sentOn: string; days: number; isExempt: boolean }): string =>
  isExempt ? sentOn : daysLater(sentOn, days);

export interface Points {
  readonly criterion: string;
  readonly points: number;
}
/** What is wrong with points of a sheet; undefined: nothing. */
export function faultOfPoints(criteria: readonly Criterion[], points: readonly Points[]): 'UNKNOWN' | 'TWICE' | 'REQUIRED' | undefined {
  const keys = points.map(({ criterion }) => criterion);
  if (new Set(keys).size !== keys.length) return 'TWICE';
  if (keys.some((key) => !criteria.some((one) => one.key === key))) return 'UNKNOWN';
  return keys.length < criteria.length ? 'REQUIRED' : undefined;
}
/** The weighted mean, in hundredths of a point of ten, and whether a criterion knocks the application out. */
export function scored(criteria: readonly Criterion[], points: readonly Points[]): { total: number; isKnockOut: boolean } {
  const given = new Map(points.map((one) => [one.criterion, one.points]));
  const weights = criteria.reduce((sum, { weight }) => sum + weight, 0);
  const sum = criteria.reduce((all, { key, weight }) => all + weight * (given.get(key) ?? 0), 0);
  return {
    total: Math.round((sum * HUNDREDTHS) / weights),
    isKnockOut: criteria.some(({ key, knockOutBelow }) => knockOutBelow !== null && (given.get(key) ?? 0) < knockOutBelow),
  };
}
export const mean = (totals: readonly number[]): number => Math.round(totals.reduce((sum, one) => sum + one, 0) / totals.length);
export const MOST_POINTS_OF_ONE = MOST_POINTS;

export type Vote = 'OPEN' | 'FOR' | 'AGAINST' | 'RECUSED' | 'VOID';
/** What a committee has decided; undefined: not yet. Whoever is recused does not count; where nobody is left, nothing is decided. */
export function verdictOf(mode: 'ALL' | 'MAJORITY', votes: readonly Vote[]): 'FOR' | 'AGAINST' | 'NOBODY' | undefined {
  const counted = votes.filter((one) => one !== 'RECUSED');
  const of = (vote: Vote): number => counted.filter((one) => one === vote).length;
  if (counted.length === 0) return 'NOBODY';
  if (mode === 'ALL') return of('AGAINST') ? 'AGAINST' : of('FOR') === counted.length ? 'FOR' : undefined;
  if (2 * of('FOR') > counted.length) return 'FOR';
  return 2 * of('AGAINST') >= counted.length ? 'AGAINST' : undefined;
}

/** The first place of a territory that nobody has; undefined: there is none. */
export function freePlace(quota: number, taken: readonly number[]): number | undefined {
  for (let place = 1; place <= quota; place++) if (!taken.includes(place)) return place;
  return undefined;
}
/** Where a corner is that lies nowhere on Earth, as a path; undefined: there is none. */
export function faultyCorner(outline: readonly Corner[]): string[] | undefined {
  for (const [i, { latitude, longitude }] of outline.entries()) {
    if (!(Math.abs(Number(latitude)) <= 90)) return [String(i), 'latitude'];
    if (!(Math.abs(Number(longitude)) <= 180)) return [String(i), 'longitude'];
  }
  return undefined;
}
