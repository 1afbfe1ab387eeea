import type { FilePurpose } from '../../sdk/index.ts';
import { PICTURES } from '../fields/index.ts';
import { contactCard } from './permissions.ts';

/** The photo of a business card. */
export const cardPurpose: FilePurpose = {
  purpose: 'BUSINESS_CARD',
  description: 'A photo of one business card.',
  mayUpload: contactCard.add,
  most: 20 * 1024 * 1024,
  kinds: [...PICTURES],
  readBy: { type: 'ContactCard', rule: contactCard.read },
};
