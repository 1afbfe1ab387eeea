import { refusalType } from '../../sdk/index.ts';

export interface ShareGranter {
  readonly name: string;
}
export const contactPhoneTaken = refusalType<{ askToShare: readonly ShareGranter[]; requestToken: string; existingContact: string | null }>(
  'ContactPhoneTaken',
  {
    description: 'The phone is already a contact of the organization (spec 3.4).',
    message: ({ existingContact }) =>
      existingContact === null
        ? {
            en: 'This phone is already a contact of your organization. Ask one of the people named to share it with you.',
            'zh-CN': '该号码已是贵企业的外部联系人，可请以下人员共享给您。',
          }
        : { en: 'This phone is already that of a contact that you see.', 'zh-CN': '该号码已属于您可查看的一位外部联系人。' },
    fields: {
      askToShare: { type: '[ShareGranter]', description: 'Who can share the contact: the owner, the owner’s supervisors, the admins.' },
      requestToken: { type: 'String', description: 'Asks for a share without naming the contact; yours alone, for 24 hours.' },
      existingContact: { type: 'Contact', object: true, description: 'The contact, where you find it anyway.' },
    },
  },
);

export const phoneBelongsToEmployee = refusalType('PhoneBelongsToEmployee', {
  description: 'The phone is that of an employee of the organization (spec 3.3).',
  message: { en: 'This phone belongs to a member of your organization.', 'zh-CN': '该号码属于贵企业员工。' },
});

export const contactQuotaReached = refusalType<{ limit: number }>('ContactQuotaReached', {
  description: 'The organization has as many contacts as it may (spec 3.5).',
  message: { en: 'Your organization has as many contacts as it may have.', 'zh-CN': '贵企业的外部联系人数量已达上限。' },
  fields: { limit: { type: 'Int', description: 'How many contacts the organization may have.' } },
});

/** In results of bulk acts alone: for one object it is the error FORBIDDEN. */
export const notYours = refusalType('NotYours', {
  description: 'You see this object, but the act is not yours to do on it.',
  message: {
    en: 'You may not do this to it. Some acts on several contacts at once are for admins with CONTACTS: one alone may be yours to do.',
    'zh-CN': '您无权进行此操作。部分批量操作仅限拥有 CONTACTS 权限的管理员，单个联系人或可由您处理。',
  },
});
