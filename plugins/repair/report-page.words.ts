import type { Language } from '@guichet/sdk';
import type { ReportFault } from './report.rules.ts';

interface Words {
  readonly title: string;
  readonly labels: { readonly qr: string; readonly problem: string; readonly name: string; readonly phone: string; readonly code: string };
  readonly faults: Readonly<Record<ReportFault | 'NO_MOBILE' | 'WRONG_CODE', string>>;
  readonly sendCode: string;
  readonly send: string;
  codeSent(phone: string): string;
  done(number: string): string;
  readonly unknown: string;
  readonly tooMany: string;
  readonly tooManyCodes: string;
}
export const WORDS: Readonly<Record<Language, Words>> = {
  en: {
    title: 'Report a repair',
    labels: {
      qr: 'What the sticker on the machine says',
      problem: 'What is wrong',
      name: 'Your name',
      phone: 'Your mobile',
      code: 'The code that we have sent you',
    },
    faults: {
      EMPTY: 'Fill this in.',
      TOO_LONG: 'This is too long.',
      NO_MOBILE: 'This is no mobile number: a code can only be sent to a mobile.',
      WRONG_CODE: 'This code is wrong or has expired.',
    },
    sendCode: 'Send me a code',
    send: 'Report',
    codeSent: (phone) => `A code was sent to ${phone}.`,
    done: (number) => `Your report was taken: ${number}. You will be called at this number.`,
    unknown: 'No machine is known by this sticker. Call the company that looks after it.',
    tooMany: 'Too much was reported of this machine: somebody is looking at it.',
    tooManyCodes: 'Too many codes were asked for. Try again later.',
  },
  'zh-CN': {
    title: '扫码报修',
    labels: { qr: '设备标签编号', problem: '故障描述', name: '您的姓名', phone: '您的手机号', code: '短信验证码' },
    faults: {
      EMPTY: '请填写此项。',
      TOO_LONG: '内容过长。',
      NO_MOBILE: '这不是手机号码，验证码只能发送至手机。',
      WRONG_CODE: '验证码错误或已失效。',
    },
    sendCode: '获取验证码',
    send: '提交报修',
    codeSent: (phone) => `验证码已发送至 ${phone}。`,
    done: (number) => `报修已受理：${number}。工作人员将拨打此号码与您联系。`,
    unknown: '未找到该标签对应的设备，请联系维保单位。',
    tooMany: '该设备已有多项报修，正在处理中。',
    tooManyCodes: '获取验证码过于频繁，请稍后再试。',
  },
};
