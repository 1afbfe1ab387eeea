import { contactDeleted, contactRestored, notFound, shared, type UseCase } from '../../sdk/index.ts';
import { seatIndex } from '../accounts/index.ts';
import { awaitDecision, closeConflictsOf, employees, havingPhones, keptBeside, leaveToAdmins } from '../directory/index.ts';
import { contacts } from './contact.entity.ts';
import { isRestorable } from './contact.rules.ts';
import { openSeat } from './contact-adding.service.ts';
import { contactNow, writeContact } from './contact-editing.service.ts';
import { recordChanges } from './contact-history.service.ts';
import { holdingPhone } from './contact-phone.service.ts';
import { writePhone } from './contact-phone-following.ts';
import { givePlaceBack, takePlace } from './contact-quota.service.ts';

const ending = shared<string>('contacts.seats', async (use, seatIds) => {
  await use.service(seatIndex).end(use, seatIds);
  await closeConflictsOf(use, seatIds);
});

/** Employees and contacts both have a number only where an admin has said so (spec 3.3). Asked once, of all that are deleted. */
const beside = shared<string>('contacts.beside', async (use, contactIds) => {
  await use
    .on(contacts, employees)
    .updateTable('contacts')
    .from('employees')
    .set((of) => ({ beside_id: of.ref('employees.id') }))
    .whereRef('employees.phone', '=', 'contacts.phone')
    .where('employees.left_at', 'is', null)
    .where((of) => of('contacts.id', '=', of.fn.any(of.val([...contactIds]))))
    .execute();
});

/** Puts a contact, whose row is locked, into the bin: it is gone for everybody, its seat ends, its phone is free (spec 3.8). @param isConverted its person is the employee from now on */
export async function deleteContact(use: UseCase, contactId: string, isConverted = false): Promise<void> {
  writeContact(use, contactId, { deleted_at: use.now, deleted_by: use.seat.id, beside_id: null });
  if (!isConverted) use.last(beside, contactId);
  givePlaceBack(use);
  use.last(ending, contactId);
  recordChanges(use, contactId, [{ field: 'deletedAt', old: null, new: use.now.toISOString() }]);
  await use.announce(contactDeleted({ contactId }));
}

/**
 * Takes a contact, whose row is locked, out of the bin, for 30 days. It is the seat of the account that it was: where that has another phone by
 * now, the contact follows (spec 3.7), unless somebody else in the organization has it: then admins decide, as about others who follow. They decide
 * as well about whoever's account has taken its number meanwhile.
 * @throws NotFound, PhoneBelongsToEmployee, ContactPhoneTaken, ContactQuotaReached
 */
export async function restoreContact(use: UseCase, contactId: string): Promise<void> {
  const now = await contactNow(use, contactId);
  const { deleted_at: deletedAt, phone: former, is_mobile: isMobile } = now;
  if (!deletedAt || !isRestorable(deletedAt, use.now)) throw notFound({});
  const besideId = now.beside_id ?? (await keptBeside(use, contactId, former));
  const proven = (isMobile ? await use.service(seatIndex).phoneOf(use, contactId) : undefined) ?? former;
  const isHeld = proven !== former && (await isHeldByOthers(use, proven, besideId));
  const phone = isHeld ? former : proven;
  const back = async () => {
    await takePlace(use);
    if (phone !== former) await writePhone(use, now, phone); // first: somebody else may have the former one by now
    writeContact(use, contactId, { deleted_at: null, deleted_by: null, beside_id: null });
  };
  await holdingPhone(use, phone, back, { id: contactId, isBack: true, besideId });
  if (isMobile) await openSeat(use, contactId, proven);
  if (isHeld) await leaveToAdmins(use, { seatId: contactId, kind: 'CONTACT', phone: proven });
  await awaitDecision(use, { kind: 'CONTACT', id: contactId }, phone);
  recordChanges(use, contactId, [{ field: 'deletedAt', old: deletedAt.toISOString(), new: null }]);
  await use.announce(contactRestored({ contactId }));
}

/** @param besideId an employee who may have it too */
async function isHeldByOthers(use: UseCase, phone: string, besideId: string | null): Promise<boolean> {
  if ((await havingPhones(use, 'CONTACT', [phone])).length) return true;
  return (await havingPhones(use, 'EMPLOYEE', [phone])).some(({ id }) => id !== besideId);
}

/** The order of their phones, of which no two contacts can be had at once: the same for everybody who takes several. */
export async function byPhone(use: UseCase, contactIds: readonly string[]): Promise<string[]> {
  if (contactIds.length === 0) return [];
  const rows = await use
    .on(contacts)
    .selectFrom('contacts')
    .select('id')
    .where('id', 'in', contactIds)
    .orderBy('phone')
    .orderBy('id')
    .execute();
  return rows.map(({ id }) => id);
}
