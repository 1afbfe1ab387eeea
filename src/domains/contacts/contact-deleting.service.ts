import { contactDeleted, contactRestored, notFound, type UseCase } from '../../sdk/index.ts';
import { seatIndex } from '../accounts/index.ts';
import { isRestorable } from './contact.rules.ts';
import { openSeat } from './contact-adding.service.ts';
import { contactNow, writeContact } from './contact-editing.service.ts';
import { recordChanges } from './contact-history.service.ts';
import { holdingPhone } from './contact-phone.service.ts';
import { givePlaceBack, takePlace } from './contact-quota.service.ts';
import { contact } from './permissions.ts';

/**
 * Puts a contact into the bin: it is gone for everybody, its seat ends, its phone is free (spec 3.8).
 * @throws NotFound, FORBIDDEN
 */
export async function deleteContact(use: UseCase, contactId: string): Promise<void> {
  await use.authorize('Contact', contactId, contact.delete);
  await writeContact(use, contactId, { deleted_at: use.now, deleted_by: use.seat.id });
  await givePlaceBack(use);
  await use.service(seatIndex).end(use, contactId);
  await recordChanges(use, contactId, [{ field: 'deletedAt', old: null, new: use.now.toISOString() }]);
  await use.announce(contactDeleted({ contactId }));
}

/**
 * Takes a contact out of the bin, for 30 days.
 * @throws NotFound, FORBIDDEN, PhoneBelongsToEmployee, ContactPhoneTaken, ContactQuotaReached
 */
export async function restoreContact(use: UseCase, contactId: string): Promise<void> {
  await use.authorize('Contact', contactId, contact.delete, { absentToo: true });
  const { deleted_at: deletedAt, phone, is_mobile: isMobile } = await contactNow(use, contactId);
  if (!deletedAt || !isRestorable(deletedAt, use.now)) throw notFound({});
  await holdingPhone(use, phone, async () => {
    await takePlace(use);
    await writeContact(use, contactId, { deleted_at: null, deleted_by: null });
  });
  if (isMobile) await openSeat(use, contactId, phone);
  await recordChanges(use, contactId, [{ field: 'deletedAt', old: deletedAt.toISOString(), new: null }]);
  await use.announce(contactRestored({ contactId }));
}
