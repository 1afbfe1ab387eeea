import { type Phone, readPhone } from '../../sdk/core.ts';
import { invalid, type UseCase } from '../../sdk/index.ts';
import { organizations } from './organization.entity.ts';

/** What new seats and days hang on. */
export const organizationOf = (use: UseCase) =>
  use
    .on(organizations)
    .selectFrom('organizations')
    .select(['country', 'is_demo', 'time_zone'])
    .where('organization_id', '=', use.organizationId)
    .executeTakeFirstOrThrow();

/** Whether there is the organization of a transaction: its id may come from an address that anybody can write. */
export const organizationIsThere = async (use: UseCase): Promise<boolean> =>
  (await use.on(organizations).selectFrom('organizations').select('organization_id').executeTakeFirst()) !== undefined;

/** @throws ValidationFailed where the text is no number that exists; without a country code it is read as of the organization's country (spec 3.2). */
export async function phoneOf(use: UseCase, typed: string): Promise<Phone> {
  const phone = readPhone(typed, (await organizationOf(use)).country);
  if (phone) return phone;
  throw invalid(['input', 'phone'], 'NOT_A_PHONE', {
    en: 'This is no phone number that exists. Write it with its country code, such as +8613800000001.',
    'zh-CN': '该电话号码不存在。请带上国家代码填写，例如 +8613800000001。',
  });
}
