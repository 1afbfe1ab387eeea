import { type HiringChoice, OvertakenError, shared, type UseCase } from '../../sdk/index.ts';
import { phoneBelongsToContact, takePhonesOfStaff } from '../directory/index.ts';
import { contacts } from './contact.entity.ts';
import { deleteContact } from './contact-deleting.service.ts';
import { contact } from './permissions.ts';
import { countPhoneAnswer, mayAskAboutPhones } from './phone-answer.service.ts';

interface Phone {
  readonly phone: string;
  readonly path: readonly string[];
  /** The contact of this phone that was found, and about which it was decided. */
  readonly contactId: string | undefined;
}
/** Once, at the end: no contact has got one of the phones meanwhile, and none gets it before this is committed. Named before the quota, which those who add contacts hold. */
const noOther = shared<Phone>('contacts.employed', async (use, parts) => {
  await takePhonesOfStaff(use);
  const known = new Map(parts.map((part) => [part.phone, part]));
  const rows = await contactsOf(use, [...known.keys()]);
  const come = rows.find(({ id, phone }) => known.get(phone)!.contactId !== id);
  if (come) throw new OvertakenError(phoneBelongsToContact({ choices: ['KEEP'], existingContact: null }, known.get(come.phone)!.path));
});

const contactsOf = (use: UseCase, phones: readonly string[]) =>
  use
    .on(contacts)
    .selectFrom('contacts')
    .select(['id', 'phone'])
    .where((of) => of('phone', '=', of.fn.any(of.val([...phones]))))
    .where('deleted_at', 'is', null)
    .execute();

/** Many are employed whose phones were no contact's. */
export function expectNone(use: UseCase, phones: readonly string[]): void {
  for (const phone of phones) use.last(noOther, { phone, path: ['input'], contactId: undefined });
}

/**
 * Somebody is employed, or gets a phone who is, and it may be a contact's. Without a choice that is the seat's to make, it is refused; toward
 * a seat that may not read every contact it is one of its answers that a phone is known.
 * @throws RATE_LIMITED, PhoneBelongsToContact
 */
export async function settleHiring(
  use: UseCase,
  { phone, choice, path }: { readonly phone: string; readonly choice?: HiringChoice; readonly path: readonly string[] },
): Promise<void> {
  const readsAll = use.seat.rights.get('CONTACTS') === 'ALL';
  if (!readsAll) await mayAskAboutPhones(use);
  const [known] = await contactsOf(use, [phone]);
  use.last(noOther, { phone, path, contactId: known?.id });
  if (!known) return;
  const choices = await choicesOf(use, known.id);
  if (!choice || !choices.includes(choice)) {
    if (!readsAll) countPhoneAnswer(use);
    const mayFind = await use.may('Contact', known.id, contact.insiders);
    throw phoneBelongsToContact({ choices, existingContact: mayFind ? known.id : null }, path);
  }
  if (choice === 'CONVERT') await convert(use, known.id);
}

/** To convert is to delete: that is for those who may. */
const choicesOf = async (use: UseCase, contactId: string): Promise<HiringChoice[]> =>
  (await use.may('Contact', contactId, contact.delete)) ? ['CONVERT', 'KEEP'] : ['KEEP'];

/** The contact goes into the bin, from which it comes back while nobody else has the phone. @throws FORBIDDEN */
async function convert(use: UseCase, contactId: string): Promise<void> {
  await use.authorize('Contact', contactId, contact.delete);
  await deleteContact(use, contactId);
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
