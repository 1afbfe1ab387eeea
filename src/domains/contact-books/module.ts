import { contactPurged, defineModule, filePurposes, jobResults, listen, readMigrations, register } from '../../sdk/index.ts';
import { ContactBook, ContactBookEntry } from './book.entity.ts';
import { bookTypes } from './book.graphql.ts';
import { addBook, BOOK_RESULT, forgetBooks } from './book.job.ts';
import { bookPurpose } from './book.purpose.ts';
import { contactPhoto, dropPhotoOf, keepPhotos, PHOTOS_RESULT } from './book-photos.job.ts';
import { contactBook } from './permissions.ts';

export const contactBooksModule = defineModule({
  name: 'contact-books',
  version: '0.1.0',
  description: 'Phone books: contacts from the exports of phones and mail programs.',
  needs: ['contacts', 'files'],
  entities: [ContactBook, ContactBookEntry],
  migrations: readMigrations(new URL('./migrations/', import.meta.url)),
  rules: Object.values(contactBook),
  types: bookTypes,
  jobs: [addBook, keepPhotos],
  clocks: [forgetBooks],
  listeners: [listen(contactPurged, (use, { contactId }) => dropPhotoOf(use, contactId))],
  registrations: [
    ...[bookPurpose, contactPhoto].map((purpose) => register(filePurposes, purpose)),
    ...[BOOK_RESULT, PHOTOS_RESULT].map((type) => register(jobResults, { type })),
  ],
});
