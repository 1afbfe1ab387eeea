import { findForm } from '../../platform/names/find-form.ts';
import { readings } from '../../platform/names/readings.ts';
import { dialledDigits, phoneDigits } from '../../platform/phone/phone.ts';

/** What a contact is found by. */
export interface Searched {
  readonly name: string;
  /** E.164. */
  readonly phone: string;
  readonly extension: string | null;
  readonly company: string | null;
}

/** Longer terms do not fit into an index; no name is as long. */
const MOST_CHARACTERS = 400;
const LEAST_PHONE_DIGITS = 4;

/** Ends of a list of pieces, from each piece on: `['lin', 'fang']` → `['linfang', 'fang']`. */
const ends = (pieces: readonly string[]): string[] => pieces.map((_, i) => pieces.slice(i).join(''));
const initials = (syllables: readonly string[]): string[] => syllables.map((one) => [...one][0]!);
/** The first syllables in full, the others by their initials: `wangxm`. Longer names are no names of people in Chinese. */
const shortened = (syllables: readonly string[]): string[] =>
  syllables.length > 4
    ? []
    : syllables.slice(2).map((_, i) => [...syllables.slice(0, i + 1), ...initials(syllables.slice(i + 1))].join(''));
const cut = (text: string): string => [...text].slice(0, MOST_CHARACTERS).join('');

/**
 * Every term that a contact is found by: the ends of its name and company from each character on, of its phone with the extension from each
 * digit on, of each reading of its name from each syllable on, and of the syllables' initials (spec 3.6). A name of digits is also found as
 * a phone of these digits would be.
 */
export function searchTerms({ name, phone, extension, company }: Searched): string[] {
  const digits = phoneDigits(phone, extension);
  const ofTexts = [name, company ?? ''].flatMap((text) => [...ends([...findForm(text)]), lookedFor(text) ?? '']);
  const spoken = readings(name).flatMap((syllables) => [...ends(syllables), ...ends(initials(syllables)), ...shortened(syllables)]);
  const ofPhone = ends([...digits]).slice(0, Math.max(digits.length - LEAST_PHONE_DIGITS + 1, 0));
  return [...new Set([...ofTexts, ...spoken, ...ofPhone].map(cut))].filter(Boolean);
}

/**
 * From what was typed to the beginning of the terms that match it.
 * @returns undefined where nothing was typed.
 */
export const lookedFor = (typed: string): string | undefined => dialledDigits(typed) ?? (findForm(typed) || undefined);
