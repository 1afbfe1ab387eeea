import { pinyin } from 'pinyin-pro';
import { findForm, plainForm } from './find-form.ts';

/** Whose name it is: a person's begins with a surname, and surnames are read in their own way (曾 `zeng`). */
export type Named = 'PERSON' | 'THING';

const PIECES = /\p{Script=Han}+|[^\p{Script=Han}]+/gu;
const IS_CHINESE = /^\p{Script=Han}/u;
/** As many ways to read one name are looked for at the most; the most usual come first. */
const MOST_READINGS = 16;

const read = (text: string, surname: 'head' | 'off'): string[] => {
  const syllables = pinyin(text, { toneType: 'none', type: 'array', nonZh: 'spaced', surname, v: true });
  const characters = [...text];
  return syllables.length === characters.length ? syllables : characters.map((one) => pinyin(one, { toneType: 'none', v: true }));
};

/** Syllables of Chinese characters and words of other scripts, in their order, as they are usually read. */
export function syllables(name: string, of: Named): string[] {
  return [...plainForm(name).matchAll(PIECES)].flatMap(([piece], i) =>
    IS_CHINESE.test(piece) ? read(piece, i === 0 && of === 'PERSON' ? 'head' : 'off') : wordsOf(piece),
  );
}
const wordsOf = (text: string): string[] => text.split(/[^\p{L}\p{N}\p{M}\p{So}]+/u).flatMap((word) => findForm(word) || []);

/** `lü` is typed as `lv`, `lu` and, as in passports, `lyu`. */
const typedAs = (syllable: string): string[] =>
  syllable.includes('v') ? [syllable, syllable.replace('v', 'u'), syllable.replace('v', 'yu')] : [syllable];

const known = new Map<string, readonly string[]>();
function readingsOf(character: string): readonly string[] {
  let readings = known.get(character);
  if (!readings) {
    readings = pinyin(character, { toneType: 'none', type: 'array', multiple: true, v: true });
    known.set(character, readings); // as many as there are characters, no more
  }
  return readings;
}

/**
 * Every way in which a name may be read aloud: characters have several readings (单于 is `shan yu` and `chan yu`, 王茜 `wang qian` and
 * `wang xi`).
 * @returns the usual one first, at most 16.
 */
export function readings(name: string): string[][] {
  const usual = syllables(name, 'PERSON');
  const choices = choicesOf(plainForm(name), usual);
  const ways = choices.reduce((product, of) => product * of.length, 1);
  if (ways > MOST_READINGS) return oneApart(choices).slice(0, MOST_READINGS);
  return choices.reduce<string[][]>((all, of) => all.flatMap((before) => of.map((one) => [...before, one])), [[]]);
}

function choicesOf(name: string, usual: readonly string[]): string[][] {
  const characters = [...name.matchAll(PIECES)].flatMap(([piece]) => (IS_CHINESE.test(piece) ? [...piece] : wordsOf(piece)));
  return characters.map((character, i) => {
    if (!IS_CHINESE.test(character)) return [usual[i]!];
    return [...new Set([usual[i]!, ...readingsOf(character)].flatMap(typedAs))];
  });
}

/** The usual reading, and those that differ from it in one place. */
function oneApart(choices: readonly string[][]): string[][] {
  const usual = choices.map(([first]) => first!);
  return [usual, ...choices.flatMap((of, i) => of.slice(1).map((one) => usual.with(i, one)))];
}
