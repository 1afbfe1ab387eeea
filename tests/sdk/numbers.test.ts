import { expect, it } from 'vitest';
import { freeNumber, monthly, randomNumber } from '../../src/sdk/numbers.ts';

// What a number is that people outside read, so that it tells them nothing of volume (spec 6.6).

it('is prefix, month and six characters', () => {
  let next = 0;
  expect(randomNumber(monthly('SO', '2026-06-30'), () => next++)).toBe('SO-2606-012345');
  expect(randomNumber(monthly('BF', '2031-01-01'), (below) => below - 1)).toBe('BF-3101-ZZZZZZ');
});

it('holds no letter that is taken for a digit, and uses all others', () => {
  const characters = new Set(Array.from({ length: 32 }, (_, of) => randomNumber('', () => of).at(-1)));
  expect([...characters].sort().join('')).toBe('0123456789ABCDEFGHJKMNPQRSTVWXYZ');
});

it('tells nothing of the one before it', () => {
  const numbers = Array.from({ length: 1_000 }, () => randomNumber('SO-7001'));
  expect(new Set(numbers).size).toBe(1_000);
  const [first] = numbers;
  expect(numbers.filter((number) => number.slice(0, 9) === first!.slice(0, 9)).length).toBeLessThan(1_000);
});

it('is another one where it is taken, and none where five are', async () => {
  const asked: string[] = [];
  let next = 0;
  const isTaken = async (number: string) => asked.push(number) < 3;
  expect(await freeNumber('CT-2606', isTaken, () => Math.floor(next++ / 6))).toBe('CT-2606-222222');
  expect(asked).toEqual(['CT-2606-000000', 'CT-2606-111111', 'CT-2606-222222']);
  await expect(freeNumber('CT-2606', async () => true)).rejects.toThrow('CT-2606');
});
