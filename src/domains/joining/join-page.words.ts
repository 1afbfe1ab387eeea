import type { Language } from '../../sdk/index.ts';
import type { LinkState } from './link-state.rules.ts';

/** What stands on the page. */
interface Words {
  readonly title: (organization: string) => string;
  readonly intro: string;
  readonly name: string;
  readonly phone: string;
  readonly phoneHint: string;
  readonly message: string;
  readonly optional: string;
  readonly sendCode: string;
  readonly code: string;
  readonly codeSent: (phone: string) => string;
  readonly apply: string;
  readonly another: string;
  readonly back: string;
  readonly privacy: (organization: string) => string;
  readonly faults: string;
  readonly stale: string;
  readonly noCookie: string;
  readonly codeNeeded: string;
  readonly sentAgain: string;
  readonly again: (minutes: number) => string;
  readonly steps: readonly [string, string];
  readonly done: { readonly title: string; readonly text: string; readonly next: readonly string[]; readonly signInAt: string };
  readonly closed: Readonly<Record<Exclude<LinkState, 'OPEN'> | 'UNKNOWN' | 'BUSY', { readonly title: string; readonly text: string }>>;
}

export const WORDS: Readonly<Record<Language, Words>> = {
  en: {
    title: (organization) => `Join ${organization}`,
    intro: 'Ask to be let in at our service window, where you place orders, ask for service and follow what becomes of it.',
    name: 'Your name',
    phone: 'Mobile number',
    phoneHint: 'We send it a code. From abroad, begin with + and your country’s code.',
    message: 'Message',
    optional: 'optional',
    sendCode: 'Send me a code',
    code: 'Code',
    codeSent: (phone) => `We have sent six digits to ${phone}. They are good for five minutes.`,
    apply: 'Apply',
    another: 'Send another code',
    back: 'Change what I have written',
    privacy: (organization) => `${organization} gets your name, number and message, to decide whether to let you in. Nobody else does.`,
    faults: 'Something is not right yet.',
    stale: 'This page had been open for too long. Please send it again.',
    noCookie: 'Your browser sent no cookie, or this page had been open for too long. Allow cookies for this address, and send it again.',
    codeNeeded: 'Write the six digits that we have sent you.',
    sentAgain: 'Another code is on its way. The one before is no longer good.',
    again: (minutes) => (minutes > 1 ? `You can do so in ${minutes} minutes.` : 'You can do so in a minute.'),
    steps: ['Your details', 'Prove your number'],
    done: {
      title: 'Your application is on its way',
      text: 'Thank you. You can close this page.',
      next: [
        'Somebody reads your application.',
        'You get a text message with the answer.',
        'Once you are let in, sign in with your number.',
      ],
      signInAt: 'You sign in at',
    },
    closed: {
      ENDED: { title: 'This link has ended', text: 'Ask whoever gave it to you for a new one.' },
      FULL: { title: 'This link takes no more applications', text: 'Ask whoever gave it to you for a new one.' },
      SUSPENDED: { title: 'This window is closed for now', text: 'Please try again later.' },
      UNKNOWN: { title: 'There is nothing at this address', text: 'Look whether it is complete, or scan the code again.' },
      BUSY: { title: 'Too many requests', text: 'Please try again later.' },
    },
  },
  'zh-CN': {
    title: (organization) => `加入${organization}`,
    intro: '申请加入我们的企业服务窗，即可在线下单、报修，并随时查看进度。',
    name: '姓名',
    phone: '手机号码',
    phoneHint: '我们将向该号码发送验证码。境外号码请以 + 和国家代码开头。',
    message: '留言',
    optional: '选填',
    sendCode: '获取验证码',
    code: '验证码',
    codeSent: (phone) => `六位验证码已发送至 ${phone}，五分钟内有效。`,
    apply: '提交申请',
    another: '重新获取验证码',
    back: '修改填写内容',
    privacy: (organization) => `您的姓名、手机号码和留言仅提供给${organization}，用于审核您的申请。`,
    faults: '部分内容有误，请检查。',
    stale: '页面停留时间过长，请重新提交。',
    noCookie: '浏览器未发送 Cookie，或页面停留时间过长。请允许本网址使用 Cookie 后重新提交。',
    codeNeeded: '请填写收到的六位验证码。',
    sentAgain: '新的验证码已发送，之前的验证码已失效。',
    again: (minutes) => `请在 ${minutes} 分钟后重试。`,
    steps: ['填写信息', '验证手机'],
    done: {
      title: '申请已提交',
      text: '感谢您的申请，现在可以关闭此页面。',
      next: ['企业将审核您的申请。', '审核结果将以短信通知您。', '通过后，请使用该手机号码登录服务窗。'],
      signInAt: '登录地址：',
    },
    closed: {
      ENDED: { title: '该链接已失效', text: '请向分享人索取新的链接。' },
      FULL: { title: '通过该链接申请的人数已满', text: '请向分享人索取新的链接。' },
      SUSPENDED: { title: '服务窗暂停服务', text: '请稍后再试。' },
      UNKNOWN: { title: '该地址没有内容', text: '请检查地址是否完整，或重新扫码。' },
      BUSY: { title: '请求过于频繁', text: '请稍后再试。' },
    },
  },
};
