import type { GivenValue } from '../../sdk/core.ts';
import { RAISED, type UseCase, versionConflict } from '../../sdk/index.ts';
import { companyOf } from './company.service.ts';
import { companies, contacts, type FurtherPhone } from './contact.entity.ts';
import { edited, isEmail } from './contact.rules.ts';
import { notAnEmail } from './contact-adding.service.ts';
import { type Change, recordChanges } from './contact-history.service.ts';
import { writeSearchTerms } from './contact-search.service.ts';
import { changeTags, oneOfAGroup, type TagRow, tagsOfContact } from './contact-tagging.service.ts';
import { keepValues, takeValues } from './contact-values.service.ts';
import { furtherDigits, furtherPhoneTexts } from './further-phones.rules.ts';
import { type GivenPhone, takeFurtherPhones } from './further-phones.service.ts';

/** What is left out stays; an empty text takes a value away. */
export interface ContactEdit {
  readonly name?: string;
  readonly company?: string;
  readonly position?: string;
  readonly address?: string;
  readonly email?: string;
  readonly remark?: string;
  readonly tags?: readonly TagRow[];
  readonly customFields?: readonly GivenValue[];
  /** All that there are from now on. */
  readonly furtherPhones?: readonly GivenPhone[];
}
const TEXTS = ['position', 'address', 'email', 'remark'] as const;
const FOUND_BY = ['name', 'company', 'furtherPhones'];

export const contactNow = (use: UseCase, contactId: string) =>
  use
    .on(contacts, companies)
    .selectFrom('contacts as contact')
    .leftJoin('companies as company', (join) =>
      join.onRef('company.organization_id', '=', 'contact.organization_id').onRef('company.id', '=', 'contact.company_id'),
    )
    .selectAll('contact')
    .select('company.name as company')
    .where('contact.id', '=', contactId)
    .executeTakeFirstOrThrow();
export type ContactNow = Awaited<ReturnType<typeof contactNow>>;

/** @throws VersionConflict, with the contact as it is now, where it has changed since it was read (api 1). */
export async function expectVersion(use: UseCase, contactId: string, expected: number): Promise<ContactNow> {
  const now = await contactNow(use, contactId);
  if (now.version !== expected) throw versionConflict({ current: { type: 'Contact', uuid: contactId } }, ['input', 'expectedVersion']);
  return now;
}

/** Raises the version and writes columns of a contact whose row the use case has locked, without waiting. */
export const writeContact = (
  use: UseCase,
  contactId: string,
  values: Partial<Omit<ContactNow, 'company' | 'id' | 'organization_id' | 'version' | 'custom_fields'>>,
): void => use.on(contacts).change({ id: contactId }, { ...values, version: RAISED, updated_at: use.now });

/**
 * Edits everything but the phone (spec 3.7).
 * @param now the contact as it was read under the lock.
 * @throws ValidationFailed
 */
export async function updateContact(use: UseCase, now: ContactNow, edit: ContactEdit): Promise<void> {
  if (edit.email && !isEmail(edit.email)) throw notAnEmail();
  if (edit.tags) oneOfAGroup(edit.tags, ['input', 'tagIds']);
  const name = edit.name ?? now.name;
  const company = edit.company === undefined ? { id: now.company_id, name: now.company } : await companyOf(use, edit.company);
  const texts = Object.fromEntries(TEXTS.map((field) => [field, edited(edit[field], now[field])])) as Pick<
    ContactNow,
    (typeof TEXTS)[number]
  >;
  const custom = await takeValues(use, { given: edit.customFields, before: now.field_values, texts: { company: company.name, ...texts } });
  const further = edit.furtherPhones ? await takeFurtherPhones(use, edit.furtherPhones, { main: now.phone }) : now.further_phones;
  const changes: Change[] = [
    { field: 'name', old: now.name, new: name },
    { field: 'company', old: now.company, new: company.name },
    ...TEXTS.map((field) => ({ field, old: now[field], new: texts[field] })),
    ...changesOfPhones(now.further_phones, further),
    ...(await keepValues(use, now.id, custom)),
  ].filter(({ old, new: then }) => old !== then);
  const tagged = edit.tags ? await changeTags(use, now.id, await tagsOfContact(use, now.id), edit.tags, ['input', 'tagIds']) : false;
  if (changes.length === 0 && !tagged) return;
  writeContact(use, now.id, { name, company_id: company.id, field_values: custom.values, further_phones: further, ...texts });
  recordChanges(use, now.id, changes);
  if (changes.some(({ field }) => FOUND_BY.includes(field))) {
    const searched = { name, phone: now.phone, extension: now.phone_extension, company: company.name, further: furtherDigits(further) };
    await writeSearchTerms(use, now.id, searched);
  }
}

function changesOfPhones(before: readonly FurtherPhone[], after: readonly FurtherPhone[]): Change[] {
  const [old, now] = [before, after].map((phones) => (phones.length ? furtherPhoneTexts(phones) : null));
  return JSON.stringify(old) === JSON.stringify(now) ? [] : [{ field: 'furtherPhones', old: old!, new: now! }];
}
