import { FILE_READER, type GuichetBuilder, sql } from '../../sdk/index.ts';
import { Contact, contact } from '../contacts/index.ts';
import { File } from '../files/index.ts';
import { PHOTOS_RESULT } from './book-photos.job.ts';
import { contactBook } from './permissions.ts';

/** Pictures out of phone books (spec 3.1). */
export function photoTypes(builder: GuichetBuilder): void {
  builder.objectRef<{ readonly kept: number; readonly refused: number }>(PHOTOS_RESULT).implement({
    description: 'What came of the pictures of a phone book; which were not kept stands in `Job.errors`, by their index.',
    fields: (t) => ({
      kept: t.exposeInt('kept', { description: 'Pictures that were kept.', rule: contactBook.add }),
      refused: t.exposeInt('refused', { description: 'Those that were not.', rule: contactBook.add }),
    }),
  });
  builder.entityFields(Contact, (t) => ({
    photo: t.one(File, {
      on: (row, file) => sql`${file.attached_type} = 'Contact' and ${file.attached_id} = ${row.id} and ${file.purpose} = 'CONTACT_PHOTO'`,
      proves: [FILE_READER],
      description: 'Its picture, out of the phone book that it was added from.',
      rule: contact.insiders,
    }),
  }));
}
