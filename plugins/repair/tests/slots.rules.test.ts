import { describe, expect, it } from 'vitest';
import { type Stretch, slotsOf } from '../slots.rules.ts';

const at = (time: string): Date => new Date(`2026-06-01T${time}:00Z`);
const span = (from: string, until: string): Stretch => ({ from: at(from), until: at(until) });
const shown = (slots: readonly Stretch[]): string[] =>
  slots.map(({ from, until }) => `${from.toISOString().slice(11, 16)}-${until.toISOString().slice(11, 16)}`);
const DAY = [span('01:00', '05:00')];

describe('free slots (spec 8.5)', () => {
  it.each<[string, readonly Stretch[], number, string[]]>([
    ['nothing taken: one behind the other', [], 120, ['01:00-03:00', '03:00-05:00']],
    ['what does not fit any more is none', [], 90, ['01:00-02:30', '02:30-04:00']],
    ['a visit in the middle', [span('02:00', '03:00')], 60, ['01:00-02:00', '03:00-04:00', '04:00-05:00']],
    ['visits that touch working time, and do not reach into it', [span('00:00', '01:00'), span('05:00', '06:00')], 240, ['01:00-05:00']],
    ['a visit over the beginning', [span('00:30', '01:50')], 60, ['02:00-03:00', '03:00-04:00', '04:00-05:00']],
    ['a visit over the end', [span('04:10', '09:00')], 60, ['01:00-02:00', '02:00-03:00', '03:00-04:00']],
    [
      'two visits that leave a quarter of an hour',
      [span('01:00', '02:00'), span('02:15', '04:30')],
      15,
      ['02:00-02:15', '04:30-04:45', '04:45-05:00'],
    ],
    ['a visit over all of it', [span('00:00', '09:00')], 15, []],
    ['windows of an odd length begin at quarters', [], 50, ['01:00-01:50', '02:00-02:50', '03:00-03:50', '04:00-04:50']],
  ])('%s', (_, taken, minutes, slots) => {
    expect(shown(slotsOf(DAY, taken, minutes, 100))).toEqual(slots);
  });
  it('are no more than are asked for, and none without working time', () => {
    expect(shown(slotsOf(DAY, [], 60, 2))).toEqual(['01:00-02:00', '02:00-03:00']);
    expect(slotsOf([], [], 60, 2)).toEqual([]);
  });
});
