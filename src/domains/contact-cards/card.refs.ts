import { entityRef, words } from '../../sdk/index.ts';
import { type CardFault, type CardState, contactCards } from './card.entity.ts';

export const ContactCard = entityRef('ContactCard', contactCards);
export const ContactCardDraft = entityRef('ContactCardDraft', contactCards);

const STATES: Readonly<Record<CardState, string>> = {
  READING: 'It is being read.',
  READ: 'It was read: `draft` has what.',
  UNREADABLE: 'It could not be read: `fault` says why. Its picture can still go with a contact.',
};
export const ContactCardState = words('ContactCardState', 'Where a business card stands.', STATES);
const FAULTS: Readonly<Record<CardFault, string>> = {
  NOTHING_READ: 'There is nothing in the picture that could be read: take it again, from nearer and in more light.',
  SEVERAL_CARDS: 'There are several cards in the picture: take them one by one.',
  RECOGNIZER_ABSENT: 'What reads cards is not installed on this server; whoever runs it can mend that.',
};
export const ContactCardFault = words('ContactCardFault', 'Why a business card could not be read.', FAULTS);
