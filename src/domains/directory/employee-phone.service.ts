import type { Phone } from '../../sdk/core.ts';
import { contactsOfStaff, type HiringChoice, invalid, type UseCase } from '../../sdk/index.ts';
import { seatIndex } from '../accounts/index.ts';
import { phoneOf } from '../organization/index.ts';
import { refuseMoreRights } from './admin-right.service.ts';
import { employeePhoneTaken, phoneFollowsAccount } from './directory.errors.ts';
import { havingPhones, writtenPhones } from './having-phones.service.ts';
import { directory } from './permissions.ts';
import { closeConflictsOf } from './phone-following.service.ts';

/** Where a phone that was typed stands. */
export const PHONE_PATH = ['input', 'phone'];

/** The phone of somebody who is to sign in with it. @throws ValidationFailed where it is none, or no mobile */
export async function mobileOf(use: UseCase, typed: string): Promise<Phone> {
  const phone = await phoneOf(use, typed);
  if (phone.isMobile && phone.extension === undefined) return phone;
  throw invalid(PHONE_PATH, 'NOT_A_MOBILE', {
    en: 'An employee signs in with this phone: it must be a mobile.',
    'zh-CN': '员工使用该号码登录，须为手机号码。',
  });
}

/** Whose phone it is to be, where they are there already or were. */
interface PhoneFor {
  readonly id?: string;
  /** They come back to it. */
  readonly isBack?: boolean;
  /** Of the input field that is to blame. */
  readonly path?: readonly string[];
}
/**
 * A seat that may not read the phones of all who are employed is told so as often as of contacts (spec 3.4).
 * @throws RATE_LIMITED, EmployeePhoneTaken where somebody else who is employed has the phone, or gets it at the same time
 */
export async function refusePhoneOfEmployee(
  use: UseCase,
  e164: string,
  { id, isBack = false, path = PHONE_PATH }: PhoneFor = {},
): Promise<void> {
  const answers = use.service(contactsOfStaff);
  if (use.seat.rights.get('DIRECTORY') !== 'ALL') await answers.mayAskAboutPhones(use);
  const having = await (isBack ? writtenPhones : havingPhones)(use, 'EMPLOYEE', [e164]);
  const known = having.find((one) => one.id !== id);
  use.refuseTaken('employees_phone', () => employeePhoneTaken({ existingEmployee: null }, path));
  if (!known) return;
  const mayRead = await use.may('Employee', known.id, directory.personal);
  if (!mayRead) answers.countPhoneAnswer(use);
  throw employeePhoneTaken({ existingEmployee: mayRead ? known.id : null }, path);
}

/**
 * The phone that somebody whose row is locked has from now on; the caller writes it. Theirs can be mended while they have not signed in with it,
 * by whoever could have granted them all the rights that they hold: who has the phone signs in to them. So is one’s own, where a session was opened
 * without a code. The number is that of the row and of the seat: where the two differ, because admins have to decide, either is mended. The row may
 * always get the number of the account, where nobody else has it by now.
 * @throws ValidationFailed, RightNotYours, PhoneFollowsAccount, EmployeePhoneTaken, PhoneBelongsToContact
 */
export async function mendedPhone(
  use: UseCase,
  { id, phone: former }: { readonly id: string; readonly phone: string },
  { typed, onContact }: { readonly typed: string; readonly onContact?: HiringChoice },
): Promise<string> {
  const { e164 } = await mobileOf(use, typed);
  const seats = use.service(seatIndex);
  const isUsed = await seats.isUsed(use, id);
  const isProven = (await seats.phoneOf(use, id)) === e164;
  if (e164 === former && (isUsed || isProven)) return former;
  const own = id === use.seat.id;
  if (!own) await refuseMoreRights(use, id, PHONE_PATH);
  if (isUsed && !isProven) throw phoneFollowsAccount({ own }, PHONE_PATH);
  if (e164 !== former) await refusePhoneOfEmployee(use, e164, { id });
  const contactId = await use.service(contactsOfStaff).settleHiring(use, { phone: e164, choice: onContact, path: PHONE_PATH });
  await closeConflictsOf(use, [id]);
  await seats.movePhone(use, id, e164);
  if (contactId) await seats.join(use, id, contactId);
  return e164;
}
