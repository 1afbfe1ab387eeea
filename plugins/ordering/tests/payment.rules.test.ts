import { describe, expect, it } from 'vitest';
import { creditOf, openOf, paymentStateOf } from '../payment.rules.ts';

const account = (totalMinor: number, paidMinor = 0, creditedMinor = 0, refundedMinor = 0) => ({
  totalMinor,
  paidMinor,
  creditedMinor,
  refundedMinor,
});

describe('the payment of an order (spec 8.5)', () => {
  it.each([
    ['nothing has come', account(100), 'UNPAID', 100],
    ['some has', account(100, 40), 'PART', 60],
    ['all has', account(100, 100), 'PAID', 0],
    ['what is left after a credit has', account(100, 60, 40), 'PAID', 0],
    ['more than is owed has, after a credit', account(100, 100, 40), 'PAID', -40],
    ['some has gone back', account(100, 60, 0, 40), 'PART', 40],
    ['all has gone back', account(100, 0, 100, 100), 'REFUNDED', 0],
    ['all was credited, and nothing had come', account(100, 0, 100), 'PAID', 0],
  ] as const)('%s: %s', (_, given, state, open) => {
    expect([paymentStateOf(given), openOf(given)]).toEqual([state, open]);
  });
  it.each([
    [101, 3],
    [100, 7],
    [1, 2],
    [9_007_199_254_740_991, 1_000_000],
  ])('returns of a line of %i for %i units add up to it, one by one', (totalMinor, quantity) => {
    const line = { totalMinor, quantity };
    const counts = Array.from({ length: Math.min(quantity, 50) }, (_, i) => i);
    const sum =
      counts.reduce((all, before) => all + creditOf(line, before, 1), 0) + creditOf(line, counts.length, quantity - counts.length);
    expect(sum).toBe(totalMinor);
  });
});
