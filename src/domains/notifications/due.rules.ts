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

/** The next moment at which clocks show this time; where it is skipped, when they go on, and where it comes twice, the first. */
function next(at: Temporal.ZonedDateTime, time: Temporal.PlainTime): Temporal.ZonedDateTime {
  const today = at.toPlainDate();
  for (let days = 0; ; days++) {
    const moment = today.add({ days }).toZonedDateTime({ timeZone: at.timeZoneId, plainTime: time });
    if (Temporal.ZonedDateTime.compare(moment, at) > 0) return moment;
  }
}
