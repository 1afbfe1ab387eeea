import { expect, it } from 'vitest';
import { formNumber } from '../../../src/domains/forms/form-number.rules.ts';

// What a form's number is, so that it tells a customer nothing of volume (spec 6.6).

it('is prefix, month and six characters', () => {
  let next = 0;
  expect(formNumber('SO', new Date('2026-06-30T23:59:59Z'), () => next++)).toBe('SO-2606-012345');
  expect(formNumber('BF', new Date('2031-01-01T00:00:00Z'), (below) => below - 1)).toBe('BF-3101-ZZZZZZ');
});

it('holds no letter that is taken for a digit, and uses all others', () => {
  const characters = new Set(Array.from({ length: 32 }, (_, of) => formNumber('', new Date(0), () => of).at(-1)));
  expect([...characters].sort().join('')).toBe('0123456789ABCDEFGHJKMNPQRSTVWXYZ');
});

it('tells nothing of the one before it', () => {
  const numbers = Array.from({ length: 1_000 }, () => formNumber('SO', new Date(0)));
  expect(new Set(numbers).size).toBe(1_000);
  const [first] = numbers;
  expect(numbers.filter((number) => number.slice(0, 9) === first!.slice(0, 9)).length).toBeLessThan(1_000);
});
