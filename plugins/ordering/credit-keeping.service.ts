import { contactAudience, invalid, type UseCase, versionConflict } from '@guichet/sdk';
import { type BUYER_ROLES, Buyer, CreditAccount } from './credit.entity.ts';

export interface CreditLine {
  readonly companyId: string;
  readonly currency: string;
  readonly expectedVersion: number;
  readonly limit?: number;
  readonly approvalAbove?: number;
}
const CURRENCIES = new Set(Intl.supportedValuesOf('currency'));

/** Says all of a company's credit: what is left out is not limited. @throws VersionConflict, ValidationFailed */
export async function setCreditLine(use: UseCase, given: CreditLine): Promise<{ account: string }> {
  const { companyId, currency, expectedVersion, limit, approvalAbove } = given;
  if (!CURRENCIES.has(currency)) throw noCurrency();
  const found = await use.em.findOne(CreditAccount, { companyId, currency });
  const overtaken = () =>
    versionConflict(found ? { current: { type: 'CreditAccount', uuid: found.id } } : {}, ['input', 'expectedVersion']);
  if ((found?.version ?? 0) !== expectedVersion) throw overtaken();
  const limits = { limitMinor: limit ?? null, approvalAboveMinor: approvalAbove ?? null };
  if (found) {
    use.em.assign(found, limits);
    return { account: found.id };
  }
  use.refuseTaken('credit_accounts_company', overtaken); // an order has made it meanwhile
  return { account: use.em.create(CreditAccount, { companyId, currency, ...limits }).id };
}
const noCurrency = () =>
  invalid(['input', 'currency'], 'INVALID_CURRENCY', {
    en: 'This is no currency of ISO 4217, such as CNY.',
    'zh-CN': '这不是 ISO 4217 货币代码，例如 CNY。',
  });

export interface GivenBuyer {
  readonly contactId: string;
  readonly role: (typeof BUYER_ROLES)[number];
  readonly site?: string;
}
/** Says what a contact does in the orders of the company that it belongs to now. The contact is held. @throws ValidationFailed where it has none, or is named for a site and does not look on */
export async function setBuyer(use: UseCase, { contactId, role, site }: GivenBuyer): Promise<{ buyer: string }> {
  const { companyId } = await use.service(contactAudience).factsOf(use, contactId);
  if (!companyId)
    throw invalid(['input', 'contactId'], 'NO_COMPANY', {
      en: 'The contact belongs to no company: there is nobody to approve for.',
      'zh-CN': '该联系人不属于任何公司。',
    });
  if (site !== undefined && role !== 'VIEWER')
    throw invalid(['input', 'site'], 'LOOKS_ON_ALONE', {
      en: 'Only who looks on is named for a site.',
      'zh-CN': '只有仅可查看的联系人可指定收货地点。',
    });
  await use.takeTurn(`ordering.buyer.${contactId}`);
  const found = await use.em.findOne(Buyer, contactId);
  if (found) use.em.assign(found, { companyId, role, site: site ?? null });
  else use.em.create(Buyer, { contactId, companyId, role, site: site ?? null });
  return { buyer: contactId };
}
