import { randomInt } from 'node:crypto';

/** Crockford's base 32: no letter that is taken for a digit. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const CHARACTERS = 6;

/** What numbers of one month begin with, such as `SO-2606`. @param today as `2026-06-30`, in the organization's zone */
export const monthly = (prefix: string, today: string): string => `${prefix}-${today.slice(2, 7).replace('-', '')}`;

/**
 * A number that people outside read: its head and six random characters. It tells them nothing about volume (spec 6.6).
 * @param head as `monthly` makes it, or the number of what it belongs to. @param random a whole number below its argument
 */
export function randomNumber(head: string, random: (below: number) => number = randomInt): string {
  const characters = Array.from({ length: CHARACTERS }, () => ALPHABET[random(ALPHABET.length)]);
  return `${head}-${characters.join('')}`;
}

/** Six characters clash once in a billion pairs of a head; five clashes in a row mean that something else is wrong. */
const ATTEMPTS = 5;

/**
 * A number that is nobody's yet. Two that take the same at one moment are kept apart by a unique index of the module's own.
 * @param isTaken whether the organization has this number
 * @throws Error where each of five is taken
 */
export async function freeNumber(
  head: string,
  isTaken: (number: string) => Promise<boolean>,
  random?: (below: number) => number,
): Promise<string> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const number = randomNumber(head, random);
    if (!(await isTaken(number))) return number;
  }
  throw new Error(`No number ${head}-… is free.`);
}
