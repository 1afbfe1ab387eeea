import { type HiringChoice, OvertakenError, shared, type UseCase } from '../../sdk/index.ts';
import { departmentClosure, departmentMembers, havingPhones, phoneBelongsToContact, takePhonesOfStaff } from '../directory/index.ts';
import { contacts } from './contact.entity.ts';
import { deleteContact } from './contact-deleting.service.ts';
import { contactShares } from './contact-share.entity.ts';
import { contact } from './permissions.ts';
import { countPhoneAnswer, mayAskAboutPhones } from './phone-answer.service.ts';
import { whoCanShare } from './share-granters.service.ts';

interface Phone {
  readonly phone: string;
  readonly path: readonly string[];
  /** The contacts of this phone that were found, and about which it was decided. */
  readonly contactIds: readonly string[];
}
/** Once, at the end: no contact has got one of the phones meanwhile, and none gets it before this is committed. Named before the quota, which those who add contacts hold. */
const noOther = shared<Phone>('contacts.employed', async (use, parts) => {
  await takePhonesOfStaff(use);
  const known = new Map(parts.map((part) => [part.phone, part]));
  const rows = await havingPhones(use, 'CONTACT', [...known.keys()]);
  const come = rows.find(({ id, phone }) => !known.get(phone)!.contactIds.includes(id));
  if (come) throw new OvertakenError(phoneBelongsToContact({ choices: ['KEEP'], existingContact: null }, known.get(come.phone)!.path));
});

/** Many are employed whose phones were no contact's. */
export function expectNone(use: UseCase, phones: readonly string[]): void {
  for (const phone of phones) use.last(noOther, { phone, path: ['input'], contactIds: [] });
}

/**
 * Somebody is employed, or gets a phone who is, and it may be a contact's. Without a choice that is the seat's to make, it is refused; toward
 * a seat that may not read every contact it is one of its answers that a phone is known.
 * @returns the contact that stays, whose person is the one who is employed
 * @throws RATE_LIMITED, PhoneBelongsToContact
 */
export async function settleHiring(
  use: UseCase,
  { phone, choice, path }: { readonly phone: string; readonly choice?: HiringChoice; readonly path: readonly string[] },
): Promise<string | undefined> {
  const readsAll = use.seat.rights.get('CONTACTS') === 'ALL';
  if (!readsAll) await mayAskAboutPhones(use);
  const contactIds = (await havingPhones(use, 'CONTACT', [phone])).map(({ id }) => id);
  use.last(noOther, { phone, path, contactIds });
  const [first] = contactIds;
  if (first === undefined) return undefined;
  const choices = await choicesOf(use, contactIds);
  if (!choice || !choices.includes(choice)) {
    if (!readsAll) countPhoneAnswer(use);
    const mayFind = await use.may('Contact', first, contact.insiders);
    throw phoneBelongsToContact({ choices, existingContact: mayFind ? first : null }, path);
  }
  if (choice === 'KEEP') return first;
  for (const id of contactIds) await convert(use, id);
  return undefined;
}

/** Ids of employees who could find the contacts of a phone: they lose them where these are converted. */
export async function whoFinds(use: UseCase, phone: string): Promise<string[]> {
  const contactIds = (await havingPhones(use, 'CONTACT', [phone])).map(({ id }) => id);
  if (contactIds.length === 0) return [];
  const owned = await use.on(contacts).selectFrom('contacts').select('owner_id').where('id', 'in', contactIds).execute();
  const above = await Promise.all(owned.map(({ owner_id: ownerId }) => whoCanShare(use, ownerId)));
  const shares = use.on(contactShares, departmentClosure, departmentMembers);
  const inPerson = await shares
    .selectFrom('contact_shares')
    .select('employee_id')
    .where('contact_id', 'in', contactIds)
    .where('employee_id', 'is not', null)
    .execute();
  const byDepartment = await shares
    .selectFrom('contact_shares as share')
    .innerJoin('department_closure as tree', (join) =>
      join.onRef('tree.organization_id', '=', 'share.organization_id').onRef('tree.ancestor_id', '=', 'share.department_id'),
    )
    .innerJoin('department_members as member', (join) =>
      join.onRef('member.organization_id', '=', 'tree.organization_id').onRef('member.department_id', '=', 'tree.descendant_id'),
    )
    .select('member.employee_id')
    .where('share.organization_id', '=', use.organizationId)
    .where('share.contact_id', 'in', contactIds)
    .execute();
  return [...above.flat().map(({ id }) => id), ...[...inPerson, ...byDepartment].map((one) => one.employee_id!)];
}

/** To convert is to delete: that is for those who may. */
async function choicesOf(use: UseCase, contactIds: readonly string[]): Promise<HiringChoice[]> {
  for (const id of contactIds) if (!(await use.may('Contact', id, contact.delete))) return ['KEEP'];
  return ['CONVERT', 'KEEP'];
}

/** The contact goes into the bin, from which it comes back while nobody else has the phone. @throws FORBIDDEN */
async function convert(use: UseCase, contactId: string): Promise<void> {
  await use.authorize('Contact', contactId, contact.delete);
  await deleteContact(use, contactId, true);
}

/** The same of a contact that may have gone by itself meanwhile. @throws FORBIDDEN */
export async function convertContact(use: UseCase, contactId: string): Promise<void> {
  const found = await use
    .on(contacts)
    .selectFrom('contacts')
    .select('id')
    .where('id', '=', contactId)
    .where('deleted_at', 'is', null)
    .execute();
  if (found.length) await convert(use, contactId);
}
