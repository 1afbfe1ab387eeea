import { plainForm } from './find-form.ts';
import { type Named, syllables } from './readings.ts';

/** Index rows are bounded; names that are equal so far stand in the order in which they are written. */
const MOST_OF_A_SOUND = 200;
/** Characters of the name itself at the end of its key: also what tells the key of another name. */
export const NAME_IN_KEY = 40;
export const KEY_SEPARATOR = '\t';

const cut = (text: string, most: number): string => [...text].slice(0, most).join('');

/**
 * What lists of names are sorted by, byte by byte: Chinese names stand among the others by how they sound, syllable by syllable (李强 before
 * 林军), letters with accents beside those without. A name that sounds the same follows in the order in which it is written.
 */
export function nameKey(name: string, of: Named = 'THING'): string {
  const sound = syllables(name, of).join(' ') || plainForm(name).trim();
  return `${cut(sound, MOST_OF_A_SOUND)}${KEY_SEPARATOR}${cut(name, NAME_IN_KEY)}`;
}
