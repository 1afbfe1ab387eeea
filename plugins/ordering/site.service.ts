import { invalid, type UseCase } from '@guichet/sdk';
import { Buyer } from './credit.entity.ts';

/** A site is one that somebody of the company was named for: goods that go to a misspelt one nobody there could confirm. @throws ValidationFailed */
export async function refuseUnknownSite(use: UseCase, companyId: string | null, site: string | null | undefined): Promise<void> {
  if (site == null) return;
  if (companyId !== null && (await use.em.count(Buyer, { companyId, role: 'VIEWER', site })) > 0) return;
  throw invalid(['input', 'delivery', 'site'], 'UNKNOWN_SITE', {
    en: 'Nobody of the company was named for this site.',
    'zh-CN': '该公司尚未为此收货地点指定人员。',
  });
}
