import { readPhone } from '../../sdk/core.ts';
import { type Issue, type PhoneKind, type UseCase, validationFailed } from '../../sdk/index.ts';
import { phonesHeldBy } from '../directory/index.ts';
import { organizationOf } from '../organization/index.ts';
import type { FurtherPhone } from './contact.entity.ts';
import { furtherPhonesBeside } from './further-phones.rules.ts';
import { countPhoneAnswers, phoneAnswersLeft } from './phone-answer.service.ts';

/** A number as it was typed. */
export interface GivenPhone {
  readonly phone: string;
  readonly kind: PhoneKind;
  readonly label?: string | null;
}
const NOT_A_PHONE = { en: 'This is no phone number that exists.', 'zh-CN': '该电话号码不存在。' };

/**
 * Further numbers of a contact, read as of the organization's country.
 * @param strict refuses what is no number; else it stays as it was written, as in a phone book that somebody has sent
 * @throws ValidationFailed
 */
export async function takeFurtherPhones(
  use: UseCase,
  given: readonly GivenPhone[],
  { main, strict = true }: { readonly main: string; readonly strict?: boolean },
): Promise<FurtherPhone[]> {
  if (given.length === 0) return [];
  const { country } = await organizationOf(use);
  const issues: Issue[] = [];
  const read = given.map(({ phone: typed, kind, label }, i): FurtherPhone => {
    const phone = readPhone(typed, country);
    if (!phone && strict)
      issues.push({ path: ['input', 'furtherPhones', String(i), 'phone'], code: 'NOT_A_PHONE', message: NOT_A_PHONE[use.language] });
    return { phone: phone?.e164 ?? typed, extension: phone?.extension ?? null, kind, label: label?.trim() || null };
  });
  if (issues.length) throw validationFailed({ issues });
  return furtherPhonesBeside(main, read);
}

/**
 * Which of some further numbers somebody else has as the main one. They are taken all the same; that they are known is one of the seat's
 * answers of the day for each, and beyond these nothing is said (spec 3.2, 3.4).
 */
export async function knownElsewhere(use: UseCase, phones: readonly FurtherPhone[]): Promise<string[]> {
  if (phones.length === 0) return [];
  const left = await phoneAnswersLeft(use);
  if (left === 0) return [];
  const numbers = phones.map(({ phone }) => phone);
  const known = new Set([...(await phonesHeldBy(use, 'CONTACT', numbers)), ...(await phonesHeldBy(use, 'EMPLOYEE', numbers))]);
  const told = numbers.filter((phone) => known.has(phone)).slice(0, left);
  countPhoneAnswers(use, told.length);
  return told;
}
