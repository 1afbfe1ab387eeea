import { refusalType } from '../../sdk/index.ts';

export const windowLinkEnded = refusalType('WindowLinkEnded', {
  description: 'The link was taken back, or its time is over (spec 5.5).',
  message: { en: 'This link has ended. Ask whoever gave it to you for a new one.', 'zh-CN': '该链接已失效，请向分享人索取新的链接。' },
});

export const windowLinkFull = refusalType('WindowLinkFull', {
  description: 'As many hold a place by the link as may (spec 5.5).',
  message: { en: 'This link takes no more applications.', 'zh-CN': '通过该链接申请的人数已满。' },
});

/** Of an unproven number nobody is told without end whether it is known. */
export const phoneAnswersSpent = refusalType('PhoneAnswersSpent', {
  description:
    'You have been told of as many unproven phones as you may be in a day whether they are known (spec 3.4). Applications whose phone is proven, or that you were told of before, can be decided all the same, and any can be refused.',
  message: {
    en: 'You have been told about enough phones for today: this one is not proven. Decide it tomorrow.',
    'zh-CN': '今天查询的号码已达上限，该号码未经验证，请明天再处理。',
  },
});

export const verificationCodeRefused = refusalType('VerificationCodeRefused', {
  description: 'The code does not prove this phone, or no longer. Ask for a new one.',
  message: { en: 'This code is wrong or has expired. Ask for a new one.', 'zh-CN': '验证码错误或已失效，请重新获取。' },
});

export const joinApplicationDecided = refusalType<{ application: string }>('JoinApplicationDecided', {
  description: 'Somebody has decided this application before you.',
  message: { en: 'This application has been decided already.', 'zh-CN': '该申请已被处理。' },
  fields: { application: { type: 'JoinApplication', object: true, description: 'The application as it is now.' } },
});

export const linkOwnerGone = refusalType('LinkOwnerGone', {
  description: 'The employee who would answer for the contact has left, or nobody is in the department. Name an owner in `ownerId`.',
  message: {
    en: 'Nobody is there any more who would answer for this contact: name an owner.',
    'zh-CN': '链接指定的负责人已离职或部门无人，请另行指定负责人。',
  },
});
