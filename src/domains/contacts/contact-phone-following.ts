import type { UseCase } from '../../sdk/index.ts';
import type { PhoneHolders } from '../directory/index.ts';
import { contacts } from './contact.entity.ts';
import { contactNow, writeContact } from './contact-editing.service.ts';
import { recordChanges } from './contact-history.service.ts';
import { writeSearchTerms } from './contact-search.service.ts';
import { furtherDigits } from './further-phones.rules.ts';

/** Contacts as holders of phones: when a contact's own phone changes, what it is found by and its history change with it (spec 3.7). */
export const contactHolders: PhoneHolders = {
  kind: 'CONTACT',
  index: 'contacts_phone',
  holderOf: async (use, phone, exceptId) => {
    const found = await use
      .on(contacts)
      .selectFrom('contacts')
      .select('id')
      .where('phone', '=', phone)
      .where('id', '<>', exceptId)
      .where('deleted_at', 'is', null)
      .executeTakeFirst();
    return found?.id;
  },
  phoneOf: async (use, id) => {
    const found = await use
      .on(contacts)
      .selectFrom('contacts')
      .select('phone')
      .where('id', '=', id)
      .where('deleted_at', 'is', null)
      .executeTakeFirst();
    return found?.phone;
  },
  amongThese: async (use, phones) => {
    const found = await use
      .on(contacts)
      .selectFrom('contacts')
      .select(['id', 'phone'])
      .$if(phones !== undefined, (query) => query.where((of) => of('phone', '=', of.fn.any(of.val([...phones!])))))
      .where('deleted_at', 'is', null)
      .execute();
    return found;
  },
  take: async (use, id, phone) => {
    if (!(await isThere(use, id))) return;
    const now = await contactNow(use, id);
    writeContact(use, id, { phone, phone_extension: null, is_mobile: true });
    const further = furtherDigits(now.further_phones);
    await writeSearchTerms(use, id, { name: now.name, phone, extension: null, company: now.company, further });
    recordChanges(use, id, [
      { field: 'phone', old: now.phone, new: phone },
      { field: 'phoneExtension', old: now.phone_extension, new: null },
    ]);
  },
};

/** Locks it; one in the bin keeps its number. */
async function isThere(use: UseCase, id: string): Promise<boolean> {
  const found = await use
    .on(contacts)
    .selectFrom('contacts')
    .select('id')
    .where('id', '=', id)
    .where('deleted_at', 'is', null)
    .forNoKeyUpdate()
    .executeTakeFirst();
  return found !== undefined;
}
