import { invalid, notFound, type UseCase } from '../../sdk/index.ts';
import { seatIndex } from '../accounts/index.ts';
import { employees } from '../directory/index.ts';
import { organizations } from '../organization/index.ts';
import { type ContactSource, contacts } from './contact.entity.ts';
import { isEmail } from './contact.rules.ts';
import { recordChanges } from './contact-history.service.ts';
import { phoneOf, takingPhone } from './contact-phone.service.ts';
import { takePlace } from './contact-quota.service.ts';
import { sortName } from './contact-search.rules.ts';
import { companyOf, writeSearchTerms } from './contact-search.service.ts';
import { oneOfAGroup, putTags, tagNames, tagsOf } from './contact-tagging.service.ts';

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
}

const DETAILS = ['position', 'address', 'email', 'remark'] as const;

/** @throws NotFound, and ValidationFailed for an owner who has left. */
export async function findOwner(use: UseCase, ownerId: string, path: readonly string[]): Promise<{ id: string; name: string }> {
  await use.find('Employee', ownerId);
  const owner = await use
    .on({ employees })
    .selectFrom('employees')
    .select(['id', 'name', 'left_at'])
    .where('id', '=', ownerId)
    .executeTakeFirst();
  if (!owner) throw notFound({}, path);
  if (owner.left_at) throw invalid(path, 'LEFT', 'This employee has left the organization.');
  return owner;
}

/**
 * Adds a contact (spec 3.1, 3.2). The adder becomes the owner unless another is named.
 * @returns its id.
 * @throws NotFound for tags and owner, ValidationFailed, RATE_LIMITED, PhoneBelongsToEmployee, ContactPhoneTaken, ContactQuotaReached
 */
export async function addContact(use: UseCase, given: NewContact): Promise<string> {
  const tags = await tagsOf(use, given.tagIds, ['input', 'tagIds']);
  const ownerId = given.ownerId === undefined ? use.seat.id : given.ownerId;
  const owner = ownerId === null ? null : await findOwner(use, ownerId, ['input', 'ownerId']);
  oneOfAGroup(tags, ['input', 'tagIds']);
  if (given.email && !isEmail(given.email)) throw notAnEmail();
  const phone = await phoneOf(use, given.phone);
  const id = use.newId();
  const company = await companyOf(use, given.company ?? '');
  const details = Object.fromEntries(DETAILS.map((name) => [name, given[name] || null])) as Record<(typeof DETAILS)[number], string | null>;
  await takingPhone(use, phone.e164, async () => {
    await takePlace(use);
    await use
      .on({ contacts })
      .insertInto('contacts')
      .values({
        organization_id: use.organizationId,
        id,
        name: given.name,
        sort_name: sortName(given.name),
        phone: phone.e164,
        phone_extension: phone.extension ?? null,
        is_mobile: phone.isMobile,
        company_id: company.id,
        ...details,
        owner_id: ownerId,
        source: given.source ?? 'MANUAL',
        created_by: use.seat.kind === 'EMPLOYEE' ? use.seat.id : null,
        created_at: use.now,
        updated_at: use.now,
      })
      .execute();
  });
  await putTags(use, id, tags);
  await writeSearchTerms(use, id, { name: given.name, phone: phone.e164, company: company.name });
  if (phone.isMobile) await openSeat(use, id, phone.e164);
  const made = {
    name: given.name,
    phone: phone.e164,
    phoneExtension: phone.extension ?? null,
    tags: tagNames(tags),
    owner: owner?.name ?? null,
    company: company.name,
    ...details,
  };
  await recordChanges(
    use,
    id,
    Object.entries(made).map(([field, value]) => ({ field, old: null, new: value })),
  );
  return id;
}

/** A contact with a mobile is a seat of whoever proves the number (spec 2.1). */
export async function openSeat(use: UseCase, contactId: string, phone: string): Promise<void> {
  const { is_demo: isDemo } = await use
    .on({ organizations })
    .selectFrom('organizations')
    .select('is_demo')
    .where('organization_id', '=', use.organizationId)
    .executeTakeFirstOrThrow();
  await use.service(seatIndex).add(use, { seatId: contactId, kind: 'CONTACT', phone, isDemo });
}

export const notAnEmail = () => invalid(['input', 'email'], 'NOT_AN_EMAIL', 'This is no email address.');
