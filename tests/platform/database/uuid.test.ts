import { beforeEach, describe, expect, it } from 'vitest';
import { growingUuids, isUuid, leastUuidAt, uuidv7, uuidv7At } from '../../../src/platform/database/uuid.ts';

const millisecondsOf = (uuid: string): number => Number.parseInt(uuid.replaceAll('-', '').slice(0, 12), 16);

describe('a UUIDv7', () => {
  let now: number;
  let next: () => string;
  beforeEach(() => {
    now = Date.UTC(2031, 0, 1);
    next = growingUuids(() => now);
  });

  it('has version and variant, and the moment in front', () => {
    const uuid = next();
    expect(uuid).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(millisecondsOf(uuid)).toBe(now);
    expect(isUuid(uuid)).toBe(true);
  });
  it('is greater than the one before: within a millisecond, past 4,096 of one, and when the clock goes back', () => {
    const made = Array.from({ length: 10_000 }, next);
    now -= 60_000;
    made.push(...Array.from({ length: 100 }, next));
    now += 120_000;
    made.push(next());
    expect(made.every((uuid, i) => i === 0 || uuid > made[i - 1]!)).toBe(true);
    expect(new Set(made).size).toBe(made.length);
    expect(millisecondsOf(made.at(-1)!)).toBe(now);
  });
  it('borrows no more than it needs from the milliseconds to come', () => {
    const made = Array.from({ length: 3 * 512 }, next); // at the least so many in each, by the longest steps from the last place
    expect(millisecondsOf(made.at(-1)!) - now).toBeLessThanOrEqual(3);
  });
  it('does not tell how many were made before it in its millisecond', () => {
    const counted = (uuid: string): number => Number.parseInt(uuid.slice(15, 18), 16);
    const nth = (n: number): number[] =>
      Array.from({ length: 300 }, () => {
        now += 1;
        return counted(Array.from({ length: n }, next).at(-1)!);
      });
    const [first, tenth] = [nth(1), nth(10)];
    expect(new Set(first).size).toBeGreaterThan(100);
    for (const of of [first, tenth]) expect(new Set(of.map((one) => one % 4)).size).toBe(4); // nor by what is left of it
    expect(tenth.filter((one) => one < Math.max(...first)).length).toBeGreaterThan(250);
    const steps = Array.from({ length: 300 }, () => {
      now += 1;
      const [one, two] = [next(), next()];
      return counted(two!) - counted(one!);
    });
    expect(new Set(steps)).toEqual(new Set([1, 2, 3, 4]));
  });
  it('can be of another moment', () => {
    expect(millisecondsOf(uuidv7At(1_000.7))).toBe(1_000);
    expect(uuidv7At(Date.UTC(2020, 0, 1)) < uuidv7At(Date.UTC(2020, 0, 2))).toBe(true);
    expect(isUuid(uuidv7At(0))).toBe(true);
  });
  it('can be one of several of a moment, in their order', () => {
    const made = Array.from({ length: 4_096 }, (_, i) => uuidv7At(1_000, i));
    expect([...made].sort()).toEqual(made);
    expect(isUuid(uuidv7At(1_000, 4_096))).toBe(true);
  });
  it('comes after the least of its moment, and before that of the next', () => {
    for (const moment of [0, 1_000, Date.UTC(2026, 5, 1)]) {
      const made = [uuidv7At(moment, 0), uuidv7At(moment, 4_095), uuidv7At(moment)].sort();
      expect([leastUuidAt(moment), ...made, leastUuidAt(moment + 1)].sort()).toEqual([
        leastUuidAt(moment),
        ...made,
        leastUuidAt(moment + 1),
      ]);
    }
  });
  it.each([-1, Date.UTC(-200_000, 0, 1), 2 ** 48, Date.UTC(275_000, 0, 1)])(
    'of a moment that none has (%d) has bounds all the same',
    (moment) => {
      expect(isUuid(leastUuidAt(moment))).toBe(true);
      expect(leastUuidAt(moment) <= uuidv7()).toBe(moment < 0);
    },
  );
  it('guesses nothing: the rest is random', () => {
    const tails = Array.from({ length: 1_000 }, () => uuidv7().slice(19));
    expect(new Set(tails).size).toBe(1_000);
  });
});

describe('a text', () => {
  it.each([
    '',
    'x',
    '01980000-0000-7000-8000-00000000000A',
    '{01980000-0000-7000-8000-00000000000a}',
    '01980000000070008000000000000000a',
    `01980000-0000-7000-8000-00000000000a\n`,
    `01980000-0000-7000-8000-00000000000a' --`,
  ])('that is not written as ours are is no UUID: %j', (text) => {
    expect(isUuid(text)).toBe(false);
  });
});
