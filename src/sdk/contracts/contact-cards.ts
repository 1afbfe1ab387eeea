import { registrationPoint, service } from '../../platform/write/service.ts';
import type { UseCase } from '../../platform/write/use-case.ts';

/** What was read, and how sure that is: from 0 to 1. */
export interface ReadText {
  readonly value: string;
  readonly confidence: number;
}
/** What is read of a card beside its phones, each once at the most. */
export const CARD_FIELDS = ['name', 'company', 'position', 'email', 'address'] as const;
/** One of them. */
export type CardField = (typeof CARD_FIELDS)[number];
/** What a phone number is. */
export const PHONE_KINDS = ['MOBILE', 'WORK', 'HOME', 'FAX', 'OTHER'] as const;
/** What a number on a card is for. */
export type PhoneKind = (typeof PHONE_KINDS)[number];

/** What stands on a business card. */
export interface CardReading extends Readonly<Partial<Record<CardField, ReadText>>> {
  /** Everything that was read, line by line: it is kept for good beside what people make of it. */
  readonly text: string;
  /** As they stand on the card, in its order. */
  readonly phones: readonly (ReadText & { readonly kind: PhoneKind })[];
  /** Why it is no card that could be read; the picture is kept all the same. */
  readonly fault?: 'NOTHING_READ' | 'SEVERAL_CARDS';
}

/**
 * Reads photographed business cards (spec 3.11), here or by asking somebody else. It is called by a job, outside of any transaction, one card
 * at a time or several; the picture is upright, of at most 50 megapixels, and without what its camera knew.
 *
 * @example
 * export const cloud: CardRecognizer = {
 *   name: 'cloud-cards',
 *   read: async (picture, { signal }) => cardOf(await askCloud(picture, signal)),
 * };
 */
export interface CardRecognizer {
  /** The plugin's own name: a plugin has one recognizer. */
  readonly name: string;
  /**
   * @param picture a JPEG, PNG, GIF or WebP
   * @param asked `signal`: aborted where no more time is left, the job was cancelled, or the server stops
   * @throws CardRecognizerAbsent where it cannot read on this server at all; whatever else it throws is logged, and it is asked again later
   */
  read(picture: Buffer, asked: { readonly signal: AbortSignal }): Promise<CardReading>;
}
/** Who reads cards: `registrations: [register(cardRecognizers, recognizer)]`. The first that the organization has not switched off is asked. */
export const cardRecognizers = registrationPoint<CardRecognizer>('contact-cards.recognizers');

/** What the recognizer needs is not installed on this server. */
export class CardRecognizerAbsent extends Error {
  override readonly name = 'CardRecognizerAbsent';
}

/** Cards, as whoever adds contacts uses them. */
export interface CardsOfContacts {
  /**
   * Hangs a card that the seat has sent on a contact that is new, for good.
   * @throws NotFound, ValidationFailed for a card that hangs on a contact already
   */
  keep(use: UseCase, cardId: string, contactId: string): Promise<void>;
}
/** `use.service(cardsOfContacts)`. */
export const cardsOfContacts = service<CardsOfContacts>('contact-cards');
