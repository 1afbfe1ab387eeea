import { buffer } from 'node:stream/consumers';
import { missingIn, textIn } from '../../sdk/core.ts';
import { filesService, type Issue, invalid, type Language, type UseCase } from '../../sdk/index.ts';
import { contact, countPhoneAnswers, type FieldsNow, holdFields, missingBuiltIn, phoneAnswersLeft, placesLeft } from '../contacts/index.ts';
import { havingPhones, phonesHeldBy } from '../directory/index.ts';
import { organizationOf } from '../organization/index.ts';
import { contactBookEntries, contactBooks } from './book.entity.ts';
import { bookPurpose } from './book.purpose.ts';
import { FAULTS, REASONS } from './book.reasons.ts';
import { type Draft, draftOf } from './book-draft.ts';
import { type KnownPhones, type Verdict, verdictsOf } from './book-verdicts.ts';
import { entriesOf } from './vcard-reader.ts';

export const MOST_ENTRIES = 5_000;
const PATH = ['input', 'uploadId'];

/**
 * Reads a phone book that the seat has sent, and says of each entry what would happen.
 * @returns its id. @throws NotFound, ValidationFailed for a file without entries, or with too many
 */
export async function readBook(use: UseCase, uploadId: string): Promise<string> {
  const id = use.newId();
  const fields = await holdFields(use);
  const files = use.service(filesService);
  await files.attach(use, { uploadId, purpose: bookPurpose.purpose, to: { type: 'ContactBook', id }, path: PATH });
  const drafts = await draftsIn(await buffer(await files.readWithin(use, uploadId)), (await organizationOf(use)).country);
  const known = await knownPhones(
    use,
    drafts.flatMap(({ fault, e164 }) => (!fault && e164 ? [e164] : [])),
  );
  const { verdicts, told } = verdictsOf(drafts, known, (draft) => missingOf(draft, fields).length === 0);
  countPhoneAnswers(use, told);
  use.on(contactBooks).add({ id, employee_id: use.seat.id, upload_id: uploadId, created_at: use.now });
  const missing = (draft: Draft): string =>
    missingOf(draft, fields)
      .map(({ message }) => textIn(message, use.language))
      .join(' ');
  use.on(contactBookEntries).add(
    drafts.map((draft, i) => {
      const verdict = verdicts[i]!;
      const isLacking = verdict.verdict === 'INCOMPLETE' || verdict.verdict === 'INVALID';
      const reason = [reasonOf(verdict, use.language), isLacking ? missing(draft) : ''].filter(Boolean).join(' ') || null;
      return { ...rowOf(use, draft), book_id: id, position: i, verdict: verdict.verdict, reason };
    }),
  );
  return id;
}

/** What contacts must have and no card says of them (spec 3.10). */
const missingOf = (draft: Draft, { own, required }: FieldsNow): Issue[] => [
  ...missingBuiltIn(required, { ...draft }, []),
  ...missingIn(own, new Map(), []),
];

function reasonOf({ why }: Verdict, language: Language): string | null {
  const message = why === null ? undefined : why in FAULTS ? FAULTS[why as keyof typeof FAULTS] : REASONS[why as keyof typeof REASONS];
  return message?.[language] ?? null;
}

async function draftsIn(bytes: Buffer, country: string): Promise<Draft[]> {
  const drafts: Draft[] = [];
  for await (const entry of entriesOf(bytes)) {
    if (drafts.length === MOST_ENTRIES)
      throw invalid(PATH, 'TOO_MANY_ENTRIES', {
        en: `A phone book may have ${MOST_ENTRIES} entries: divide it.`,
        'zh-CN': `通讯录最多 ${MOST_ENTRIES} 条，请拆分后再试。`,
      });
    drafts.push(draftOf(entry, country));
  }
  if (drafts.length > 0) return drafts;
  throw invalid(PATH, 'NO_ENTRIES', { en: 'There is no vCard in this file.', 'zh-CN': '该文件中没有 vCard 名片。' });
}

async function knownPhones(use: UseCase, phones: readonly string[]): Promise<KnownPhones> {
  const answers = await phoneAnswersLeft(use);
  const { left: places } = await placesLeft(use);
  if (phones.length === 0) return { answers, places, employees: new Set(), contacts: new Set(), found: new Set() };
  const staff = await phonesHeldBy(use, 'EMPLOYEE', phones);
  const known = await havingPhones(use, 'CONTACT', phones);
  const found = new Set<string>();
  for (const { id, phone } of known) if (await use.may('Contact', id, contact.insiders)) found.add(phone);
  return {
    answers,
    places,
    employees: staff,
    contacts: new Set(known.map(({ phone }) => phone)),
    found,
  };
}

function rowOf(use: UseCase, draft: Draft) {
  return {
    id: use.newId(),
    name: draft.name,
    phone: draft.phone,
    further_phones: draft.furtherPhones,
    company: draft.company,
    job_title: draft.position,
    email: draft.email,
    address: draft.address,
    remark: draft.remark,
    photo: draft.hasPhoto ? ('WAITING' as const) : null,
    contact_id: null,
  };
}
