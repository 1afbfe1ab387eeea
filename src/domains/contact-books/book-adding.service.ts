import { filesService, type GivenValue, invalid, notFound, Refusal, refusalPayload, type UseCase } from '../../sdk/index.ts';
import { addContact, contactPhoneTaken, countPhoneAnswers, phoneBelongsToEmployee } from '../contacts/index.ts';
import { contactBookEntries, contactBooks } from './book.entity.ts';
import { REASONS } from './book.reasons.ts';
import { contactBook } from './permissions.ts';

/** What became of one entry: the type of the answer, with what that type tells. */
export type EntryPayload = Readonly<Record<string, unknown>> & { readonly '@type': string };
export interface Choice {
  readonly index: number;
  /** Beside those of all. */
  readonly tagIds: readonly string[];
  /** Of the organization's own fields: in place of those of all. */
  readonly values: readonly GivenValue[];
}
const ENTRIES = ['input', 'entries'];
export const ENTRY_ADDED = 'AddContactsFromBookItemSuccess';

/** @throws NotFound for a book that is not the seat's */
export const holdBook = (use: UseCase, bookId: string): Promise<void> =>
  use.authorize('ContactBook', bookId, contactBook.read, { path: ['input', 'bookId'] });

/** Indexes of the entries that would be added. */
export async function newEntries(use: UseCase, bookId: string, after = -1, most = 5_000): Promise<number[]> {
  const rows = await use
    .on(contactBookEntries)
    .selectFrom('contact_book_entries')
    .select('position')
    .where('book_id', '=', bookId)
    .where('verdict', '=', 'NEW')
    .where('contact_id', 'is', null)
    .where('position', '>', after)
    .orderBy('position')
    .limit(most)
    .execute();
  return rows.map(({ position }) => position);
}

/** Adds entries of a book, each by itself. @returns a result for each choice, in their order */
export async function addEntries(
  use: UseCase,
  bookId: string,
  choices: readonly Choice[],
  ofAll: Omit<Choice, 'index'>,
): Promise<EntryPayload[]> {
  const rows = await use
    .on(contactBookEntries)
    .selectFrom('contact_book_entries')
    .selectAll()
    .where('book_id', '=', bookId)
    .where('position', 'in', [...new Set(choices.map(({ index }) => index))])
    .execute();
  const byIndex = new Map(rows.map((row) => [row.position, row]));
  const results = new Map<number, EntryPayload>();
  const inOrder = choices.toSorted((one, other) => compare(byIndex.get(one.index)?.phone, byIndex.get(other.index)?.phone));
  for (const choice of inOrder) {
    const row = byIndex.get(choice.index);
    results.set(choice.index, { ...(await addEntry(use, row, withOfAll(choice, ofAll))), index: choice.index });
  }
  return choices.map(({ index }) => results.get(index)!);
}
const withOfAll = ({ tagIds, values }: Choice, ofAll: Omit<Choice, 'index'>): Omit<Choice, 'index'> => ({
  tagIds: [...new Set([...ofAll.tagIds, ...tagIds])],
  values: [...ofAll.values.filter(({ field }) => !values.some((own) => own.field === field)), ...values],
});
/** Phones are taken in one order by everybody who takes several. */
const compare = (one: string | null | undefined, other: string | null | undefined): number => ((one ?? '') < (other ?? '') ? -1 : 1);

type Row = NonNullable<Awaited<ReturnType<typeof entryOf>>>;
const entryOf = (use: UseCase) => use.on(contactBookEntries).selectFrom('contact_book_entries').selectAll().executeTakeFirst();

async function addEntry(use: UseCase, row: Row | undefined, given: Omit<Choice, 'index'>): Promise<EntryPayload> {
  const kept = use.waiting();
  try {
    return await use.inSavepoint(async () => ({ '@type': ENTRY_ADDED, contact: await added(use, row, given) }));
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    use.keepOnly(kept);
    if (KNOWN.has(error.type.name)) countPhoneAnswers(use, 1);
    return refusalPayload(error, use.language);
  }
}
const KNOWN = new Set([contactPhoneTaken.name, phoneBelongsToEmployee.name]);

async function added(use: UseCase, row: Row | undefined, { tagIds, values }: Omit<Choice, 'index'>): Promise<string> {
  if (!row) throw notFound({}, ENTRIES);
  if (row.contact_id) throw invalid(ENTRIES, 'ADDED', REASONS.ADDED);
  if (row.verdict !== 'NEW' && row.verdict !== 'QUOTA')
    throw invalid(ENTRIES, row.verdict ?? 'UNTOLD', { en: row.reason ?? '', 'zh-CN': row.reason ?? '' });
  const contactId = await addContact(use, {
    name: row.name!,
    phone: row.phone!,
    tagIds,
    customFields: values,
    company: row.company ?? undefined,
    position: row.job_title ?? undefined,
    email: row.email ?? undefined,
    address: row.address ?? undefined,
    remark: row.remark ?? undefined,
    furtherPhones: row.further_phones,
    anyFurtherPhones: true,
    source: 'VCARD',
  });
  await use.on(contactBookEntries).updateTable('contact_book_entries').set({ contact_id: contactId }).where('id', '=', row.id).execute();
  return contactId;
}

/** Books are kept for a week. */
export const BOOK_DAYS = 7;
const DAY = 86_400_000;
export async function dropOldBooks(use: UseCase): Promise<void> {
  const dropped = await use
    .on(contactBooks)
    .deleteFrom('contact_books')
    .where('created_at', '<', new Date(use.now.getTime() - BOOK_DAYS * DAY))
    .returning('id')
    .execute();
  await use.service(filesService).detachAll(
    use,
    'ContactBook',
    dropped.map(({ id }) => id),
  );
}
