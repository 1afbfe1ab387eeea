import { type CardReading, type CardRecognizer, cardRecognizers, defineModule, register } from '@guichet/sdk';

/** What the recognizer tells next; pictures that it was given. */
export const readerOfTest: { next: () => Promise<CardReading> | CardReading; pictures: Buffer[] } = {
  next: () => ({ text: '', phones: [], fault: 'NOTHING_READ' }),
  pictures: [],
};

const recognizer: CardRecognizer = {
  name: 'card-reader',
  read: async (picture) => {
    readerOfTest.pictures.push(picture);
    return readerOfTest.next();
  },
};

/** A plugin that reads cards as a test says. */
export const cardReaderPlugin = defineModule({
  name: 'card-reader',
  version: '1.0.0',
  description: 'Reads cards as a test says.',
  guichet: '^0.1.0',
  needs: ['contact-cards'],
  registrations: [register(cardRecognizers, recognizer)],
});
