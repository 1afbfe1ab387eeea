import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { addWorkingHours, USUAL, type WorkingCalendar, workedBetween } from '../../../src/domains/working-time/working-hours.rules.ts';

const at = (local: string, zone: string): Date => new Date(Temporal.PlainDateTime.from(local).toZonedDateTime(zone).epochMilliseconds);
const shown = (moment: Date | undefined, zone: string): string | undefined =>
  moment &&
  Temporal.Instant.fromEpochMilliseconds(moment.getTime()).toZonedDateTimeISO(zone).toPlainDateTime().toString({ smallestUnit: 'minute' });

const day = { from: 9 * 60, until: 18 * 60 };
const NIGHTS: WorkingCalendar = { week: { SATURDAY: [{ from: 22 * 60, until: 1440 }], SUNDAY: [{ from: 0, until: 6 * 60 }] }, days: {} };
const LUNCH: WorkingCalendar = {
  week: {
    MONDAY: [
      { from: 540, until: 720 },
      { from: 780, until: 1080 },
    ],
  },
  days: {},
};
const WEEK_OFF: WorkingCalendar = {
  ...USUAL,
  days: {
    ...Object.fromEntries(['01', '02', '05', '06', '07', '08'].map((of) => [`2026-10-${of}`, { name: 'National Day', hours: [] }])),
    '2026-10-10': { name: 'Make-up day', hours: [day] },
    '2026-10-09': { name: 'Half a day', hours: [{ from: 540, until: 720 }] },
  },
};
const [SHANGHAI, BERLIN, NEW_YORK] = ['Asia/Shanghai', 'Europe/Berlin', 'America/New_York'];

describe('working hours (spec 6.11)', () => {
  it.each([
    // 2026-06-01 is a Monday
    ['within a day', USUAL, SHANGHAI, '2026-06-01T10:00', 4, '2026-06-01T14:00'],
    ['to the last minute of a day', USUAL, SHANGHAI, '2026-06-01T10:00', 8, '2026-06-01T18:00'],
    ['over the night', USUAL, SHANGHAI, '2026-06-01T17:00', 2, '2026-06-02T10:00'],
    ['over a weekend', USUAL, SHANGHAI, '2026-06-05T17:30', 1, '2026-06-08T09:30'],
    ['from before the day begins', USUAL, SHANGHAI, '2026-06-01T03:00', 1, '2026-06-01T10:00'],
    ['from after it has ended', USUAL, SHANGHAI, '2026-06-01T20:00', 1, '2026-06-02T10:00'],
    ['from a Sunday', USUAL, SHANGHAI, '2026-06-07T12:00', 9, '2026-06-08T18:00'],
    ['parts of an hour', USUAL, SHANGHAI, '2026-06-01T17:45', 0.5, '2026-06-02T09:15'],
    ['many days', USUAL, SHANGHAI, '2026-06-01T09:00', 90, '2026-06-12T18:00'],
    ['over a noon', LUNCH, SHANGHAI, '2026-06-01T11:00', 2, '2026-06-01T14:00'],
    ['to the next week', LUNCH, SHANGHAI, '2026-06-01T17:00', 2, '2026-06-08T10:00'],
    ['over holidays, half a day and a make-up day', WEEK_OFF, SHANGHAI, '2026-09-30T17:00', 5, '2026-10-10T10:00'],
    ['a make-up day on a Saturday', WEEK_OFF, SHANGHAI, '2026-10-09T11:00', 10, '2026-10-10T18:00'],
    ['working days with a clock change between', USUAL, BERLIN, '2026-03-27T17:00', 2, '2026-03-30T10:00'],
    ['a night in which an hour is skipped', NIGHTS, BERLIN, '2026-03-28T22:00', 5, '2026-03-29T04:00'],
    ['a night in which an hour comes twice', NIGHTS, BERLIN, '2026-10-24T22:00', 5, '2026-10-25T02:00'],
    ['the same overseas', NIGHTS, NEW_YORK, '2026-10-31T22:00', 5, '2026-11-01T02:00'],
    ['a night without a change', NIGHTS, BERLIN, '2026-06-06T22:00', 5, '2026-06-07T03:00'],
    ['by the zone and not by Greenwich', USUAL, NEW_YORK, '2026-06-01T16:00', 4, '2026-06-02T11:00'],
    [
      'behind a holiday that is the first day',
      { ...USUAL, days: { '2026-06-01': { name: 'Off', hours: [] } } },
      SHANGHAI,
      '2026-06-01T10:00',
      1,
      '2026-06-02T10:00',
    ],
    ['none at all', { week: {}, days: {} }, SHANGHAI, '2026-06-01T10:00', 1, undefined],
    [
      'fewer than are asked for',
      { week: {}, days: { '2026-06-02': { name: 'Once', hours: [day] } } },
      SHANGHAI,
      '2026-06-01T10:00',
      10,
      undefined,
    ],
  ] as const)('%s', (_, calendar, zone, from, hours, expected) => {
    expect(shown(addWorkingHours(calendar as WorkingCalendar, zone!, at(from, zone!), hours), zone!)).toBe(expected);
  });
});

describe('working hours between two moments', () => {
  it.each([
    ['of one day', USUAL, SHANGHAI, '2026-06-01T10:00', '2026-06-01T12:30', 2.5],
    ['none at night', USUAL, SHANGHAI, '2026-06-01T19:00', '2026-06-02T08:00', 0],
    ['over a night', USUAL, SHANGHAI, '2026-06-01T17:00', '2026-06-02T10:00', 2],
    ['over a weekend', USUAL, SHANGHAI, '2026-06-05T17:00', '2026-06-08T10:00', 2],
    ['over a lunch', LUNCH, SHANGHAI, '2026-06-01T11:00', '2026-06-01T14:00', 2],
    ['backwards', USUAL, SHANGHAI, '2026-06-02T10:00', '2026-06-01T10:00', 0],
    ['a night in which an hour is skipped', NIGHTS, BERLIN, '2026-03-28T22:00', '2026-03-29T04:00', 5],
    ['a night in which an hour comes twice', NIGHTS, BERLIN, '2026-10-24T22:00', '2026-10-25T03:00', 6],
    ['without working hours', { week: {}, days: {} }, SHANGHAI, '2026-06-01T10:00', '2026-06-02T10:00', 0],
  ] as const)('%s', (_, calendar, zone, from, until, expected) => {
    expect(workedBetween(calendar as WorkingCalendar, zone!, at(from, zone!), at(until, zone!)) / 3_600_000).toBe(expected);
  });
});
