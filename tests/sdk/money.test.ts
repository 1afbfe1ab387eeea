import { describe, expect, it } from 'vitest';
import { isExact, roundedRatio, shareOf, sumOfMinor, taxedLine, timesQuantity } from '../../src/sdk/index.ts';

const MOST = Number.MAX_SAFE_INTEGER;

describe('amounts of money (spec 8.5)', () => {
  it.each<[bigint, bigint, number]>([
    [4n, 2n, 2],
    [5n, 2n, 3],
    [-5n, 2n, -3],
    [7n, 3n, 2],
    [8n, 3n, 3],
    [-7n, 3n, -2],
    [0n, 7n, 0],
    [1n, 3n, 0],
    [BigInt(MOST) * 10n, 10n, MOST],
  ])('%s by %s is %s: halves away from zero', (dividend, divisor, outcome) => {
    expect(roundedRatio(dividend, divisor)).toBe(outcome);
  });
  it.each([0n, -1n])('nothing is divided by %s', (divisor) => {
    expect(() => roundedRatio(1n, divisor)).toThrow(RangeError);
  });
  it('are never lost by being too large', () => {
    expect(timesQuantity(1_000_000_000, 1_000_000)).toBe(1e15);
    expect(() => timesQuantity(MOST, 2)).toThrow(RangeError);
    expect(sumOfMinor([MOST - 1, 1])).toBe(MOST);
    expect(() => sumOfMinor([MOST, 1])).toThrow(RangeError);
    expect(sumOfMinor([MOST, 1, -1])).toBe(MOST);
    expect([isExact(BigInt(MOST)), isExact(BigInt(MOST) + 1n), isExact(-BigInt(MOST) - 1n)]).toEqual([true, false, false]);
  });
  it.each([
    [1_005, 5_000, 503],
    [1_004, 5_000, 502],
    [-1_005, 5_000, -503],
    [999, 0, 0],
  ])('a share of %s by %s basis points is %s', (minor, share, outcome) => {
    expect(shareOf(minor, share)).toBe(outcome);
  });
});

describe('tax of a line', () => {
  it.each<[number, number, boolean, number, number, number]>([
    [11_300, 1_300, true, 10_000, 1_300, 11_300],
    [10_000, 1_300, false, 10_000, 1_300, 11_300],
    [99, 1_300, true, 88, 11, 99], // 11.389…
    [50, 100, false, 50, 1, 51], // half a unit
    [49, 100, false, 49, 0, 49],
    [-50, 100, false, -50, -1, -51],
    [1_250, 0, true, 1_250, 0, 1_250],
    [0, 1_300, true, 0, 0, 0],
    [MOST, 0, true, MOST, 0, MOST],
  ])('%s at %s basis points (in it: %s)', (minor, rate, isIncluded, netMinor, taxMinor, grossMinor) => {
    expect(taxedLine({ minor, rate, isIncluded })).toEqual({ netMinor, taxMinor, grossMinor });
  });
  it('adds up line by line, which a tax of the total does not', () => {
    const lines = [33, 33, 33].map((minor) => taxedLine({ minor, rate: 500, isIncluded: false }));
    expect(sumOfMinor(lines.map(({ taxMinor }) => taxMinor))).toBe(6);
    expect(taxedLine({ minor: 99, rate: 500, isIncluded: false }).taxMinor).toBe(5);
  });
  it('is no number that cannot be held, and no rate below zero', () => {
    expect(() => taxedLine({ minor: MOST, rate: 100, isIncluded: false })).toThrow(RangeError);
    expect(() => taxedLine({ minor: 1, rate: -1, isIncluded: true })).toThrow(RangeError);
  });
});
