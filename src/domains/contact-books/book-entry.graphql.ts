import { type GuichetBuilder, heldToward, sql, way } from '../../sdk/index.ts';
import { Contact, PhoneKindName } from '../contacts/index.ts';
import { contactBookEntries, contactBooks } from './book.entity.ts';
import { ContactBookDraft, ContactBookEntry, ContactBookVerdict } from './book.refs.ts';
import type { DraftPhone } from './book-draft.ts';
import { BOOK_READER, contactBook } from './permissions.ts';

const rule = contactBook.read;

/** Entries of phone books, and what was read of them (spec 3.1). */
export function bookEntryTypes(builder: GuichetBuilder): void {
  const Phone = builder.objectRef<DraftPhone>('ContactBookPhone').implement({
    description: 'A further number of an entry, as it was written.',
    fields: (t) => ({
      phone: t.exposeString('phone', { description: 'The number.', rule }),
      kind: t.field({ type: PhoneKindName, description: 'What it is.', rule, resolve: ({ kind }) => kind }),
      label: t.exposeString('label', { nullable: true, description: 'What it is called.', rule }),
    }),
  });
  builder.entity(ContactBookEntry, {
    description: 'An entry of a phone book, and what would happen with it.',
    roles: [
      heldToward(BOOK_READER, [
        way(
          contactBookEntries,
          { book: contactBooks },
          ({ row, book, seat }) => sql`${book.id} = ${row.book_id} and ${book.employee_id} = ${seat.me}`,
        ),
      ]),
    ],
    listedFor: rule.roles,
    orders: { INDEX: { column: 'position', rule, description: 'In the order of the file.' } },
    filters: {
      verdict: { compares: 'enum', column: 'verdict', values: ContactBookVerdict.name, rule, description: 'By what would happen.' },
    },
    fields: (t) => ({
      id: t.globalId({ description: 'Global id.', rule }),
      index: t.column('position', { description: 'Its place in the file, counted from 0.', rule }),
      verdict: t.column('verdict', {
        type: ContactBookVerdict,
        description: 'What would happen; null where you have been told about enough phones for today (spec 3.4).',
        rule,
      }),
      reason: t.column('reason', { description: 'Why it would not be added.', rule }),
      draft: t.sameRow(ContactBookDraft, { description: 'What was read.', rule }),
      contact: t.relation(Contact, 'contact_id', { description: 'The contact that it became.', rule }),
    }),
  });
  builder.entityPart(ContactBookDraft, {
    description: 'What was read of an entry.',
    fields: (t) => ({
      name: t.column('name', { description: 'Name.', rule }),
      phone: t.column('phone', { description: 'The main number, as it was written: a mobile, where there is one.', rule }),
      furtherPhones: t.field({
        type: [Phone],
        description: 'Further numbers.',
        rule,
        needs: ['further_phones'],
        resolve: ({ further_phones: phones }) => [...phones],
      }),
      company: t.column('company', { description: 'Company.', rule }),
      position: t.column('job_title', { description: 'What they do there.', rule }),
      email: t.column('email', { description: 'Email address.', rule }),
      address: t.column('address', { description: 'Address.', rule }),
      remark: t.column('remark', { description: 'Note.', rule }),
      hasPhoto: t.expression('Boolean', (row) => sql`(${row.photo} is not null)`, {
        description: 'Whether it has a picture in the file, which is kept with the contact. Addresses of pictures are not asked for.',
        rule,
        nullable: false,
      }),
    }),
  });
}
