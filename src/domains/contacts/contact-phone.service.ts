import { serverSecret, violates } from '../../sdk/core.ts';
import { Refusal, type UseCase } from '../../sdk/index.ts';
import { havingPhones, sharePhonesOfStaff, writtenPhones } from '../directory/index.ts';
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
export async function takingPhone<T>(use: UseCase, e164: string, write: () => Promise<T>, whose: PhoneOf = {}): Promise<T> {
  await mayAskAboutPhones(use);
  try {
    return await holdingPhone(use, e164, write, whose);
  } catch (error) {
    if (error instanceof Refusal && PHONE_IS_KNOWN.has(error.type.name)) countPhoneAnswer(use);
    throw error;
  }
}
const PHONE_IS_KNOWN = new Set([contactPhoneTaken.name, phoneBelongsToEmployee.name]);

/** Whose phone it is to be. */
export interface PhoneOf {
  /** A contact that is there already, or was. */
  readonly id?: string;
  /** It comes back to the phone: who has it by their account alone, while admins have yet to decide, is not in its way. */
  readonly isBack?: boolean;
  /** An employee who may have it too: an admin has said so. */
  readonly besideId?: string | null;
}
/**
 * Does what makes a contact hold a phone. The one place where a phone that is known becomes a named refusal, found before or, in a race,
 * by the database's own index.
 * @throws PhoneBelongsToEmployee, ContactPhoneTaken
 */
export async function holdingPhone<T>(use: UseCase, e164: string, write: () => Promise<T>, whose: PhoneOf = {}): Promise<T> {
  const [, staff] = await Promise.all([sharePhonesOfStaff(use), having(use, 'EMPLOYEE', e164, whose)]); // looked at behind the turn
  if (staff.some(({ id }) => id !== whose.besideId)) throw phoneBelongsToEmployee({}, ['input', 'phone']);
  const taken = await phoneTaken(use, e164, whose);
  if (taken) throw taken;
  try {
    return await use.inSavepoint(write);
  } catch (error) {
    if (!violates(error, 'contacts_phone')) throw error;
    throw (await phoneTaken(use, e164, whose)) ?? error;
  }
}

const having = (use: UseCase, kind: 'EMPLOYEE' | 'CONTACT', e164: string, { isBack }: PhoneOf) =>
  (isBack ? writtenPhones : havingPhones)(use, kind, [e164]);

async function phoneTaken(use: UseCase, e164: string, whose: PhoneOf): Promise<Refusal | undefined> {
  const first = (await having(use, 'CONTACT', e164, whose)).find(({ id }) => id !== whose.id);
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
