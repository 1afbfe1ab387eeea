import { hasSomethingToSee, type TakenText, takeText } from './text-taken.ts';

/** What is drawn as nothing or turns the writing round; what parts words stays. */
const HIDDEN = /[[\p{Default_Ignorable_Code_Point}\p{Cc}\u2028\u2029\u2800\u{1D159}\u{13441}\u{13442}]--[\t\n\r]]+/gv;
const EMOJI = /[\p{Extended_Pictographic}\p{Emoji_Modifier}]/v;
const OF_EMOJI = /[\p{Variation_Selector}\u200D\u{E0020}-\u{E007F}]/gv;
/** Scripts whose letters change their form by what stands between them, and those that have forms to choose from. */
const JOINED =
  /[[\p{L}\p{M}]--[\p{sc=Latin}\p{sc=Greek}\p{sc=Cyrillic}\p{sc=Han}\p{sc=Hangul}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Bopomofo}]]/v;
const OF_LETTERS = /[\u200C\u200D]/g;
const CHOSEN = /[\p{sc=Han}\p{sc=Mongolian}\p{sc=Myanmar}]/v;
const OF_FORMS = /\p{Variation_Selector}/gv;

/**
 * Takes in what somebody or something is called, or the number that they go by: text, without what nobody sees in it, so that two that look the same
 * are one. It is taken out and not refused: it comes with what is pasted from a page, and nobody could find it. A name is one line: in the place of
 * breaks and tabs is a space.
 */
export function takeName(given: string, most: number): TakenText {
  const taken = takeText(given, most);
  return taken.fault ? taken : { text: asSeen(onOneLine(taken.text)) };
}
const BREAK = /[\t-\r\u2028\u2029]/;
const onOneLine = (text: string): string => text.replaceAll(/\s+/g, (space) => (BREAK.test(space) ? ' ' : space));

/** A name as it is seen; empty where there is nothing to see. */
export function asSeen(name: string): string {
  const seen = name.replaceAll(HIDDEN, (run, at: number) =>
    belonging(run, name.slice(Math.max(0, at - 2), at), name.slice(at + run.length)),
  );
  return hasSomethingToSee(seen) ? seen.trim().normalize('NFC') : '';
}

/** What makes two names one, however they are typed: width, case and spaces do not. As tables compare them, and indexes of names keep them apart. */
export const asOneName = (name: string): string => lowered(asSeen(name).normalize('NFKC').replaceAll(/\s+/g, ' ').trim());

/**
 * Small letters as PostgreSQL's `lower()` has them, which keeps what is unique: each letter by itself and for one letter, so that a Σ is σ at the end
 * of a word too, and İ is i.
 */
export const lowered = (text: string): string => Array.from(text, (letter) => Array.from(letter.toLowerCase())[0]).join('');

/** What of a run belongs to the character before it. */
function belonging(run: string, before: string, after: string): string {
  const base = [...before].at(-1) ?? '';
  const pick = (marks: RegExp): string => (run.match(marks) ?? []).join('');
  if (EMOJI.test(base)) return joins(after) ? pick(OF_EMOJI) : pick(OF_EMOJI).replace(/\u200D+$/, '');
  const form = CHOSEN.test(base) ? pick(OF_FORMS) : '';
  return JOINED.test(base) && joins(after) ? form + pick(OF_LETTERS) : form;
}
const joins = (after: string): boolean => /^[\p{L}\p{M}\p{Extended_Pictographic}]/v.test(after);
