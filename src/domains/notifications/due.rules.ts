import { Temporal } from 'temporal-polyfill';

/** When a seat wants to be told. Times of day are of the organization's zone. */
export interface Timing {
  readonly digest: 'NONE' | 'HOURLY' | 'DAILY';
  /** `22:00`; both or neither. The end may be the next morning. */
  readonly quietFrom: string | null;
  readonly quietUntil: string | null;
}
/** When the digest of a day comes. */
const DAILY_AT = Temporal.PlainTime.from('08:00');

/** When what is due at this moment may go out. @param zone IANA name */
export const freeAt = (now: Date, zone: string, { quietFrom, quietUntil }: Pick<Timing, 'quietFrom' | 'quietUntil'>): Date =>
  dueAt(now, zone, { digest: 'NONE', quietFrom, quietUntil });

/** When something that comes now is to be sent: with the next digest, and not in quiet hours. @param zone IANA name */
export function dueAt(now: Date, zone: string, { digest, quietFrom, quietUntil }: Timing): Date {
  const local = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(zone);
  const gathered = digest === 'NONE' ? local : digest === 'DAILY' ? next(local, DAILY_AT) : nextHour(local);
  const due = quietFrom === null || quietUntil === null ? gathered : afterQuiet(gathered, quietFrom, quietUntil);
  return new Date(due.epochMilliseconds);
}

/** An hour later on the clock that everybody hears, also where the hands are moved. */
const nextHour = (at: Temporal.ZonedDateTime): Temporal.ZonedDateTime =>
  at.add({ hours: 1 }).with({ minute: 0, second: 0, millisecond: 0, microsecond: 0, nanosecond: 0 });

function afterQuiet(at: Temporal.ZonedDateTime, from: string, until: string): Temporal.ZonedDateTime {
  const [begins, ends] = [Temporal.PlainTime.from(from), Temporal.PlainTime.from(until)];
  const time = at.toPlainTime();
  const isAfter = Temporal.PlainTime.compare(time, begins) >= 0;
  const isBefore = Temporal.PlainTime.compare(time, ends) < 0;
  const isOverNight = Temporal.PlainTime.compare(begins, ends) > 0;
  const isQuiet = isOverNight ? isAfter || isBefore : isAfter && isBefore;
  return isQuiet ? next(at, ends) : at;
}

/** The next moment at which clocks show this time; where it is skipped, when they go on. A time that comes twice is two moments. */
function next(at: Temporal.ZonedDateTime, time: Temporal.PlainTime): Temporal.ZonedDateTime {
  const today = at.toPlainDate();
  for (let days = 0; ; days++)
    for (const disambiguation of ['compatible', 'later'] as const) {
      const moment = today.add({ days }).toPlainDateTime(time).toZonedDateTime(at.timeZoneId, { disambiguation });
      if (Temporal.ZonedDateTime.compare(moment, at) > 0) return moment;
    }
}
