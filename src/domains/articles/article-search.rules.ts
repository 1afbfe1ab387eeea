import { plainForm } from '../../sdk/core.ts';

/** Characters that are compared: whoever types more finds what begins with as many. */
const MOST_COMPARED = 24;
/** Pieces that an article is found by at the most. What stands behind them in a very long one is not found. */
const MOST_TERMS = 20_000;

const SIGNS = /[^\p{L}\p{N}\p{M}]/u;
/** Scripts that are written without spaces: every character may be where somebody begins. */
const UNSPACED = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/u;

/** Letters and digits alone, in one case and width, with the places at which somebody may begin to look. */
function pieces(text: string): { readonly letters: readonly string[]; readonly starts: readonly number[] } {
  const letters: string[] = [];
  const starts: number[] = [];
  let before: 'sign' | 'spaced' | 'unspaced' = 'sign';
  for (const letter of plainForm(text)) {
    const is = SIGNS.test(letter) ? 'sign' : UNSPACED.test(letter) ? 'unspaced' : 'spaced';
    if (is === 'unspaced' || (is === 'spaced' && before !== 'spaced')) starts.push(letters.length);
    if (is !== 'sign') letters.push(letter);
    before = is;
  }
  return { letters, starts };
}

/**
 * Every term that an article is found by: its title and its text from the beginning of each word on, in Chinese from each character on. Spaces
 * and signs do not count.
 */
export function articleTerms({ title, plain }: { readonly title: string; readonly plain: string }): string[] {
  const { letters, starts } = pieces(`${title}\n${plain}`);
  const terms = new Set<string>();
  for (const start of starts) {
    terms.add(letters.slice(start, start + MOST_COMPARED).join(''));
    if (terms.size === MOST_TERMS) break;
  }
  return [...terms];
}

/** Words that are looked for at once. */
const MOST_WORDS = 8;
/** Stands in no term. */
const NOTHING = ' ';
const WORDS = new RegExp(`${SIGNS.source}+`, 'u');

/** What was typed, as beginnings of terms: each word, and in Chinese each run; the longest first, which the fewest articles have. */
const wordsIn = (typed: string): string[] =>
  [
    ...new Set(
      plainForm(typed)
        .split(WORDS)
        .map((word) => pieces(word).letters.slice(0, MOST_COMPARED).join('')),
    ),
  ]
    .filter((word) => word !== '')
    .sort((a, b) => b.length - a.length)
    .slice(0, MOST_WORDS);

/** From what was typed to the beginning of the terms that match it; undefined where nothing was. Signs alone find nothing. */
export const articlesLookedFor = (typed: string): string | undefined => wordsIn(typed)[0] ?? (typed.trim() ? NOTHING : undefined);
/** The other words, which an article says as well, wherever. */
export const furtherLookedFor = (typed: string): string[] => wordsIn(typed).slice(1);
