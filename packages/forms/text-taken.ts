// Whatever somebody sends is cut before it is looked at: normalizing a letter with 30,000 marks takes a second.

/** Code units of one character at the most: the longest that people write, two who kiss with skins of their own, has 15. */
const UNITS = 16;
/** Past this, a character is no letter with its marks. Unicode's stream-safe texts have 30 marks in a row (UAX 15). */
const LONGEST_CHARACTER = 32;
const characters = new Intl.Segmenter('und', { granularity: 'grapheme' });
const MARK = /\p{M}/u;
/** What can be seen: not spaces, controls, marks alone, nor letters and symbols that are drawn as nothing. */
const SEEN = /[[\p{L}\p{N}\p{P}\p{S}]--[\p{Default_Ignorable_Code_Point}\u2800\u{1D159}\u{13441}\u{13442}]]/v;

/** Neither half a character nor the character zero: databases keep no such text. */
const isWhole = (text: string): boolean => text.isWellFormed() && !text.includes('\0');

export const hasSomethingToSee = (text: string): boolean => SEEN.test(text);

export type TextFault = 'TOO_LONG' | 'UNREADABLE';
export type TakenText = { readonly text: string; readonly fault?: undefined } | { readonly text?: undefined; readonly fault: TextFault };

/**
 * Takes text in from outside: first its length, then its form. The one way in for every text that somebody else wrote.
 * @param most characters as people count them: a family of four is one
 * @returns the text, trimmed and in one form (NFC); a fault where it is longer, or holds what no text is made of
 */
export function takeText(given: string, most: number): TakenText {
  if (given.length > most * UNITS) return { fault: 'TOO_LONG' };
  if (!isWhole(given)) return { fault: 'UNREADABLE' };
  const trimmed = given.trim();
  const fault = characterFault(trimmed, most);
  return fault ? { fault } : { text: trimmed.normalize('NFC') };
}

/** Counted no further than it must be. */
function characterFault(text: string, most: number): TextFault | undefined {
  if (text.length <= most && (text.length <= LONGEST_CHARACTER || !MARK.test(text))) return undefined;
  let count = 0;
  for (const { segment } of characters.segment(text)) {
    if (++count > most) return 'TOO_LONG';
    if (segment.length > LONGEST_CHARACTER) return 'UNREADABLE';
  }
  return undefined;
}
