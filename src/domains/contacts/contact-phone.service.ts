import { serverSecret, violates } from '../../sdk/core.ts';
import { Refusal, type UseCase } from '../../sdk/index.ts';
import { havingPhones, sharePhonesOfStaff } from '../directory/index.ts';
import { contacts } from './contact.entity.ts';
import { contactPhoneTaken, phoneBelongsToEmployee } from './contact.errors.ts';
import { contact } from './permissions.ts';
import { countPhoneAnswer, mayAskAboutPhones } from './phone-answer.service.ts';
import { shareGranters } from './share-granters.service.ts';
import { sealRequest } from './share-request.token.ts';

/**
 * Gives a contact a phone that the seat has typed. That it is known is one of the seat's answers of the day.
 * @throws RATE_LIMITED, PhoneBelongsToEmployee, ContactPhoneTaken (spec 3.3, 3.4)
 */
export async function takingPhone<T>(use: UseCase, e164: string, write: () => Promise<T>): Promise<T> {
  await mayAskAboutPhones(use);
  try {
    return await holdingPhone(use, e164, write);
  } catch (error) {
    if (error instanceof Refusal && PHONE_IS_KNOWN.has(error.type.name)) countPhoneAnswer(use);
    throw error;
  }
}
const PHONE_IS_KNOWN = new Set([contactPhoneTaken.name, phoneBelongsToEmployee.name]);

/**
 * Does what makes a contact hold a phone. The one place where a phone that is known becomes a named refusal, found before or, in a race,
 * by the database's own index.
 * @param besideId an employee who may have it too: an admin has said so
 * @throws PhoneBelongsToEmployee, ContactPhoneTaken
 */
export async function holdingPhone<T>(use: UseCase, e164: string, write: () => Promise<T>, besideId: string | null = null): Promise<T> {
  const [, staff] = await Promise.all([sharePhonesOfStaff(use), havingPhones(use, 'EMPLOYEE', [e164])]); // looked at behind the turn
  if (staff.some(({ id }) => id !== besideId)) throw phoneBelongsToEmployee({}, ['input', 'phone']);
  const taken = await phoneTaken(use, e164);
  if (taken) throw taken;
  try {
    return await use.inSavepoint(write);
  } catch (error) {
    if (!violates(error, 'contacts_phone')) throw error;
    throw (await phoneTaken(use, e164)) ?? error;
  }
}

async function phoneTaken(use: UseCase, e164: string): Promise<Refusal | undefined> {
  const [first] = await havingPhones(use, 'CONTACT', [e164]);
  if (!first) return undefined;
  const known = await use
    .on(contacts)
    .selectFrom('contacts')
    .select(['id', 'owner_id'])
    .where('id', '=', first.id)
    .executeTakeFirstOrThrow();
  const mayFind = await use.may('Contact', known.id, contact.insiders);
  const facts = {
    askToShare: await shareGranters(use, known.owner_id),
    requestToken: sealRequest(use.service(serverSecret), { seatId: use.seat.id, contactId: known.id }, use.now),
    existingContact: mayFind ? known.id : null,
  };
  return contactPhoneTaken(facts, ['input', 'phone']);
}
