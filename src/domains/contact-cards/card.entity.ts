import { type CardField, type CardReading, type PhoneKind, refs, tenantEntity } from '../../sdk/index.ts';

/** Where a card stands. */
export const CARD_STATES = ['READING', 'READ', 'UNREADABLE'] as const;
export type CardState = (typeof CARD_STATES)[number];
export const CARD_FAULTS = ['NOTHING_READ', 'SEVERAL_CARDS', 'RECOGNIZER_ABSENT'] as const;
export type CardFault = (typeof CARD_FAULTS)[number];

/** A number of a card beside the main one, as it stands there. */
export interface CardPhone {
  readonly phone: string;
  readonly kind: PhoneKind;
  readonly confidence: number;
}
/** What a contact would be added with, and how sure each of it is. */
export interface CardDraft extends Readonly<Partial<Record<CardField | 'phone', string>>> {
  readonly confidence: Readonly<Partial<Record<CardField | 'phone', number>>>;
  readonly furtherPhones: readonly CardPhone[];
}

/** Photographed business cards (spec 3.11). One that became a contact stays with it for good; the others go after a week. */
export const ContactCard = tenantEntity(
  'contact_cards',
  (t) => ({
    employeeId: t.idOf(() => refs.Employee),
    fileId: t.idOf(() => refs.File),
    jobId: t.uuid().nullable(),
    state: t.oneOf(...CARD_STATES),
    fault: t.oneOf(...CARD_FAULTS).nullable(),
    /** As the recognizer told it: nothing changes it. */
    reading: t.json<CardReading>().nullable(),
    draft: t.json<CardDraft>().nullable(),
    contactId: t.idOf(() => refs.Contact).nullable(),
    createdAt: t.timestamptz(),
  }),
  {
    indexes: {
      contact_cards_of_contact: { columns: ['contactId'], unique: true, where: 'contact_id is not null' },
      contact_cards_loose: { columns: ['createdAt', 'id'], where: 'contact_id is null' },
    },
  },
);

export const contactCards = ContactCard.table;
