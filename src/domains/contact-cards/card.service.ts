import { type CardReading, type CardRecognizer, cardRecognizers, filesService, notFound, Refusal, type UseCase } from '../../sdk/index.ts';
import { organizationOf } from '../organization/index.ts';
import { type CardFault, ContactCard, contactCards } from './card.entity.ts';
import { cardsAreNotRead, cardUsed } from './card.errors.ts';
import { cardPurpose } from './card.purpose.ts';
import { draftOf, readingWithin } from './card-draft.rules.ts';

const CARD = ['input', 'cardId'];

/** The first that the organization has not switched off. @throws CardsAreNotRead */
export async function recognizerOf(use: UseCase): Promise<CardRecognizer> {
  for (const recognizer of use.registered(cardRecognizers)) {
    try {
      await use.inSavepoint(() => use.holdPlugin(recognizer.name));
      return recognizer;
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
    }
  }
  throw cardsAreNotRead({});
}

/** Takes a photo that the seat has sent. @returns the card's id. @throws NotFound */
export async function takeCard(use: UseCase, uploadId: string): Promise<string> {
  const id = use.newId();
  const to = { type: 'ContactCard', id };
  await use.service(filesService).attach(use, { uploadId, purpose: cardPurpose.purpose, to, path: ['input', 'uploadId'] });
  use.em.create(ContactCard, { id, employeeId: use.seat.id, fileId: uploadId, state: 'READING', createdAt: use.now });
  return id;
}

/** What was read is written once; a card that has gone meanwhile stays gone. */
export async function noteReading(use: UseCase, cardId: string, read: CardReading | { readonly fault: CardFault }): Promise<void> {
  const reading = 'text' in read ? readingWithin(read) : null;
  await use
    .on(contactCards)
    .updateTable('contact_cards')
    .set({
      state: read.fault ? 'UNREADABLE' : 'READ',
      fault: read.fault ?? null,
      reading,
      draft: reading && draftOf(reading, (await organizationOf(use)).country),
    })
    .where('id', '=', cardId)
    .where('state', '=', 'READING')
    .execute();
}

/** Hangs a card of the seat’s own on a contact that is new, once and for all. */
export async function keepCard(use: UseCase, cardId: string, contactId: string): Promise<void> {
  const kept = await use
    .on(contactCards)
    .updateTable('contact_cards')
    .set({ contact_id: contactId })
    .where('id', '=', cardId)
    .where('employee_id', '=', use.seat.id)
    .where('contact_id', 'is', null)
    .returning('id')
    .executeTakeFirst();
  if (kept) return;
  const card = await use.on(contactCards).selectFrom('contact_cards').select('employee_id').where('id', '=', cardId).executeTakeFirst();
  throw card?.employee_id === use.seat.id ? cardUsed() : notFound({}, CARD);
}

/** Cards that have become no contact are kept for a week: they are about people outside. */
export const CARD_DAYS = 7;
const DAY = 86_400_000;
export async function dropLooseCards(use: UseCase): Promise<void> {
  const before = new Date(use.now.getTime() - CARD_DAYS * DAY);
  await dropped(
    use,
    await use
      .on(contactCards)
      .deleteFrom('contact_cards')
      .where('contact_id', 'is', null)
      .where('created_at', '<', before)
      .returning('id')
      .execute(),
  );
}
/** What is known of somebody goes with them. */
export async function dropCardOf(use: UseCase, contactId: string): Promise<void> {
  await dropped(use, await use.on(contactCards).deleteFrom('contact_cards').where('contact_id', '=', contactId).returning('id').execute());
}
const dropped = (use: UseCase, rows: readonly { readonly id: string }[]): Promise<void> =>
  use.service(filesService).detachAll(
    use,
    'ContactCard',
    rows.map(({ id }) => id),
  );
