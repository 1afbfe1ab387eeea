import { entityRef, words } from '../../sdk/index.ts';
import { type BookVerdict, contactBookEntries, contactBooks } from './book.entity.ts';

export const ContactBook = entityRef('ContactBook', contactBooks);
export const ContactBookEntry = entityRef('ContactBookEntry', contactBookEntries);
export const ContactBookDraft = entityRef('ContactBookDraft', contactBookEntries);

const VERDICTS: Readonly<Record<BookVerdict, string>> = {
  NEW: 'It would be added.',
  INCOMPLETE: 'It lacks what contacts of your organization must have: its reason names it, and it is added with that.',
  KNOWN: 'The phone is a contact already, or stands in the book before.',
  EMPLOYEE: 'The phone is that of an employee.',
  INVALID: 'It cannot be added as it is: its reason says why. With another name or phone it can.',
  QUOTA: 'It could be added if the organization might have more contacts.',
};
export const ContactBookVerdict = words('ContactBookVerdict', 'What would happen with an entry of a phone book.', VERDICTS);
