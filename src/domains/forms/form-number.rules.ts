import { randomInt } from 'node:crypto';

/** Crockford's base 32: no letter that is taken for a digit. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const CHARACTERS = 6;

/**
 * Prefix, month, six random characters: it tells a customer nothing about volume (spec 6.6).
 * @param today as `2026-01-31`, in the organization's zone. @param random a whole number below its argument
 */
export function formNumber(prefix: string, today: string, random: (below: number) => number = randomInt): string {
  const period = today.slice(2, 7).replace('-', '');
  const characters = Array.from({ length: CHARACTERS }, () => ALPHABET[random(ALPHABET.length)]);
  return `${prefix}-${period}-${characters.join('')}`;
}
