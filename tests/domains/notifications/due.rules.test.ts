import { describe, expect, it } from 'vitest';
import { dueAt, type Timing } from '../../../src/domains/notifications/due.rules.ts';

const SHANGHAI = 'Asia/Shanghai';
/** Clocks go on from 2 to 3 on 29 March 2026, and back from 3 to 2 on 25 October. */
const BERLIN = 'Europe/Berlin';
const due = (now: string, zone: string, timing: Partial<Timing>): string =>
  dueAt(new Date(now), zone, { digest: 'NONE', quietFrom: null, quietUntil: null, ...timing })
    .toISOString()
    .replace(':00.000Z', 'Z');
const NIGHT = { quietFrom: '22:00', quietUntil: '07:00' };

describe('when something is sent (spec 9.2)', () => {
  it.each([
    ['at once', '2026-06-01T08:15Z', SHANGHAI, {}, '2026-06-01T08:15Z'],
    ['not in quiet hours, before midnight', '2026-06-01T14:30Z', SHANGHAI, NIGHT, '2026-06-01T23:00Z'],
    ['nor after it', '2026-06-01T18:30Z', SHANGHAI, NIGHT, '2026-06-01T23:00Z'],
    ['when they begin, they have begun', '2026-06-01T14:00Z', SHANGHAI, NIGHT, '2026-06-01T23:00Z'],
    ['when they end, they are over', '2026-06-01T23:00Z', SHANGHAI, NIGHT, '2026-06-01T23:00Z'],
    ['just before they begin', '2026-06-01T13:59Z', SHANGHAI, NIGHT, '2026-06-01T13:59Z'],
    ['quiet hours of one day', '2026-06-01T05:00Z', SHANGHAI, { quietFrom: '12:00', quietUntil: '14:00' }, '2026-06-01T06:00Z'],
    ['quiet hours that never begin', '2026-06-01T05:00Z', SHANGHAI, { quietFrom: '08:00', quietUntil: '08:00' }, '2026-06-01T05:00Z'],
    ['with the next hour', '2026-06-01T08:15Z', SHANGHAI, { digest: 'HOURLY' }, '2026-06-01T09:00Z'],
    ['with the next day', '2026-06-01T08:15Z', SHANGHAI, { digest: 'DAILY' }, '2026-06-02T00:00Z'],
    ['with this day', '2026-05-31T23:15Z', SHANGHAI, { digest: 'DAILY' }, '2026-06-01T00:00Z'],
    ['an hour that is quiet', '2026-06-01T13:15Z', SHANGHAI, { digest: 'HOURLY', ...NIGHT }, '2026-06-01T23:00Z'],
    [
      'a day that is quiet until later',
      '2026-05-31T20:00Z',
      SHANGHAI,
      { digest: 'DAILY', quietFrom: '22:00', quietUntil: '09:30' },
      '2026-06-01T01:30Z',
    ],
    ['a night in which clocks go on', '2026-03-28T22:30Z', BERLIN, NIGHT, '2026-03-29T05:00Z'],
    ['a night in which they go back', '2026-10-24T21:30Z', BERLIN, NIGHT, '2026-10-25T06:00Z'],
    ['an end that is skipped', '2026-03-29T00:30Z', BERLIN, { quietFrom: '22:00', quietUntil: '02:30' }, '2026-03-29T01:30Z'],
    [
      'an end that comes twice, the first time',
      '2026-10-24T23:30Z',
      BERLIN,
      { quietFrom: '22:00', quietUntil: '02:30' },
      '2026-10-25T00:30Z',
    ],
    [
      'an end that comes twice, the second time',
      '2026-10-25T01:10Z',
      BERLIN,
      { quietFrom: '22:00', quietUntil: '02:30' },
      '2026-10-25T01:30Z',
    ],
    ['the hour that is skipped', '2026-03-29T00:30Z', BERLIN, { digest: 'HOURLY' }, '2026-03-29T01:00Z'],
    ['the hour that comes twice', '2026-10-25T00:30Z', BERLIN, { digest: 'HOURLY' }, '2026-10-25T01:00Z'],
  ] as const)('%s', (_, now, zone, timing, expected) => {
    expect(due(now, zone, timing)).toBe(expected);
  });
});
