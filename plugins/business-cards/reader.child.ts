import { plainLine } from './card-fields.rules.ts';
import { addressScore, COMPANY, nameScore, POSITION } from './card-words.ts';
import { preparedPicture } from './prepared-picture.ts';
import type { FromReader, ReadLine, ToReader } from './read-line.ts';
import { joined, meanOf, piecesOf, type ReadWord, scoreOf } from './read-words.ts';
import { startTesseract, type Tesseract } from './tesseract.ts';

// The process that reads: it knows nothing of the server and reaches nothing but the files of its packages.

const answer = (message: FromReader): void => {
  process.send!(message);
};
let tesseract: Promise<Tesseract> | undefined;

/** Of 100: below that, the card may stand on its side or its head. */
const SURE = 70;
const LEAST_WORDS = 5;
const TURNS = [0, 90, 270, 180] as const;
/** Longer sides at which the letters of a card are read best: Chinese ones smaller than others. */
const MIXED_SIDE = 1_000;
const LATIN_SIDE = 1_400;
/** At which names are read that stand on the card in large letters. */
const SMALL_SIDE = 600;

const NAME = 0.8;
const isName = ({ text }: ReadLine): boolean => {
  const line = plainLine(text);
  return nameScore(line) >= NAME && !COMPANY.test(line) && !POSITION.test(line) && addressScore(line) === 0;
};

async function linesOf(picture: Uint8Array): Promise<readonly ReadLine[] | undefined> {
  tesseract ??= startTesseract();
  const { mixed, latin } = await tesseract;
  let best: { readonly turn: number; readonly words: readonly ReadWord[] } | undefined;
  for (const turn of TURNS) {
    const prepared = await preparedPicture(picture, { turn, side: MIXED_SIDE });
    if (!prepared) return undefined;
    const words = await mixed(prepared, MIXED_SIDE);
    if (!best || scoreOf(words) > scoreOf(best.words)) best = { turn, words };
    if (turn === 0 && meanOf(words) >= SURE && words.length >= LEAST_WORDS) break;
  }
  const larger = await preparedPicture(picture, { turn: best!.turn, side: LATIN_SIDE });
  const lines = piecesOf(joined(best!.words, larger ? await latin(larger, LATIN_SIDE) : []));
  if (lines.length === 0 || lines.some(isName)) return lines;
  const smaller = await preparedPicture(picture, { turn: best!.turn, side: SMALL_SIDE });
  return [...lines, ...piecesOf(smaller ? await mixed(smaller, SMALL_SIDE) : []).filter(isName)];
}

process.on('message', ({ id, picture }: ToReader) => {
  linesOf(picture).then(
    (lines) => answer(lines ? { id, lines } : { id, unreadable: true }),
    (error: NodeJS.ErrnoException) =>
      answer(
        error.code === 'MODULE_NOT_FOUND' || error.code === 'ERR_MODULE_NOT_FOUND'
          ? { absent: error.message }
          : { id, failed: String(error) },
      ),
  );
});
process.on('disconnect', () => process.exit());
