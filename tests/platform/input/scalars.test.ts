import { describe, expect, it } from 'vitest';
import { SCALARS } from '../../../src/platform/input/scalars.ts';

const parse = (name: string, value: unknown): unknown => SCALARS.find((one) => one.name === name)!.parse(value);
const refused = { extensions: { code: 'BAD_REQUEST' } };

describe('Date', () => {
  it.each(['2026-06-01', '2024-02-29', '1999-12-31'])('takes %s', (given) => {
    expect(parse('Date', given)).toBe(given);
  });
  it.each(['2026-02-30', '2025-02-29', '2026-13-01', '2026-6-1', '01.06.2026', '', 20260601, null])('refuses %j', (given) => {
    expect(() => parse('Date', given)).toThrow(expect.objectContaining(refused));
  });
});

describe('DateTime', () => {
  it.each([
    ['2026-06-01T08:30:00Z', '2026-06-01T08:30:00.000Z'],
    ['2026-06-01T10:30:00.5+02:00', '2026-06-01T08:30:00.500Z'],
  ])('takes %s', (given, moment) => {
    expect((parse('DateTime', given) as Date).toISOString()).toBe(moment);
  });
  it.each(['2026-02-30T00:00:00Z', '2026-06-01', '2026-06-01T25:00:00Z', '2026-06-01T08:30:00', 'now', 0])('refuses %j', (given) => {
    expect(() => parse('DateTime', given)).toThrow(expect.objectContaining(refused));
  });
});

describe('Int53', () => {
  it('takes whole numbers of 53 bits and no more', () => {
    expect(parse('Int53', 2 ** 53 - 1)).toBe(2 ** 53 - 1);
    for (const given of [2 ** 53, 1.5, '1', Number.NaN]) expect(() => parse('Int53', given)).toThrow(expect.objectContaining(refused));
  });
});
