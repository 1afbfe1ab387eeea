import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ReadWord, wordsOf } from './read-words.ts';

const LANGUAGES = ['chi_sim', 'eng'];
const LSTM_ONLY = 1;
const SINGLE_BLOCK = '6';

export interface Tesseract {
  /** Words of both scripts. @param scale the longer side of the picture */
  mixed(picture: Buffer, scale: number): Promise<ReadWord[]>;
  /** Words of Latin script, which it is surer of. */
  latin(picture: Buffer, scale: number): Promise<ReadWord[]>;
}

/** Starts Tesseract with the languages of npm packages: it takes all of one folder. */
export async function startTesseract(): Promise<Tesseract> {
  const require = createRequire(import.meta.url);
  const { createWorker } = require('tesseract.js') as typeof import('tesseract.js');
  const folder = await mkdtemp(join(tmpdir(), 'guichet-cards-'));
  try {
    for (const language of LANGUAGES) {
      const data = require.resolve(`@tesseract.js-data/${language}/4.0.0_best_int/${language}.traineddata.gz`);
      await copyFile(data, join(folder, `${language}.traineddata.gz`));
    }
    const reading = async (languages: string[]) => {
      const worker = await createWorker(languages, LSTM_ONLY, { langPath: folder, cacheMethod: 'none', errorHandler: () => {} });
      await worker.setParameters({ tessedit_pageseg_mode: SINGLE_BLOCK as never });
      return async (picture: Buffer, scale: number): Promise<ReadWord[]> => {
        const { data } = await worker.recognize(picture, {}, { text: false, blocks: true });
        return wordsOf(
          (data.blocks ?? []).flatMap(({ paragraphs }) => paragraphs.flatMap(({ lines }) => lines)),
          scale,
        );
      };
    };
    const [mixed, latin] = [await reading(LANGUAGES), await reading(['eng'])];
    return { mixed, latin };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
