import type { ReadLine } from './read-line.ts';

/** A word, where it stands in the picture: in parts of its longer side. */
export interface ReadWord {
  readonly text: string;
  /** Of 100. */
  readonly confidence: number;
  readonly line: number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}
interface Box {
  readonly x0: number;
  readonly x1: number;
  readonly y0: number;
  readonly y1: number;
}
interface FoundLine {
  readonly words: readonly { readonly text: string; readonly confidence: number; readonly bbox: Box }[];
}

/** Of 100: what is less sure is a speck or a logo. */
const LEAST_SURE = 20;
/** In heights of a line: what is farther apart stands in columns. */
const COLUMN = 1.1;
const HAN = /\p{Script=Han}/u;
/** Not a rule, which is taken for the Chinese one, a speck or the edge of a card. */
const WORD = /(?!一)[\p{L}\p{N}+:@&(]/u;
const LETTERS = /[a-z@]{2}/i;

/** @param scale the longer side of the picture */
export const wordsOf = (lines: readonly FoundLine[], scale: number): ReadWord[] =>
  lines.flatMap(({ words }, line) =>
    words
      .filter(({ text, confidence }) => confidence >= (HAN.test(text) ? 0 : LEAST_SURE) && WORD.test(text))
      .map(({ text, confidence, bbox: { x0, x1, y0, y1 } }) => ({
        text: text.trim(),
        confidence,
        line,
        left: x0 / scale,
        right: x1 / scale,
        top: y0 / scale,
        bottom: y1 / scale,
      })),
  );

/** How much was read, and how surely: of all turns of a picture the one with the most is upright. */
export const scoreOf = (words: readonly ReadWord[]): number =>
  words.reduce((all, { text, confidence }) => all + text.length * confidence, 0);
export const meanOf = (words: readonly ReadWord[]): number =>
  scoreOf(words) /
  Math.max(
    1,
    words.reduce((all, { text }) => all + text.length, 0),
  );

/** Words of both readings: Chinese of the one; whatever stands between, of the other where it has something there. */
export function joined(mixed: readonly ReadWord[], latin: readonly ReadWord[]): ReadWord[] {
  const joint: ReadWord[] = [];
  let run: ReadWord[] = [];
  const chinese = new Set(mixed.filter(({ text }) => HAN.test(text)).map(({ line }) => line));
  const end = (): void => {
    // figures beside Chinese are read well enough, and what is taken for Latin there is not
    const isLatin = run[0] && (!chinese.has(run[0].line) || LETTERS.test(run.map(({ text }) => text).join('')));
    joint.push(...(isLatin ? asLatin(run, latin) : run));
    run = [];
  };
  for (const word of mixed) {
    if (HAN.test(word.text) || (run.length && run[0]!.line !== word.line)) end();
    if (HAN.test(word.text)) joint.push(word);
    else run.push(word);
  }
  end();
  return joint;
}

function asLatin(run: readonly ReadWord[], latin: readonly ReadWord[]): readonly ReadWord[] {
  const { line } = run[0]!;
  const [left, right] = [Math.min(...run.map((one) => one.left)), Math.max(...run.map((one) => one.right))];
  const [top, bottom] = [Math.min(...run.map((one) => one.top)), Math.max(...run.map((one) => one.bottom))];
  const isThere = (one: ReadWord): boolean => {
    const [x, y] = [(one.left + one.right) / 2, (one.top + one.bottom) / 2];
    return x >= left && x <= right && y >= top && y <= bottom;
  };
  const there = latin.filter(isThere).map((one) => ({ ...one, line }));
  return there.length ? there.toSorted((one, other) => one.left - other.left) : run;
}

/** Lines, divided where their words stand far apart. */
export function piecesOf(words: readonly ReadWord[]): ReadLine[] {
  const pieces: ReadWord[][] = [];
  for (const word of words) {
    const last = pieces.at(-1)?.at(-1);
    const isNear = last?.line === word.line && word.left - last.right < COLUMN * Math.max(heightOf(last), heightOf(word));
    if (isNear) pieces.at(-1)!.push(word);
    else pieces.push([word]);
  }
  const highest = Math.max(...words.map(heightOf));
  return pieces.map((piece) => ({
    text: piece.map(({ text }) => text).join(' '),
    confidence: meanOf(piece) / 100,
    height: Math.max(...piece.map(heightOf)) / highest,
  }));
}
const heightOf = ({ top, bottom }: ReadWord): number => bottom - top;
