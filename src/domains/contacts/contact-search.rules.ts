import { pinyin } from 'pinyin-pro';
import type { TermKind } from './contact-search.entity.ts';

/** What a contact is found by. */
export interface Searched {
  readonly name: string;
  /** E.164. */
  readonly phone: string;
  readonly company: string | null;
}
export interface SearchTerm {
  readonly term: string;
  readonly kind: TermKind;
}

/** Longer terms and searches are cut: what follows would find nothing more. */
const MOST_CHARACTERS = 40;
const LEAST_PHONE_DIGITS = 4;
const DIALLED = /^[+\d\s().–-]+$/;

/** Lower case, one width, one space between words: the form in which names are compared. */
export const foldText = (text: string): string => text.normalize('NFKC').toLowerCase().replaceAll(/\s+/g, ' ').trim();

const cut = (text: string): string => [...text].slice(0, MOST_CHARACTERS).join('');
const digitsOf = (phone: string): string => phone.replaceAll(/\D/g, '');

/** Ends of a list of pieces, from each piece on: `['lin', 'fang']` → `['linfang', 'fang']`. */
const ends = (pieces: readonly string[]): string[] => pieces.map((_, i) => pieces.slice(i).join(''));

/** Syllables of Chinese characters and words of other scripts, in their order. A surname is read as one: 曾 is `zeng`. */
export function syllables(name: string): string[] {
  const read = pinyin(foldText(name), { toneType: 'none', type: 'array', nonZh: 'consecutive', surname: 'head', v: true });
  return read.flatMap((piece) => piece.split(/[^\p{L}\p{N}]+/u)).filter(Boolean);
}

/** Names in Chinese stand among the others by how they sound (spec 3.6). */
export const sortName = (name: string): string => `${syllables(name).join('')} ${foldText(name)}`;

/**
 * Every term that a contact is found by: the ends of its name and company from each character on, of its phone from each digit on, of its
 * pinyin from each syllable on, and of the syllables' initials (spec 3.6).
 */
export function searchTerms({ name, phone, company }: Searched): SearchTerm[] {
  const terms = (kind: TermKind, texts: readonly string[]): SearchTerm[] =>
    [...new Set(texts.map((text) => cut(text.trim())).filter(Boolean))].map((term) => ({ term, kind }));
  const digits = digitsOf(phone);
  const spoken = syllables(name);
  return [
    ...terms('NAME', ends([...foldText(name)])),
    ...terms('PHONE', ends([...digits]).slice(0, Math.max(digits.length - LEAST_PHONE_DIGITS + 1, 0))),
    ...terms('PINYIN', [...ends(spoken), ...ends(spoken.map((syllable) => [...syllable][0]!))]),
    ...terms('COMPANY', company ? ends([...foldText(company)]) : []),
  ];
}

/**
 * From what was typed to the beginning of the terms that match it.
 * @returns undefined where nothing was typed.
 */
export function normalize(typed: string): string | undefined {
  const text = foldText(typed);
  const digits = digitsOf(text).replace(/^0+/, ''); // a number of the own country is often typed with its trunk prefix
  if (DIALLED.test(text) && digits.length >= LEAST_PHONE_DIGITS) return cut(digits);
  return cut(text) || undefined;
}
