import { refs, tenantEntity } from '../../sdk/index.ts';
import type { DraftPhone } from './book-draft.ts';

/** What would happen with an entry that is added (spec 3.1). */
export const BOOK_VERDICTS = ['NEW', 'INCOMPLETE', 'KNOWN', 'EMPLOYEE', 'INVALID', 'QUOTA'] as const;
export type BookVerdict = (typeof BOOK_VERDICTS)[number];

const PHOTO_STATES = ['WAITING', 'KEPT', 'REFUSED'] as const;

/** Phone books that were read, for a few days: then they and their entries are gone. */
export const ContactBook = tenantEntity(
  'contact_books',
  (t) => ({
    employeeId: t.idOf(() => refs.Employee),
    uploadId: t.uuid(),
    createdAt: t.timestamptz(),
  }),
  { indexes: { contact_books_by_age: { columns: ['createdAt'] } } },
);

export const ContactBookEntry = tenantEntity(
  'contact_book_entries',
  (t) => ({
    bookId: t.idOf(() => ContactBook, 'cascade'),
    position: t.integer(),
    /** Null where the seat had been told about enough phones for the day (spec 3.4). */
    verdict: t.oneOf(...BOOK_VERDICTS).nullable(),
    reason: t.text().nullable(),
    name: t.text().nullable(),
    phone: t.text().nullable(),
    furtherPhones: t.json<readonly DraftPhone[]>().defaultRaw(`'[]'`),
    company: t.text().nullable(),
    jobTitle: t.text().nullable(),
    email: t.text().nullable(),
    address: t.text().nullable(),
    remark: t.text().nullable(),
    /** Its picture, where it has one in the file: kept once it is a contact, unless it is none. */
    photo: t.oneOf(...PHOTO_STATES).nullable(),
    /** The contact that it became. */
    contactId: t.uuid().nullable(),
  }),
  { indexes: { contact_book_entries_in_order: { columns: ['bookId', 'position'], unique: true } } },
);

export const contactBooks = ContactBook.table;
export const contactBookEntries = ContactBookEntry.table;
