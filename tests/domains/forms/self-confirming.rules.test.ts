import { describe, expect, it } from 'vitest';
import { openTime } from '../../../src/domains/forms/self-confirming.rules.ts';

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
    expect(openTime(standings, day(from), day(to)) / 86_400_000).toBe(days);
  });
});
