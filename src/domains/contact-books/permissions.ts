import { COLLEAGUE, type Role, rule } from '../../sdk/index.ts';

/** Toward a phone book and its entries. */
export const BOOK_READER: Role = { name: 'BOOK_READER', bearer: 'EMPLOYEE', description: 'The employee who sent the phone book.' };

/** Phone books (spec 3.1). */
export const contactBook = {
  add: rule('contactBook.add', { roles: [COLLEAGUE], description: 'Every employee of the organization (spec 3.1).' }),
  read: rule('contactBook.read', { roles: [BOOK_READER], description: 'The employee who sent the phone book, and nobody else.' }),
};
