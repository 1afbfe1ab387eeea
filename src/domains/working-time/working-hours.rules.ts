import { Temporal } from 'temporal-polyfill';

export const WEEKDAYS = ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY', 'SUNDAY'] as const;
export type Weekday = (typeof WEEKDAYS)[number];
/** Minutes of the day by the organization's clocks, from 0 to 1440. */
export interface DayHours {
  readonly from: number;
  readonly until: number;
}
/** When people work: hours of weekdays, and of single dates that are not as their weekday; none: a holiday. */
export interface WorkingCalendar {
  readonly week: Partial<Readonly<Record<Weekday, readonly DayHours[]>>>;
  /** By dates, such as `2026-10-01`. */
  readonly days: Readonly<Record<string, { readonly name: string; readonly hours: readonly DayHours[] }>>;
}

const NINE_TO_SIX: readonly DayHours[] = [{ from: 9 * 60, until: 18 * 60 }];
export const USUAL: WorkingCalendar = {
  week: Object.fromEntries(WEEKDAYS.slice(0, 5).map((day) => [day, NINE_TO_SIX])),
  days: {},
};

const HOUR = 3_600_000;
/** Whoever has no working hour in so many days has none at all. */
const MOST_DAYS = 1_500;

/**
 * The moment at which so many working hours have passed. An hour is an hour that people live through: one that clocks skip does not count, and
 * one that comes twice counts twice.
 * @param zone IANA name @param hours more than 0 @returns undefined where the calendar has too few hours in the next years
 */
export function addWorkingHours(calendar: WorkingCalendar, zone: string, from: Date, hours: number): Date | undefined {
  const first = Temporal.Instant.fromEpochMilliseconds(from.getTime()).toZonedDateTimeISO(zone).toPlainDate();
  let left = hours * HOUR;
  for (let days = 0; days < MOST_DAYS; days++)
    for (const [begins, ends] of spansOf(calendar, zone, first.add({ days }))) {
      const starts = Math.max(begins, from.getTime());
      const worked = ends - starts;
      if (worked >= left) return new Date(starts + left);
      left -= Math.max(worked, 0);
    }
  return undefined;
}

/** Milliseconds of working time between two moments; 0 where `until` is not later. Days beyond the next years do not count. */
export const workedBetween = (calendar: WorkingCalendar, zone: string, from: Date, until: Date): number =>
  workingSpans(calendar, zone, from, until).reduce((worked, [begins, ends]) => worked + ends - begins, 0);

/** Working time between two moments, in order. Days beyond the next years do not count. */
export function workingSpans(calendar: WorkingCalendar, zone: string, from: Date, until: Date): (readonly [number, number])[] {
  const first = Temporal.Instant.fromEpochMilliseconds(from.getTime()).toZonedDateTimeISO(zone).toPlainDate();
  const spans: (readonly [number, number])[] = [];
  for (let days = 0; days < MOST_DAYS; days++) {
    const date = first.add({ days });
    if (date.toZonedDateTime(zone).epochMilliseconds > until.getTime()) break;
    for (const [begins, ends] of spansOf(calendar, zone, date)) {
      const span = [Math.max(begins, from.getTime()), Math.min(ends, until.getTime())] as const;
      if (span[1] > span[0]) spans.push(span);
    }
  }
  return spans;
}

/** The hours of a day as moments, in order. */
function spansOf(calendar: WorkingCalendar, zone: string, date: Temporal.PlainDate): (readonly [number, number])[] {
  const at = (minutes: number): number =>
    (minutes === 1440 ? date.add({ days: 1 }) : date).toZonedDateTime({
      timeZone: zone,
      plainTime: Temporal.PlainTime.from({ hour: Math.floor(minutes / 60) % 24, minute: minutes % 60 }),
    }).epochMilliseconds;
  return hoursOf(calendar, date).map(({ from, until }) => [at(from), at(until)] as const);
}

const hoursOf = ({ week, days }: WorkingCalendar, date: Temporal.PlainDate): readonly DayHours[] =>
  days[date.toString()]?.hours ?? week[WEEKDAYS[date.dayOfWeek - 1]!] ?? [];

/**
 * The date so many working days after another, before it where they are less than 0; none: the date itself.
 * @returns undefined where the calendar has too few of them
 */
export function addWorkingDays(calendar: WorkingCalendar, from: string, count: number): string | undefined {
  const step = Math.sign(count);
  let date = Temporal.PlainDate.from(from);
  let left = Math.abs(count);
  for (let days = 0; left > 0; days++) {
    if (days === MOST_DAYS) return undefined;
    date = date.add({ days: step });
    if (hoursOf(calendar, date).length) left--;
  }
  return date.toString();
}
