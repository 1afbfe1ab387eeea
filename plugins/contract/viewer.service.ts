import { contactAudience, invalid, notFound, type UseCase } from '@guichet/sdk';
import { Viewer } from './contract.entity.ts';
import { newPartyId } from './counterparty.entity.ts';
import { held } from './holding.service.ts';
import { counterpartiesOf, follow, notify } from './telling.ts';

/** Who looks on for the counterparty of a contract, at the most. */
export const MOST_VIEWERS = 20;
const CONTACT = ['input', 'contactId'];

/** Lets somebody of the counterparty’s company look on for it; they are told where something was shared already. @throws ValidationFailed */
export async function addViewer(use: UseCase, contractId: string, contactId: string): Promise<void> {
  const row = await held(use, contractId);
  const all = await use.em.find(Viewer, { contractId });
  const sides = [{ id: null, contactId: row.contactId }, ...(await counterpartiesOf(use, contractId))];
  if (sides.some((side) => side.contactId === contactId) || all.some((one) => one.contactId === contactId))
    throw invalid(CONTACT, 'TWICE', { en: 'They read it already.', 'zh-CN': '该联系人已可查看。' });
  const audience = use.service(contactAudience);
  const { name, companyId } = await audience.factsOf(use, contactId);
  if (name === null) throw notFound({}, CONTACT);
  const companies = await Promise.all(sides.map((side) => audience.factsOf(use, side.contactId)));
  const side = companyId === null ? undefined : sides[companies.findIndex((one) => one.companyId === companyId)];
  if (!side)
    throw invalid(CONTACT, 'OTHER_COMPANY', {
      en: 'They are not of a counterparty’s company.',
      'zh-CN': '该联系人不属于对方企业。',
    });
  if (all.length >= MOST_VIEWERS)
    throw invalid(CONTACT, 'TOO_MANY', { en: `At most ${MOST_VIEWERS} look on.`, 'zh-CN': `最多 ${MOST_VIEWERS} 名查看人。` });
  use.em.create(Viewer, { id: newPartyId(), contractId, contactId, counterpartyId: side.id, name, since: use.now });
  await use.em.flush();
  if (!row.sharedAt) return;
  await follow(use, row, 'VERSION_SHARED');
  await notify(use, row, 'SHARED', [{ id: contactId, kind: 'CONTACT' }]);
}
/** They read nothing of it any more. @throws NotFound */
export async function removeViewer(use: UseCase, contractId: string, contactId: string): Promise<void> {
  const found = await use.em.findOne(Viewer, { contractId, contactId });
  if (!found) throw notFound({}, CONTACT);
  use.em.remove(found);
  await use.em.flush();
}
/** The contract is made without whom they looked on for. */
export async function forgetViewersFor(use: UseCase, counterpartyId: string): Promise<void> {
  for (const one of await use.em.find(Viewer, { counterpartyId })) use.em.remove(one);
}
/** The person is gone for good. */
export async function forgetViewer(use: UseCase, contactId: string): Promise<void> {
  for (const one of await use.em.find(Viewer, { contactId })) use.em.remove(one);
}
