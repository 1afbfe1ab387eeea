import { invalid } from '../../sdk/index.ts';

const PATH = ['input', 'url'];

/** The address of a link app, as it is kept. @throws ValidationFailed unless it is one of https, without somebody's password in it */
export function linkOf(typed: string): string {
  const url = URL.parse(typed.trim());
  if (url?.protocol !== 'https:')
    throw invalid(PATH, 'NOT_HTTPS', {
      en: 'A link app has an address that begins with https://.',
      'zh-CN': '链接应用的地址须以 https:// 开头。',
    });
  if (url.username || url.password)
    throw invalid(PATH, 'HOLDS_PASSWORD', {
      en: 'The address must not hold a user or a password.',
      'zh-CN': '地址中不得包含用户名或密码。',
    });
  return url.href;
}
