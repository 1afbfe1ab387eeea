import type { Phone } from '../../sdk/core.ts';
import { contactOwnerChanged, type UseCase } from '../../sdk/index.ts';
import { seatIndex } from '../accounts/index.ts';
import { closeConflictsOf, employees, phoneFollowsAccount } from '../directory/index.ts';
import { phoneOf } from '../organization/index.ts';
import { openSeat } from './contact-adding.service.ts';
import { contactNow, writeContact } from './contact-editing.service.ts';
import { recordChanges } from './contact-history.service.ts';
import { takingPhone } from './contact-phone.service.ts';
import { writeSearchTerms } from './contact-search.service.ts';
import { furtherDigits } from './further-phones.rules.ts';

/**
 * Gives a contact, whose row is locked, another owner; null for nobody.
 * @returns the former owner; undefined where nothing has happened, because it is the owner already.
 */
export async function changeOwner(
  use: UseCase,
  contactId: string,
  owner: { readonly id: string; readonly name: string } | null,
): Promise<string | null | undefined> {
  const now = await contactNow(use, contactId);
  if (now.owner_id === (owner?.id ?? null)) return undefined;
  const former =
    now.owner_id && (await use.on(employees).selectFrom('employees').select('name').where('id', '=', now.owner_id).executeTakeFirst());
  writeContact(use, contactId, { owner_id: owner?.id ?? null });
  recordChanges(use, contactId, [{ field: 'owner', old: former ? former.name : null, new: owner?.name ?? null }]);
  await use.announce(contactOwnerChanged({ contactId, from: now.owner_id, to: owner?.id ?? null }));
  return now.owner_id;
}

/**
 * Moves a contact, whose row is locked, to a new number; what hangs on it stays (spec 3.7). One that somebody has signed in to gets no other than
 * that of its account, where admins had to decide and nobody else has it by now.
 * @throws PhoneFollowsAccount, ValidationFailed, and what adding a contact of this phone would be refused with.
 */
export async function changePhone(use: UseCase, contactId: string, typed: string): Promise<void> {
  const seats = use.service(seatIndex);
  const phone = await phoneOf(use, typed);
  if ((await seats.isUsed(use, contactId)) && (await seats.phoneOf(use, contactId)) !== phone.e164)
    throw phoneFollowsAccount({ own: false }, ['input', 'phone']);
  const now = await contactNow(use, contactId);
  const extension = phone.extension ?? null;
  const write = async () => writeContact(use, contactId, { phone: phone.e164, phone_extension: extension, is_mobile: phone.isMobile });
  if (phone.e164 !== now.phone) await takingPhone(use, phone.e164, write, { id: contactId });
  await moveSeat(use, now, phone);
  if (phone.e164 === now.phone && extension === now.phone_extension) return;
  if (phone.e164 === now.phone) await write();
  const further = furtherDigits(now.further_phones);
  await writeSearchTerms(use, contactId, { name: now.name, phone: phone.e164, extension, company: now.company, further });
  recordChanges(use, contactId, [
    { field: 'phone', old: now.phone, new: phone.e164 },
    { field: 'phoneExtension', old: now.phone_extension, new: extension },
  ]);
}

/** Only a mobile is a seat of whoever proves it. Also where the number stays: the seat may stand at another, about which admins had to decide. */
async function moveSeat(
  use: UseCase,
  before: { readonly id: string; readonly is_mobile: boolean },
  { e164, isMobile }: Phone,
): Promise<void> {
  const seats = use.service(seatIndex);
  await closeConflictsOf(use, [before.id]);
  if (isMobile && before.is_mobile) await seats.movePhone(use, before.id, e164);
  else if (isMobile) await openSeat(use, before.id, e164);
  else if (before.is_mobile) await seats.end(use, [before.id]);
}
