import { expect, it } from 'vitest';
import { formNumber } from '../../../src/domains/forms/form-number.rules.ts';

// What a form's number is, so that it tells a customer nothing of volume (spec 6.6).

it('is prefix, month and six characters', () => {
  let next = 0;
  expect(formNumber('SO', '2026-06-30', () => next++)).toBe('SO-2606-012345');
  expect(formNumber('BF', '2031-01-01', (below) => below - 1)).toBe('BF-3101-ZZZZZZ');
});

it('holds no letter that is taken for a digit, and uses all others', () => {
  const characters = new Set(Array.from({ length: 32 }, (_, of) => formNumber('', '1970-01-01', () => of).at(-1)));
  expect([...characters].sort().join('')).toBe('0123456789ABCDEFGHJKMNPQRSTVWXYZ');
});

it('tells nothing of the one before it', () => {
  const numbers = Array.from({ length: 1_000 }, () => formNumber('SO', '1970-01-01'));
  expect(new Set(numbers).size).toBe(1_000);
  const [first] = numbers;
  expect(numbers.filter((number) => number.slice(0, 9) === first!.slice(0, 9)).length).toBeLessThan(1_000);
});
