/** Signs above and below letters that people leave out when they look for a name; vowel signs of Indian scripts are not among them. */
const ACCENTS =
  // biome-ignore lint/suspicious/noMisleadingCharacterClass: each sign by itself, where it has come apart from its letter
  /[\u0300-\u036f\u0483-\u0487\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]|\p{Variation_Selector}/gu;
/** Letters that are another one with a stroke, or two in one, and do not come apart by themselves. */
const LETTERS: Readonly<Record<string, string>> = { æ: 'ae', œ: 'oe', ø: 'o', đ: 'd', ð: 'd', þ: 'th', ł: 'l', ħ: 'h', ς: 'σ' };
const OF_LETTERS = new RegExp(`[${Object.keys(LETTERS).join('')}]`, 'gu');
const NOTHING_TO_SEE = /[\p{Z}\p{C}\s]/gu;
const NOT_LOOKED_FOR = /[^\p{L}\p{N}\p{M}\p{So}]/gu;

/** One width, one case, no accents. Upper case first: lower case alone depends on what follows (`ΟΔΟΣ`, `ΟΔΟΣΑ`), and leaves ß alone. */
export const plainForm = (text: string): string =>
  text
    .normalize('NFKD')
    .replaceAll(ACCENTS, '')
    .toUpperCase()
    .toLowerCase()
    .replaceAll(OF_LETTERS, (letter) => LETTERS[letter]!)
    .normalize('NFC');

/**
 * The form in which texts are looked for: letters, digits and pictures alone, so that spaces, dashes and apostrophes do not matter; where a
 * text has none of them, its signs.
 * @returns an empty text where there is nothing to see.
 */
export function findForm(text: string): string {
  const plain = plainForm(text);
  return plain.replaceAll(NOT_LOOKED_FOR, '') || plain.replaceAll(NOTHING_TO_SEE, '');
}
