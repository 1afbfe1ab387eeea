import { COLLEAGUE, type Role, rule } from '../../sdk/index.ts';
import { insiders } from '../contacts/index.ts';

/** Toward a card that has become no contact. */
export const CARD_SENDER: Role = {
  name: 'CARD_SENDER',
  bearer: 'EMPLOYEE',
  description: 'The employee who sent the business card, until it has become a contact.',
};

/** Business cards (spec 3.11). */
export const contactCard = {
  add: rule('contactCard.add', { roles: [COLLEAGUE], description: 'Every employee of the organization (spec 3.1).' }),
  read: rule('contactCard.read', {
    roles: [...insiders, CARD_SENDER],
    right: 'CONTACTS',
    description:
      'Whoever answers for the contact, and sharees; before there is a contact, the employee who sent it, and admins with CONTACTS for the whole organization.',
  }),
};
