import { filesService, type GivenValue, type Issue, invalid, notFound, Refusal, refusalPayload, type UseCase } from '../../sdk/index.ts';
import {
  addContact,
  contactPhoneTaken,
  countPhoneAnswers,
  type NewContact,
  phoneAnswersLeft,
  phoneBelongsToEmployee,
} from '../contacts/index.ts';
import { contactBookEntries, contactBooks } from './book.entity.ts';
import { FAULTS, REASONS } from './book.reasons.ts';
import { contactBook } from './permissions.ts';

/** What became of one entry: the type of the answer, with what that type tells. */
export type EntryPayload = Readonly<Record<string, unknown>> & { readonly '@type': string };
/** What is put in the place of what was read of an entry; left out, that stays. */
export type InPlace = Partial<Pick<NewContact, 'name' | 'phone' | 'company' | 'position' | 'address' | 'email' | 'remark'>>;
export interface Choice extends ForAll {
  readonly index: number;
  readonly inPlace: InPlace;
}
/** What all that are added are given; a choice, its own. */
export interface ForAll {
  /** Those of a choice stand beside those of all. */
  readonly tagIds: readonly string[];
  /** Of the organization's own fields: those of a choice stand in place of those of all. */
  readonly values: readonly GivenValue[];
}
/** An entry as it stands in the book. */
export const asRead = (index: number): Choice => ({ index, tagIds: [], values: [], inPlace: {} });
const ENTRIES = ['input', 'entries'];
export const ENTRY_ADDED = 'AddContactsFromBookItemSuccess';

/** @throws NotFound for a book that is not the seat's */
export const holdBook = (use: UseCase, bookId: string): Promise<void> =>
  use.authorize('ContactBook', bookId, contactBook.read, { path: ['input', 'bookId'] });

/** Indexes of the entries that would be added, with what those that lack something are given. */
export async function newEntries(use: UseCase, bookId: string, after = -1, most = 5_000): Promise<number[]> {
  const rows = await use
    .on(contactBookEntries)
    .selectFrom('contact_book_entries')
    .select('position')
    .where('book_id', '=', bookId)
    .where('verdict', 'in', ['NEW', 'INCOMPLETE'])
    .where('contact_id', 'is', null)
    .where('position', '>', after)
    .orderBy('position')
    .limit(most)
    .execute();
  return rows.map(({ position }) => position);
}

/**
 * Adds entries of a book, each by itself. @param first the place of the first choice in the input; undefined where it names none: then faults
 * name entries by their index in the book
 * @returns a result for each choice, in their order
 */
export async function addEntries(
  use: UseCase,
  bookId: string,
  choices: readonly Choice[],
  ofAll: ForAll,
  first: number | undefined,
): Promise<EntryPayload[]> {
  const rows = await use
    .on(contactBookEntries)
    .selectFrom('contact_book_entries')
    .selectAll()
    .where('book_id', '=', bookId)
    .where(
      'position',
      'in',
      choices.map(({ index }) => index),
    )
    .execute();
  const byIndex = new Map(rows.map((row) => [row.position, row]));
  const results = new Map<number, EntryPayload>();
  const phoneOf = ({ index, inPlace }: Choice): string => inPlace.phone ?? byIndex.get(index)?.phone ?? '';
  const inOrder = choices.toSorted((one, other) => (phoneOf(one) < phoneOf(other) ? -1 : 1)); // as everybody takes several
  const answers = { left: choices.some(({ inPlace }) => inPlace.phone) ? await phoneAnswersLeft(use) : 0 };
  for (const choice of inOrder) {
    const at = first === undefined ? choice.index : first + choices.indexOf(choice);
    const adding = () => added(use, byIndex.get(choice.index), withOfAll(choice, ofAll), answers.left);
    const result = await addEntry(use, adding, { at, ofAll: first === undefined ? ofAll : undefined });
    if (KNOWN.has(result['@type'])) answers.left -= 1;
    results.set(choice.index, { ...result, index: choice.index });
  }
  return choices.map(({ index }) => results.get(index)!);
}
const withOfAll = (choice: Choice, ofAll: ForAll): Choice => ({
  ...choice,
  tagIds: [...new Set([...ofAll.tagIds, ...choice.tagIds])],
  values: [...ofAll.values.filter(({ field }) => !choice.values.some((own) => own.field === field)), ...choice.values],
});

type Row = NonNullable<Awaited<ReturnType<typeof entryOf>>>;
const entryOf = (use: UseCase) => use.on(contactBookEntries).selectFrom('contact_book_entries').selectAll().executeTakeFirst();

async function addEntry(use: UseCase, adding: () => Promise<string>, place: Place): Promise<EntryPayload> {
  const kept = use.waiting();
  try {
    return await use.inSavepoint(async () => ({ '@type': ENTRY_ADDED, contact: await adding() }));
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    use.keepOnly(kept);
    if (KNOWN.has(error.type.name)) countPhoneAnswers(use, 1);
    return refusalPayload(ofEntry(error, place), use.language);
  }
}
const KNOWN = new Set([contactPhoneTaken.name, phoneBelongsToEmployee.name]);

interface Place {
  readonly at: number;
  /** What is given for all, where no entry is named: that alone can be to blame beside what the book holds. */
  readonly ofAll: ForAll | undefined;
}
/** What is to blame of an entry can be put in its choice; what was given for all of those that nobody has named, there. */
function ofEntry({ type, facts, path }: Refusal, { at, ofAll }: Place): Refusal {
  const isOfAll = ([field, name]: readonly string[]): boolean =>
    ofAll !== undefined && (field === 'tagIds' || (field === 'customFields' && ofAll.values.some((one) => one.field === name)));
  const placed = ([input = 'input', ...within]: readonly string[]): readonly string[] => {
    if (isOfAll(within)) return [input, ...within];
    return [...ENTRIES, String(at), ...(within[0] === 'entries' ? [] : within)];
  };
  const { issues, ...others } = facts as { readonly issues?: readonly Issue[] };
  const told = issues?.map((issue) => ({ ...issue, path: placed(issue.path) }));
  return new Refusal(type, { ...others, ...(told && { issues: told }) }, placed(path));
}

/** Verdicts of entries that are tried as they are: what became of the quota since, adding finds out. */
const TRIED: readonly (string | null)[] = ['NEW', 'INCOMPLETE', 'QUOTA'];
async function added(use: UseCase, row: Row | undefined, choice: Choice, answersLeft: number): Promise<string> {
  if (!row) throw notFound({}, ENTRIES);
  if (row.contact_id) throw invalid(ENTRIES, 'ADDED', REASONS.ADDED);
  checkVerdict(row, choice, answersLeft);
  const { tagIds, values, inPlace } = choice;
  const contactId = await addContact(use, {
    company: row.company ?? undefined,
    position: row.job_title ?? undefined,
    email: row.email ?? undefined,
    address: row.address ?? undefined,
    remark: row.remark ?? undefined,
    ...inPlace,
    name: nameOf(row, inPlace),
    phone: inPlace.phone ?? row.phone ?? '',
    tagIds,
    customFields: values,
    furtherPhones: row.further_phones,
    anyFurtherPhones: true,
    source: 'VCARD',
  });
  await use.on(contactBookEntries).updateTable('contact_book_entries').set({ contact_id: contactId }).where('id', '=', row.id).execute();
  return contactId;
}

/** What was said of an entry was said of its phone: of another one nothing was, and that it is known is an answer as any (spec 3.4). */
function checkVerdict({ verdict, reason }: Row, { inPlace }: Choice, answersLeft: number): void {
  if (inPlace.phone !== undefined) {
    if (answersLeft <= 0) throw invalid(['input', 'phone'], 'UNTOLD', REASONS.UNTOLD);
    return;
  }
  if (TRIED.includes(verdict) || (verdict === 'INVALID' && inPlace.name !== undefined)) return;
  throw invalid(ENTRIES, verdict ?? 'UNTOLD', { en: reason ?? '', 'zh-CN': reason ?? '' });
}
function nameOf({ name }: Row, inPlace: InPlace): string {
  const called = inPlace.name ?? name;
  if (called === null) throw invalid(['input', 'name'], 'NO_NAME', FAULTS.NO_NAME);
  return called;
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
