import { type GivenValue, nameKey } from '../../sdk/core.ts';
import { cardsOfContacts, contactAdded, invalid, notFound, type UseCase } from '../../sdk/index.ts';
import { seatIndex } from '../accounts/index.ts';
import { employees } from '../directory/index.ts';
import { organizationOf, phoneOf } from '../organization/index.ts';
import { companyOf } from './company.service.ts';
import { type ContactSource, contacts } from './contact.entity.ts';
import { isEmail } from './contact.rules.ts';
import { type Change, recordChanges } from './contact-history.service.ts';
import { takingPhone } from './contact-phone.service.ts';
import { takePlace } from './contact-quota.service.ts';
import { writeSearchTerms } from './contact-search.service.ts';
import { oneOfAGroup, putTags, tagNames, tagsOf } from './contact-tagging.service.ts';
import { keepValues, takeValues } from './contact-values.service.ts';
import { furtherDigits, furtherPhoneTexts } from './further-phones.rules.ts';
import { type GivenPhone, takeFurtherPhones } from './further-phones.service.ts';

export interface NewContact {
  readonly name: string;
  /** As it was typed. */
  readonly phone: string;
  readonly tagIds: readonly string[];
  /** The adder, where nobody is named; null for nobody. */
  readonly ownerId?: string | null;
  readonly company?: string;
  readonly position?: string;
  readonly address?: string;
  readonly email?: string;
  readonly remark?: string;
  readonly source?: ContactSource;
  /** Of the organization's own fields: those that are required are there, or it is refused. */
  readonly customFields?: readonly GivenValue[];
  readonly furtherPhones?: readonly GivenPhone[];
  /** Further numbers stay as they were written, where they are none that exist. */
  readonly anyFurtherPhones?: boolean;
  /** The business card that it is made from. */
  readonly cardId?: string | null;
}

export interface Owner {
  readonly id: string;
  readonly name: string;
}
/** @throws NotFound, and ValidationFailed for an owner who has left. Whoever leaves meanwhile is waited for, or waits (`holdOwner`). */
export async function findOwner(use: UseCase, ownerId: string, path: readonly string[]): Promise<Owner> {
  await use.find('Employee', ownerId, path);
  return stillHere(await employeeNow(use, ownerId).executeTakeFirst(), path);
}
/** The same of somebody who was found before: they stay until the use case ends. Locked after the contacts. */
export const holdOwner = async (use: UseCase, ownerId: string, path: readonly string[]): Promise<Owner> =>
  stillHere(await employeeNow(use, ownerId).forShare().executeTakeFirst(), path);

const employeeNow = (use: UseCase, id: string) =>
  use.on(employees).selectFrom('employees').select(['id', 'name', 'left_at']).where('id', '=', id);
function stillHere(owner: (Owner & { readonly left_at: Date | null }) | undefined, path: readonly string[]): Owner {
  if (!owner) throw notFound({}, path);
  if (owner.left_at) throw invalid(path, 'LEFT', { en: 'This employee has left the organization.', 'zh-CN': '该员工已离职。' });
  return owner;
}

/**
 * Adds a contact (spec 3.1, 3.2). The adder becomes the owner unless another is named.
 * @param how `taking`: how the phone is taken; `holdingPhone` where whoever acts has not typed it.
 * @returns its id.
 * @throws NotFound for tags and owner, ValidationFailed, RATE_LIMITED, PhoneBelongsToEmployee, ContactPhoneTaken, ContactQuotaReached
 */
export async function addContact(use: UseCase, given: NewContact, { taking = takingPhone } = {}): Promise<string> {
  const made = await partsOf(use, given);
  const { name, phone, tags, company } = made;
  const id = use.newId();
  await taking(use, phone.e164, async () => {
    await takePlace(use);
    await insertContact(use, id, made);
  });
  await putTags(use, id, tags);
  await writeSearchTerms(use, id, {
    name,
    phone: phone.e164,
    extension: phone.extension ?? null,
    company: company.name,
    further: furtherDigits(made.further),
  });
  if (phone.isMobile) await openSeat(use, id, phone.e164);
  const further = await keepValues(use, id, made.custom);
  if (given.cardId) await use.service(cardsOfContacts).keep(use, given.cardId, id);
  recordChanges(use, id, [...beginnings(made), ...further]);
  await use.announce(contactAdded({ contactId: id, ownerId: made.owner?.id ?? null, source: made.source }));
  return id;
}

async function partsOf(use: UseCase, given: NewContact) {
  const { name, ownerId = use.seat.id, source = given.cardId ? ('CARD' as const) : ('MANUAL' as const) } = given;
  const tags = await tagsOf(use, given.tagIds, ['input', 'tagIds']);
  const owner = ownerId === null ? null : await holdOwner(use, ownerId, ['input', 'ownerId']);
  oneOfAGroup(tags, ['input', 'tagIds']);
  if (given.email && !isEmail(given.email)) throw notAnEmail();
  const phone = await phoneOf(use, given.phone);
  const company = await companyOf(use, given.company ?? '');
  const further = await takeFurtherPhones(use, given.furtherPhones ?? [], { main: phone.e164, strict: !given.anyFurtherPhones });
  const details = {
    position: given.position || null,
    address: given.address || null,
    email: given.email || null,
    remark: given.remark || null,
  };
  const custom = await takeValues(use, { given: given.customFields, texts: { company: company.name, ...details } });
  return { name, source, tags, owner, phone, further, company, details, custom };
}
type Parts = Awaited<ReturnType<typeof partsOf>>;

async function insertContact(
  use: UseCase,
  id: string,
  { name, source, owner, phone, further, company, details, custom }: Parts,
): Promise<void> {
  await use
    .on(contacts)
    .insertInto('contacts')
    .values({
      organization_id: use.organizationId,
      id,
      name,
      sort_name: nameKey(name, 'PERSON'),
      phone: phone.e164,
      phone_extension: phone.extension ?? null,
      is_mobile: phone.isMobile,
      further_phones: JSON.stringify(further) as never,
      company_id: company.id,
      ...details,
      field_values: custom.values,
      owner_id: owner?.id ?? null,
      source,
      created_by: use.seat.kind === 'EMPLOYEE' ? use.seat.id : null,
      created_at: use.now,
      updated_at: use.now,
    })
    .execute();
}

/** The history begins with all that a contact was added with (spec 3.16). */
const beginnings = ({ name, tags, owner, phone, further, company, details }: Parts): Change[] =>
  Object.entries({
    name,
    phone: phone.e164,
    phoneExtension: phone.extension ?? null,
    furtherPhones: further.length ? furtherPhoneTexts(further) : null,
    tags: tagNames(tags),
    owner: owner?.name ?? null,
    company: company.name,
    ...details,
  }).map(([field, value]) => ({ field, old: null, new: value }));

/** A contact with a mobile is a seat of whoever proves the number (spec 2.1). */
export async function openSeat(use: UseCase, contactId: string, phone: string): Promise<void> {
  const { is_demo: isDemo } = await organizationOf(use);
  await use.service(seatIndex).add(use, { seatId: contactId, kind: 'CONTACT', phone, isDemo });
}

export const notAnEmail = () =>
  invalid(['input', 'email'], 'NOT_AN_EMAIL', { en: 'This is no email address.', 'zh-CN': '这不是有效的邮箱地址。' });
