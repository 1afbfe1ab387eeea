import { refusalType } from '../../sdk/index.ts';
import type { CertificationLevel } from '../organization/index.ts';

export const certificationRequired = refusalType<{ required: CertificationLevel }>('CertificationRequired', {
  description: 'The organization is not certified for this (spec 5.1).',
  message: { en: 'Your organization needs a higher certification for this.', 'zh-CN': '贵企业的认证等级不足，无法进行此操作。' },
  fields: { required: { type: 'CertificationLevel', description: 'The certification that it takes.' } },
});

export const windowNotOpen = refusalType('WindowNotOpen', {
  description: 'The organization has not opened a service window yet.',
  message: { en: 'Your organization has no service window yet.', 'zh-CN': '贵企业尚未开通服务窗。' },
});

export const phoneNotMobile = refusalType('PhoneNotMobile', {
  description: 'The contact’s main phone is no mobile number: nobody could sign in with it (spec 3.2).',
  message: { en: 'Only a contact with a mobile number can be invited.', 'zh-CN': '只有手机号码的联系人才能被邀请。' },
});

export const alreadyInvited = refusalType('AlreadyInvited', {
  description: 'The contact is let in at the window already.',
  message: { en: 'This contact is let in already.', 'zh-CN': '该联系人已受邀。' },
});
