import { invalid, notFound, type UseCase } from '@guichet/sdk';
import { CoApplicant } from './application.entity.ts';
import { held } from './holding.service.ts';
import { notify } from './telling.ts';

export const MOST_TOGETHER = 10;
const CONTACT = ['input', 'contactId'];

/** Somebody applies together with the applicant, and reads and fills in what they do. @throws ValidationFailed */
export async function addCoApplicant(use: UseCase, franchiseId: string, contactId: string): Promise<void> {
  const row = await held(use, franchiseId);
  const all = await use.em.find(CoApplicant, { applicationId: row.id });
  if (row.contactId === contactId || all.some((one) => one.contactId === contactId))
    throw invalid(CONTACT, 'TWICE', { en: 'They apply already.', 'zh-CN': '该联系人已是申请人。' });
  if (all.length >= MOST_TOGETHER)
    throw invalid(CONTACT, 'TOO_MANY', {
      en: `At most ${MOST_TOGETHER} apply together with somebody.`,
      'zh-CN': `共同申请人最多 ${MOST_TOGETHER} 名。`,
    });
  use.em.create(CoApplicant, { applicationId: row.id, contactId, since: use.now });
  await use.em.flush();
  await notify(use, row, 'MOVED', [{ id: contactId, kind: 'CONTACT' }]);
}
/** They do not any more, and read nothing of it. @throws NotFound */
export async function removeCoApplicant(use: UseCase, franchiseId: string, contactId: string): Promise<void> {
  const found = await use.em.findOne(CoApplicant, { applicationId: franchiseId, contactId });
  if (!found) throw notFound({}, CONTACT);
  use.em.remove(found);
  await use.em.flush();
}
