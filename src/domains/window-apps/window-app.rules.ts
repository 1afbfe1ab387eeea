import { invalid } from '../../sdk/index.ts';

const PATH = ['input', 'url'];

/** Under this name the token stands in the address. */
const TOKEN = 'token';
/** Characters of an address at the most, as it is kept. */
export const URL_CHARACTERS = 2_000;
const OWN_MACHINE = /^(?:localhost|127\.0\.0\.1|\[::1\])$/;

/** The address of a link app, as it is kept. @throws ValidationFailed unless it is one of https, without somebody's password in it */
export function linkOf(typed: string): string {
  const url = URL.parse(typed.trim());
  if (url?.protocol !== 'https:' && !(url?.protocol === 'http:' && OWN_MACHINE.test(url.hostname)))
    throw invalid(PATH, 'NOT_HTTPS', {
      en: 'A link app has an address that begins with https://; with http:// only one that is tried out on localhost.',
      'zh-CN': '链接应用的地址须以 https:// 开头；仅在 localhost 上调试时可用 http://。',
    });
  if (url.username || url.password)
    throw invalid(PATH, 'HOLDS_PASSWORD', {
      en: 'The address must not hold a user or a password.',
      'zh-CN': '地址中不得包含用户名或密码。',
    });
  if (url.searchParams.has(TOKEN))
    throw invalid(PATH, 'HOLDS_TOKEN', {
      en: 'The address must not hold a parameter `token`: who comes is told there.',
      'zh-CN': '地址中不得包含参数 `token`：访问者信息将写入该参数。',
    });
  if (url.href.length > URL_CHARACTERS)
    throw invalid(PATH, 'TOO_LONG', {
      en: `As browsers write it, this address has more than ${URL_CHARACTERS} characters.`,
      'zh-CN': `该地址编码后超过 ${URL_CHARACTERS} 个字符。`,
    });
  return url.href;
}

/** A link with the token behind what else it says, which stays letter for letter as the partner's page knows it. */
export function withToken(link: string, token: string): string {
  const url = new URL(link);
  const said = url.search.slice(1);
  const others = said.split('&').filter((part) => !new URLSearchParams(part).has(TOKEN));
  url.search = [...(said ? others : []), `${TOKEN}=${token}`].join('&');
  return url.href;
}
