import { readings } from './readings.ts';

// Terms that rows are found by, read by range: every end of what they are called, so that any part of it finds them.

/** Longer terms do not fit into an index; no name is as long. */
const MOST_CHARACTERS = 400;

/** Ends of a list of pieces, from each piece on: `['lin', 'fang']` → `['linfang', 'fang']`. */
export const endsOf = (pieces: readonly string[]): string[] => pieces.map((_, i) => pieces.slice(i).join(''));
const initials = (syllables: readonly string[]): string[] => syllables.map((one) => [...one][0]!);
/** The first syllables in full, the others by their initials: `wangxm`. Longer names are no names of people in Chinese. */
const shortened = (syllables: readonly string[]): string[] =>
  syllables.length > 4
    ? []
    : syllables.slice(2).map((_, i) => [...syllables.slice(0, i + 1), ...initials(syllables.slice(i + 1))].join(''));

/** How a person's name is looked for by its sound: each reading from each syllable on, and the initials of the syllables. */
export const spokenTerms = (name: string): string[] =>
  readings(name).flatMap((syllables) => [...endsOf(syllables), ...endsOf(initials(syllables)), ...shortened(syllables)]);

const cut = (text: string): string => [...text].slice(0, MOST_CHARACTERS).join('');
/** Terms as they are stored: each once, none longer than an index takes, none empty. */
export const storedTerms = (terms: readonly string[]): string[] => [...new Set(terms.map(cut))].filter(Boolean);
