import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { z } from 'zod';
import { textIn, UnreadablePictureError } from '../../sdk/core.ts';
import { defineJob, filesService, type JobFault, type JobWork, type MadePurpose, type UseCase } from '../../sdk/index.ts';
import { contact, contacts, recordOfEach } from '../contacts/index.ts';
import { files, OtherKindError } from '../files/index.ts';
import { contactBookEntries, contactBooks } from './book.entity.ts';
import { NO_PICTURE } from './book.reasons.ts';
import { holdBook } from './book-adding.service.ts';
import { contactBook } from './permissions.ts';
import { bytesOf, pictureKindOf } from './vcard-photo.ts';
import { entriesOf } from './vcard-reader.ts';

const MOST = 2 * 1024 * 1024;
export const PHOTOS_RESULT = 'ContactBookPhotos';

/** A picture that came with a phone book, checked and cleaned as pictures that people send are. */
export const contactPhoto: MadePurpose = {
  purpose: 'CONTACT_PHOTO',
  description: 'A picture of a contact, out of a phone book. The server writes it.',
  madeFor: contactBook.add,
  most: 4 * MOST,
  kinds: ['PNG', 'JPEG', 'GIF', 'WEBP'],
  readBy: { type: 'Contact', rule: contact.insiders },
};

const input = z.object({ bookId: z.string() });
type Work = JobWork<z.infer<typeof input>, undefined>;

/** Whether entries that became contacts have pictures that are not kept yet. */
export async function arePhotosWaiting(use: UseCase, bookId: string): Promise<boolean> {
  return (await waiting(use, bookId)).length > 0;
}
const waiting = (use: UseCase, bookId: string) =>
  use
    .on(contactBookEntries)
    .selectFrom('contact_book_entries')
    .select(['position', 'contact_id'])
    .where('book_id', '=', bookId)
    .where('photo', '=', 'WAITING')
    .where('contact_id', 'is not', null)
    .execute();

/**
 * Keeps the pictures of entries that became contacts. They are read from the file once more, one after the other: checking and cleaning one
 * takes longer than a transaction should, and many do not fit into the row of an entry.
 */
export const keepPhotos = defineJob({
  name: 'contact-books.photos',
  description: 'Keeps the pictures of a phone book.',
  rule: contactBook.add,
  input,
  run: async (work: Work) => {
    const { bookId } = work.input;
    const { fileId, of, service } = await work.perform(async (use) => {
      await holdBook(use, bookId);
      const book = await use
        .on(contactBooks)
        .selectFrom('contact_books')
        .select('upload_id')
        .where('id', '=', bookId)
        .executeTakeFirstOrThrow();
      return {
        fileId: book.upload_id,
        service: use.service(filesService),
        of: new Map((await waiting(use, bookId)).map(({ position, contact_id }) => [position, contact_id!])),
      };
    });
    const bytes = await buffer(await service.read(work.organizationId, fileId));
    const values = { kept: 0, refused: 0 };
    let index = 0;
    for await (const { photo } of entriesOf(bytes)) {
      const contactId = of.get(index++);
      if (!contactId) continue;
      const kept = await keepOne(work, { position: index - 1, contactId, picture: photo && bytesOf(photo) });
      values[kept ? 'kept' : 'refused'] += 1;
    }
    return { type: PHOTOS_RESULT, values };
  },
});

interface Found {
  readonly position: number;
  readonly contactId: string;
  readonly picture: Buffer | undefined;
}
async function keepOne(work: Work, found: Found): Promise<boolean> {
  const file = await checked(work, found);
  return work.perform(async (use, keep) => {
    const { bookId } = work.input;
    const isKept = file !== undefined && (await hang(use, bookId, found, file));
    if (file && !isKept) return false;
    if (!file) await settle(use, bookId, found.position, 'REFUSED');
    const fault: JobFault = { row: found.position, path: ['photo'], code: 'NO_PICTURE', message: textIn(NO_PICTURE, work.language) };
    keep({ errors: file ? [] : [fault] });
    return isKept;
  });
}

/** @returns undefined for what is no picture, or one that is not worked on */
async function checked(work: Work, { picture }: Found): Promise<string | undefined> {
  const kind = picture && pictureKindOf(picture);
  if (!kind) return undefined;
  const { seat, service } = await work.perform(async (use) => ({ seat: use.seat, service: use.service(filesService) }));
  const made = { organizationId: work.organizationId, name: `photo.${kind.toLowerCase()}`, kind, purpose: contactPhoto, seat };
  try {
    return (await service.keep({ ...made, bytes: Readable.from([picture]), most: MOST })).fileId;
  } catch (error) {
    if (error instanceof UnreadablePictureError || error instanceof OtherKindError) return undefined;
    throw error;
  }
}

/** Once: whoever comes second finds that it is settled, and what they have made is dropped with other loose files. */
async function hang(use: UseCase, bookId: string, { position, contactId }: Found, uploadId: string): Promise<boolean> {
  const there = await use
    .on(contacts)
    .selectFrom('contacts')
    .select('id')
    .where('id', '=', contactId)
    .where('purged_at', 'is', null)
    .forNoKeyUpdate()
    .executeTakeFirst();
  if (!there || !(await settle(use, bookId, position, 'KEPT'))) return false;
  const to = { type: 'Contact', id: contactId };
  const { name } = await use.service(filesService).attach(use, { uploadId, purpose: contactPhoto.purpose, to });
  recordOfEach(use, [{ contactId, field: 'photo', old: null, new: name }]);
  return true;
}

async function settle(use: UseCase, bookId: string, position: number, photo: 'KEPT' | 'REFUSED'): Promise<boolean> {
  const settled = await use
    .on(contactBookEntries)
    .updateTable('contact_book_entries')
    .set({ photo })
    .where('book_id', '=', bookId)
    .where('position', '=', position)
    .where('photo', '=', 'WAITING')
    .returning('id')
    .executeTakeFirst();
  return settled !== undefined;
}

/** What is known of somebody goes with them. */
export async function dropPhotoOf(use: UseCase, contactId: string): Promise<void> {
  const kept = await use
    .on(files)
    .selectFrom('files')
    .select('id')
    .where('attached_type', '=', 'Contact')
    .where('attached_id', '=', contactId)
    .where('purpose', '=', contactPhoto.purpose)
    .execute();
  const ids = kept.map(({ id }) => id);
  await use.service(filesService).detach(use, { type: 'Contact', id: contactId }, ids);
}
