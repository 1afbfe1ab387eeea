import { refusalType } from '../../sdk/index.ts';

export const contactAlreadyOwned = refusalType('ContactAlreadyOwned', {
  description: 'Somebody answers for the contact: the first who claims it has it (spec 3.18).',
  message: { en: 'Somebody answers for this contact already.', 'zh-CN': '该联系人已有负责人。' },
});

export const claimQuotaReached = refusalType<{ most: number }>('ClaimQuotaReached', {
  description: 'You hold as many claimed contacts as you may (spec 3.18).',
  message: { en: 'You hold as many claimed contacts as you may.', 'zh-CN': '您认领的联系人数量已达上限。' },
  fields: { most: { type: 'Int', description: 'How many an employee may hold.' } },
});
