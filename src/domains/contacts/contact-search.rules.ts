import { dialledDigits, endsOf, findForm, phoneDigits, spokenTerms, storedTerms } from '../../sdk/core.ts';

/** What a contact is found by. */
export interface Searched {
  readonly name: string;
  /** E.164. */
  readonly phone: string;
  readonly extension: string | null;
  readonly company: string | null;
  /** Digits of further numbers. */
  readonly further?: readonly string[];
}

const LEAST_PHONE_DIGITS = 4;

/**
 * Every term that a contact is found by: the ends of its name and company from each character on, of its phone with the extension from each
 * digit on, of each reading of its name from each syllable on, and of the syllables' initials (spec 3.6). A name of digits is also found as
 * a phone of these digits would be.
 */
export function searchTerms({ name, phone, extension, company, further = [] }: Searched): string[] {
  const numbers = [phoneDigits(phone, extension), ...further.map((one) => phoneDigits(one, null))];
  const ofTexts = [name, company ?? ''].flatMap(partsOf);
  const ofPhones = numbers.flatMap((digits) => endsOf([...digits]).slice(0, Math.max(digits.length - LEAST_PHONE_DIGITS + 1, 0)));
  return storedTerms([...ofTexts, ...spokenTerms(name), ...ofPhones]);
}

const partsOf = (text: string): string[] => [...endsOf([...findForm(text)]), lookedFor(text) ?? ''];

/** Every term that a tag's contacts are found by: parts of its name, and how it sounds. */
export const tagTerms = (name: string): string[] => storedTerms([...partsOf(name), ...spokenTerms(name)]);

/**
 * From what was typed to the beginning of the terms that match it.
 * @returns undefined where nothing was typed.
 */
export const lookedFor = (typed: string): string | undefined => dialledDigits(typed) ?? (findForm(typed) || undefined);
