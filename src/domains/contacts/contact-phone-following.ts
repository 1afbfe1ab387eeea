import type { UseCase } from '../../sdk/index.ts';
import type { PhoneHolders } from '../directory/index.ts';
import { contacts } from './contact.entity.ts';
import { type ContactNow, contactNow, writeContact } from './contact-editing.service.ts';
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
  take: async (use, given) => {
    const there = await lockPresent(
      use,
      given.map(({ id }) => id),
    );
    const taking = given.filter(({ id }) => there.has(id));
    const before = new Map<string, ContactNow>();
    for (const { id } of taking) before.set(id, await contactNow(use, id));
    if (taking.length > 1)
      await use
        .on(contacts)
        .updateTable('contacts')
        .set((of) => ({ phone: of.cast<string>('id', 'text') })) // nobody has the number of another of them meanwhile
        .where('id', 'in', [...there])
        .execute();
    for (const { id, phone } of taking) await writePhone(use, before.get(id)!, phone);
  },
};

/** Gives a contact, whose row is locked, another number (a mobile, E.164), by which it is found from then on. */
export async function writePhone(use: UseCase, now: ContactNow, phone: string): Promise<void> {
  writeContact(use, now.id, { phone, phone_extension: null, is_mobile: true });
  const further = furtherDigits(now.further_phones);
  await writeSearchTerms(use, now.id, { name: now.name, phone, extension: null, company: now.company, further });
  recordChanges(use, now.id, [
    { field: 'phone', old: now.phone, new: phone },
    { field: 'phoneExtension', old: now.phone_extension, new: null },
  ]);
}

/** Locks them; one in the bin keeps its number. */
async function lockPresent(use: UseCase, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const found = await use
    .on(contacts)
    .selectFrom('contacts')
    .select('id')
    .where('id', 'in', ids)
    .where('deleted_at', 'is', null)
    .orderBy('id')
    .forNoKeyUpdate()
    .execute();
  return new Set(found.map(({ id }) => id));
}
