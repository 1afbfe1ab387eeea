import type { FilePurpose } from '../../sdk/index.ts';
import { contactBook } from './permissions.ts';

/** A phone book as a phone or a mail program exports it; once it is read, nobody reads the file any more. */
export const bookPurpose: FilePurpose = {
  purpose: 'CONTACT_BOOK',
  description: 'A phone book: vCards of version 2.1, 3.0 or 4.0, many in one file.',
  mayUpload: contactBook.add,
  most: 20 * 1024 * 1024,
  kinds: ['TEXT'],
};
