import type { Phone } from '../../platform/phone/phone.ts';
import { invalid, type UseCase } from '../../sdk/index.ts';
import { phoneOf } from '../organization/index.ts';
import { employees } from './directory.entity.ts';
import { employeePhoneTaken } from './directory.errors.ts';
import { directory } from './permissions.ts';

const PATH = ['input', 'phone'];

/** The phone of somebody who is to sign in with it. @throws ValidationFailed where it is none, or no mobile */
export async function mobileOf(use: UseCase, typed: string): Promise<Phone> {
  const phone = await phoneOf(use, typed);
  if (phone.isMobile && phone.extension === undefined) return phone;
  throw invalid(PATH, 'NOT_A_MOBILE', {
    en: 'An employee signs in with this phone: it must be a mobile.',
    'zh-CN': '员工使用该号码登录，须为手机号码。',
  });
}

/** @throws EmployeePhoneTaken where somebody who is employed has the phone, or gets it at the same time. */
export async function refusePhoneOfEmployee(use: UseCase, e164: string): Promise<void> {
  const known = await use
    .on(employees)
    .selectFrom('employees')
    .select('id')
    .where('phone', '=', e164)
    .where('left_at', 'is', null)
    .executeTakeFirst();
  use.refuseTaken('employees_phone', () => employeePhoneTaken({ existingEmployee: null }, PATH));
  if (!known) return;
  const mayRead = await use.may('Employee', known.id, directory.personal);
  throw employeePhoneTaken({ existingEmployee: mayRead ? known.id : null }, PATH);
}
