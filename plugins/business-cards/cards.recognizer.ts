import { type CardRecognizer, CardRecognizerAbsent } from '@guichet/sdk';
import { cardOf } from './card-fields.rules.ts';
import { ReaderAbsent, reader } from './reader.process.ts';

const NOTHING = { text: '', phones: [], fault: 'NOTHING_READ' } as const;

/** Reads cards with Tesseract, in a process of its own, without a network. */
export const tesseractCards: CardRecognizer = {
  name: 'business-cards',
  read: async (picture, { signal }) => {
    try {
      const lines = await reader.read(picture, signal);
      return lines ? cardOf(lines) : NOTHING;
    } catch (error) {
      throw error instanceof ReaderAbsent ? new CardRecognizerAbsent(error.message) : error;
    }
  },
};
