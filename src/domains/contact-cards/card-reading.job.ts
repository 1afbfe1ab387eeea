import { buffer } from 'node:stream/consumers';
import { z } from 'zod';
import {
  type CardReading,
  type CardRecognizer,
  CardRecognizerAbsent,
  type Clock,
  defineJob,
  filesService,
  type JobOutcome,
  type JobWork,
} from '../../sdk/index.ts';
import { type CardFault, contactCards } from './card.entity.ts';
import { dropLooseCards, noteReading, recognizerOf } from './card.service.ts';
import { contactCard } from './permissions.ts';

/** Milliseconds that a recognizer has for one card. */
const PATIENCE = 300_000;

/** Reads one card. */
export const readCard = defineJob({
  name: 'contact-cards.read',
  description: 'Reads a business card.',
  rule: contactCard.add,
  input: z.object({ cardId: z.string() }),
  run: async (work: JobWork<{ cardId: string }, undefined>): Promise<JobOutcome> => {
    const { cardId } = work.input;
    const asked = await work.perform(async (use) => {
      const card = await use
        .on(contactCards)
        .selectFrom('contact_cards')
        .select(['file_id', 'state'])
        .where('id', '=', cardId)
        .executeTakeFirst();
      if (card?.state !== 'READING') return undefined;
      return { recognizer: await recognizerOf(use), files: use.service(filesService), fileId: card.file_id };
    });
    if (asked) {
      const picture = await buffer(await asked.files.read(work.organizationId, asked.fileId));
      const read = await readBy(asked.recognizer, picture, work.signal);
      await work.perform((use) => noteReading(use, cardId, read));
    }
    return { type: 'ContactCard', id: cardId };
  },
});

/** A recognizer that never answers keeps nobody waiting past its time. */
async function readBy(
  recognizer: CardRecognizer,
  picture: Buffer,
  stopped: AbortSignal,
): Promise<CardReading | { readonly fault: CardFault }> {
  const signal = AbortSignal.any([stopped, AbortSignal.timeout(PATIENCE)]);
  const aborted = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
  try {
    return await Promise.race([recognizer.read(picture, { signal }), aborted]);
  } catch (error) {
    if (error instanceof CardRecognizerAbsent) return { fault: 'RECOGNIZER_ABSENT' };
    throw error;
  }
}

/** Photos of people of whom no contact was made go. */
export const forgetCards: Clock = {
  name: 'contact-cards.forget',
  description: 'Drops business cards that have become no contact within a week.',
  cron: '25 3 * * *',
  run: async (work) => {
    await work.perform((use) => dropLooseCards(use));
    return undefined;
  },
};
