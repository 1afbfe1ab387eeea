import { violates } from '../../platform/database/violation.ts';
import { type Phone, readPhone } from '../../platform/phone/phone.ts';
import { serverSecret } from '../../platform/write/server-secret.ts';
import { invalid, Refusal, type UseCase } from '../../sdk/index.ts';
import { employees } from '../directory/index.ts';
import { organizations } from '../organization/index.ts';
import { contacts } from './contact.entity.ts';
import { contactPhoneTaken, phoneBelongsToEmployee } from './contact.errors.ts';
import { contact } from './permissions.ts';
import { countPhoneAnswer, mayAskAboutPhones } from './phone-answer.service.ts';
import { shareGranters } from './share-granters.service.ts';
import { sealRequest } from './share-request.token.ts';

/** @throws ValidationFailed where the text is no number that exists; without a country code it is read as of the organization's country (spec 3.2). */
export async function phoneOf(use: UseCase, typed: string): Promise<Phone> {
  const { country } = await use
    .on(organizations)
    .selectFrom('organizations')
    .select('country')
    .where('organization_id', '=', use.organizationId)
    .executeTakeFirstOrThrow();
  const phone = readPhone(typed, country);
  if (phone) return phone;
  throw invalid(['input', 'phone'], 'NOT_A_PHONE', {
    en: 'This is no phone number that exists. Write it with its country code, such as +8613800000001.',
    'zh-CN': '该电话号码不存在。请带上国家代码填写，例如 +8613800000001。',
  });
}

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
 * @throws PhoneBelongsToEmployee, ContactPhoneTaken
 */
export async function holdingPhone<T>(use: UseCase, e164: string, write: () => Promise<T>): Promise<T> {
  const tables = use.on(employees);
  const employee = await tables
    .selectFrom('employees')
    .select('id')
    .where('phone', '=', e164)
    .where('left_at', 'is', null)
    .executeTakeFirst();
  if (employee) throw phoneBelongsToEmployee({}, ['input', 'phone']);
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
  const known = await use
    .on(contacts)
    .selectFrom('contacts')
    .select(['id', 'owner_id'])
    .where('phone', '=', e164)
    .where('deleted_at', 'is', null)
    .executeTakeFirst();
  if (!known) return undefined;
  const mayFind = await use.may('Contact', known.id, contact.insiders);
  const facts = {
    askToShare: await shareGranters(use, known.owner_id),
    requestToken: sealRequest(use.service(serverSecret), { seatId: use.seat.id, contactId: known.id }, use.now),
    existingContact: mayFind ? known.id : null,
  };
  return contactPhoneTaken(facts, ['input', 'phone']);
}
