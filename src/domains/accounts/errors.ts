import { refusalType } from '../../sdk/index.ts';

/** One answer for a wrong code, an old one, a used one, one tried too often and none at all: it tells nobody whether a phone is known. */
export const signInRefused = refusalType('SignInRefused', {
  description: 'The code is not right for this phone, or no longer. Ask for a new one.',
  message: { en: 'This code is wrong or has expired. Ask for a new one.', 'zh-CN': '验证码错误或已失效，请重新获取。' },
});
