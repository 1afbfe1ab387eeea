import { describe, expect, it } from 'vitest';
import { restsOf, servedAgo, servedTime, stoodSince, suspendedSince } from '../../../src/domains/service-window/serving-time.rules.ts';

const day = (of: number): Date => new Date(Date.UTC(2026, 5, of));
const standing = (of: number, isOpen: boolean) => ({ at: day(of), isOpen });

describe('how long a window was open (spec 6.11)', () => {
  it.each([
    ['nothing was ever decided', [], 1, 5, 4],
    ['open from before', [standing(0, true)], 1, 5, 4],
    ['suspended from before', [standing(0, false)], 1, 5, 0],
    ['suspended meanwhile', [standing(0, true), standing(3, false)], 1, 5, 2],
    ['suspended and open again', [standing(0, true), standing(2, false), standing(4, true)], 1, 5, 2],
    ['open again behind a suspension from before', [standing(0, false), standing(4, true)], 1, 5, 1],
    ['decided twice to the same', [standing(0, true), standing(2, true), standing(3, true)], 1, 5, 4],
    ['suspended afterwards', [standing(0, true), standing(6, false)], 1, 5, 4],
    ['the last of several from before', [standing(-2, true), standing(-1, false), standing(0, true)], 1, 5, 4],
  ] as const)('%s', (_, standings, from, to, days) => {
    expect(servedTime(standings, day(from), day(to)) / 86_400_000).toBe(days);
  });
});

describe('since when a window has served for so long (spec 6.11)', () => {
  it.each([
    ['nothing was ever decided', [], 5, 3, 2],
    ['open from before', [standing(0, true)], 5, 3, 2],
    ['suspended meanwhile', [standing(0, true), standing(2, false), standing(4, true)], 5, 2, 1],
    ['all since it is open again', [standing(0, true), standing(2, false), standing(4, true)], 5, 1, 4],
    ['suspended twice', [standing(0, true), standing(1, false), standing(2, true), standing(3, false), standing(4, true)], 5, 2, 2],
    ['longer than anything is known', [standing(2, true)], 5, 4, 1],
    ['decided twice to the same', [standing(0, true), standing(3, true)], 5, 4, 1],
    ['decided later', [standing(0, true), standing(6, false)], 5, 1, 4],
  ] as const)('%s', (_, standings, to, days, since) => {
    expect(servedAgo(standings, day(to), days * 86_400_000)).toEqual(day(since));
    if (standings[0] && standings[0].at <= day(since)) expect(servedTime(standings, day(since), day(to)) / 86_400_000).toBe(days);
  });
});

describe('since when a window is suspended (spec 5.1)', () => {
  it.each([
    ['never decided', [], undefined],
    ['open', [standing(0, true)], undefined],
    ['suspended', [standing(0, true), standing(2, false)], 2],
    ['suspended, and lower still', [standing(0, true), standing(2, false), standing(4, false)], 2],
    ['open again', [standing(0, true), standing(2, false), standing(4, true)], undefined],
    ['suspended a second time', [standing(1, false), standing(2, true), standing(3, false)], 3],
  ] as const)('%s', (_, standings, since) => {
    expect(suspendedSince(standings)).toEqual(since === undefined ? undefined : day(since));
  });
});

describe('when a window was suspended (spec 5.1)', () => {
  it('is each time from the first level below to the next at which it serves', () => {
    const standings = [standing(0, true), standing(1, false), standing(2, false), standing(3, true), standing(4, true), standing(6, false)];
    expect(restsOf(standings)).toEqual([
      { from: day(1), to: day(3) },
      { from: day(6), to: null },
    ]);
  });
});

describe('since when a clock stands that goes on now (spec 6.11)', () => {
  const rest = (from: number, to: number | null) => ({ from: day(from), to: to === null ? null : day(to) });
  it.each([
    ['that never rested', [], 9, 9],
    ['that rests', [rest(4, null)], 9, 4],
    ['that rested before', [rest(1, 3)], 9, 9],
    ['whose rest ends now', [rest(4, 9)], 9, 4],
    ['with one rest in another', [rest(2, null), rest(4, 6)], 9, 2],
    ['with rests that overlap', [rest(2, 5), rest(4, null)], 9, 2],
    ['with rests that touch', [rest(2, 4), rest(4, null)], 9, 2],
    ['with rests apart', [rest(1, 3), rest(4, null)], 9, 4],
  ] as const)('%s', (_, rests, now, since) => expect(stoodSince(rests, day(now))).toEqual(day(since)));
});
