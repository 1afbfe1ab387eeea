import {
  type GivenValue,
  type GuichetBuilder,
  heldToward,
  invalid,
  type PayloadFields,
  sql,
  types,
  type UseCase,
  validationFailed,
  way,
} from '../../sdk/index.ts';
import {
  Contact,
  contact,
  contactDetails,
  contactPhoneTaken,
  contactQuotaReached,
  customFields,
  holdFields,
  phoneBelongsToEmployee,
  Tag,
  tagsOf,
} from '../contacts/index.ts';
import { contactBooks } from './book.entity.ts';
import { addBook, BOOK_RESULT } from './book.job.ts';
import { ContactBook, ContactBookEntry, ContactBookVerdict } from './book.refs.ts';
import { addEntries, asRead, ENTRY_ADDED, type EntryPayload, holdBook, type InPlace, newEntries } from './book-adding.service.ts';
import { bookEntryTypes } from './book-entry.graphql.ts';
import { photoTypes } from './book-photos.graphql.ts';
import { arePhotosWaiting, keepPhotos } from './book-photos.job.ts';
import { readBook } from './book-reading.service.ts';
import { BOOK_READER, contactBook } from './permissions.ts';

const rule = contactBook.read;
/** Entries that are added at once; more are a job. */
const AT_ONCE = 100;
const MOST_NAMED = 250;
const MOST_TAGS = 100;

/** Phone books (spec 3.1). */
export function bookTypes(builder: GuichetBuilder): void {
  builder.words(ContactBookVerdict);
  declareBook(builder);
  bookEntryTypes(builder);
  photoTypes(builder);
  builder.useCase('previewContactBook', {
    description: 'Reads a phone book, and says of each entry what would happen. Nothing is added. It is kept for a week, for you alone.',
    rule: contactBook.add,
    doesOnce: true,
    input: (t) => ({ uploadId: t.globalId(types.File, { description: 'The file, sent by `createUpload` for `CONTACT_BOOK`.' }) }),
    run: async (use, { uploadId }) => ({ book: await readBook(use, uploadId) }),
    success: (t) => ({ book: t.loaded(ContactBook, 'book', { description: 'The book.', rule }) }),
  });
  declareAdding(builder);
}

function declareBook(builder: GuichetBuilder): void {
  builder.entity(ContactBook, {
    description: 'A phone book that you have sent.',
    roles: [heldToward(BOOK_READER, [way(contactBooks, {}, ({ row, seat }) => sql`${row.employee_id} = ${seat.me}`)])],
    listedFor: rule.roles,
    fields: (t) => ({
      id: t.globalId({ description: 'Global id.', rule }),
      createdAt: t.column('created_at', { description: 'When it was read.', rule }),
      entries: t.pages(ContactBookEntry, {
        on: (book, entry) => sql`${entry.book_id} = ${book.id}`,
        proves: rule.roles,
        description: 'Its entries, in their order.',
        rule,
        order: { by: 'INDEX', direction: 'ASC' },
      }),
    }),
  });
  builder.objectRef<{ readonly added: number; readonly refused: number }>(BOOK_RESULT).implement({
    description: 'What came of adding many entries of a phone book; why some were not stands in `Job.errors`, by their index.',
    fields: (t) => ({
      added: t.exposeInt('added', { description: 'Entries that were added.', rule: contactBook.add }),
      refused: t.exposeInt('refused', { description: 'Entries that were not.', rule: contactBook.add }),
    }),
  });
}

interface Added {
  readonly results: readonly EntryPayload[];
  readonly job: string | null;
}

function declareAdding(builder: GuichetBuilder): void {
  const Choice = builder.inputType('ContactBookChoice', {
    description: 'An entry that is to be added, and what is put in the place of what was read of it.',
    fields: (t) => ({
      index: t.integer({ description: 'Its `index`.', min: 0 }),
      name: t.name({ description: 'Name, in place of the one that was read.', required: false, max: 100 }),
      phone: t.phoneNumber({ description: 'The main phone, in place of the one that was read.', required: false }),
      ...contactDetails(t, 'In place of what was read; an empty text takes it away.'),
      tagIds: t.globalIds(Tag, { description: 'Tags of this one, beside those of all.', required: false, most: MOST_TAGS }),
      customFields: customFields(t, 'Values of the organization’s own fields of this one, in place of those of all.'),
    }),
  });
  const success = declareResults(builder);
  builder.useCase('addContactsFromBook', {
    description: 'Adds entries of a phone book as contacts of yours, each by itself; more than a hundred by a job (spec 3.1).',
    rule: contactBook.add,
    doesOnce: true,
    input: (t) => ({
      bookId: t.globalId(ContactBook, { description: 'The book.' }),
      entries: t.listOf(Choice, {
        description:
          'Which entries, each once, at most 250; left out, all that are `NEW` or `INCOMPLETE`: then faults name each by its index in the book.',
        required: false,
        least: 1,
        most: MOST_NAMED,
      }),
      tagIds: t.globalIds(Tag, { description: 'Tags of all of them: of each group at most one.', required: false, most: MOST_TAGS }),
      customFields: customFields(t, 'Values of the organization’s own fields of all of them: what is required and not in the book.'),
    }),
    guard: async (use, { bookId, entries = [], tagIds = [] }) => {
      await holdFields(use);
      await holdBook(use, bookId);
      await tagsOf(use, tagIds, ['input', 'tagIds']);
      for (const [at, entry] of entries.entries()) await tagsOf(use, entry.tagIds ?? [], ['input', 'entries', String(at), 'tagIds']);
    },
    run: (use, { bookId, entries, tagIds = [], customFields: values = [] }) =>
      add(use, { bookId, choices: entries?.map(choiceOf), tagIds: [...tagIds], values: [...values] }),
    success,
  });
}

interface Adding {
  readonly bookId: string;
  readonly choices?: ReturnType<typeof choiceOf>[];
  readonly tagIds: string[];
  readonly values: GivenValue[];
}
interface GivenChoice extends Partial<Readonly<Record<keyof InPlace, string | null>>> {
  readonly index: number;
  readonly tagIds?: readonly string[] | null;
  readonly customFields?: readonly GivenValue[] | null;
}
const choiceOf = ({ index, tagIds, customFields: values, ...inPlace }: GivenChoice) => ({
  index,
  tagIds: [...(tagIds ?? [])],
  values: [...(values ?? [])],
  inPlace: Object.fromEntries(Object.entries(inPlace).filter(([, text]) => text !== null && text !== undefined)) as InPlace,
});

const TWICE = { en: 'This entry is named before.', 'zh-CN': '此条目已在前面列出。' };
async function add(use: UseCase, { bookId, choices, tagIds, values }: Adding): Promise<Added> {
  const again = choices?.findIndex(({ index }, at) => choices.findIndex((one) => one.index === index) < at) ?? -1;
  if (again >= 0) throw invalid(['input', 'entries', String(again), 'index'], 'TWICE', TWICE);
  if (tagIds.length === 0 && (!choices || choices.some((one) => one.tagIds.length === 0)))
    throw invalid(['input', 'tagIds'], 'TAG_NEEDED', { en: 'A contact has at least one tag.', 'zh-CN': '联系人至少要有一个标签。' });
  const chosen = choices ?? (await newEntries(use, bookId)).map(asRead);
  if (chosen.length > AT_ONCE) return { results: [], job: use.startJob(addBook, { bookId, choices, tagIds, values }) };
  const results = chosen.length ? await addEntries(use, bookId, chosen, { tagIds, values }, choices && 0) : [];
  return { results, job: (await arePhotosWaiting(use, bookId)) ? use.startJob(keepPhotos, { bookId }) : null };
}

/** A result for each entry: the contact, or why not. */
function declareResults(builder: GuichetBuilder) {
  builder.payloadType<{ readonly index: number; readonly contact: string }>(ENTRY_ADDED, {
    description: 'This entry was added.',
    fields: (t) => ({
      index: t.exposeInt('index', { description: 'Its index.', rule: contactBook.add }),
      contact: t.loaded(Contact, 'contact', { description: 'The contact.', rule: contact.seen }),
    }),
  });
  const refusals = ['NotFound', validationFailed.name, phoneBelongsToEmployee.name, contactPhoneTaken.name, contactQuotaReached.name];
  const Result = builder.unionType('AddContactsFromBookItemResult', {
    description: 'Whether one entry was added, or why not.',
    types: [ENTRY_ADDED, ...refusals] as never,
  });
  return (t: PayloadFields<Added>) => ({
    results: t.field({
      type: [Result],
      description: 'One result for each entry, in their order; none where a job does it.',
      rule: contactBook.add,
      resolve: ({ results }) => [...results] as never[],
    }),
    job: t.loaded(types.Job, 'job', {
      description: 'The work, where there is much of it, or pictures are to be kept.',
      rule: contactBook.add,
    }),
  });
}
