import type { Message } from '../../sdk/index.ts';

/** Why something of a delivery was not taken, beside what a table of the staff is refused for. */
export const SYNC_FAULTS = {
  NUMBER_INVALID: { en: 'A staff number has 1 to 50 characters.', 'zh-CN': '工号须为 1 至 50 个字符。' },
  NAME_INVALID: { en: 'A name has 1 to 100 characters.', 'zh-CN': '姓名须为 1 至 100 个字符。' },
  TEXT_INVALID: { en: 'This is longer than 100 characters, or no text.', 'zh-CN': '此项超过 100 个字符或不是文本。' },
  PHONE_INVALID: { en: 'This is no phone number.', 'zh-CN': '这不是有效的电话号码。' },
  FLAG_INVALID: { en: 'This is neither true nor false.', 'zh-CN': '此项须为 true 或 false。' },
  DAY_INVALID: { en: 'This is no day of the form 2026-06-01.', 'zh-CN': '日期须形如 2026-06-01。' },
  DEPARTMENT_INVALID: {
    en: 'A department is named by 1 to 20 names from the top, each of 1 to 100 characters.',
    'zh-CN': '部门须以自上而下的 1 至 20 个名称表示，每个名称 1 至 100 个字符。',
  },
  SELF: { en: 'They have gone from the source. Another admin lets them go.', 'zh-CN': '该员工已不在来源中，须由其他管理员办理离职。' },
  MANY_GONE: {
    en: 'So many have gone from the source at once that nobody was let go: look whether it told all.',
    'zh-CN': '来源中同时消失的员工过多，未办理任何离职。请确认来源数据是否完整。',
  },
  NOT_SET_UP: { en: 'Your organization has not set this source up.', 'zh-CN': '贵企业尚未配置该来源。' },
  NO_SUCH_SOURCE: { en: 'No plugin brings the staff from there any more.', 'zh-CN': '没有应用提供该来源。' },
  EMPTY: { en: 'The source told of nobody. Nothing was done.', 'zh-CN': '来源未返回任何员工，未做任何更改。' },
  TOO_MANY: { en: 'The source told of more people than can be taken at once.', 'zh-CN': '来源返回的员工过多。' },
} as const satisfies Record<string, Message>;
export type SyncFaultCode = keyof typeof SYNC_FAULTS;

/** Somebody was let go, and their rights are held so far by nobody any more. */
export const rightsUnheld = (rights: readonly string[]): Message => ({
  en: `Somebody who has left held ${rights.join(', ')}, and nobody else does so far. Whoever runs the server can give it to somebody.`,
  'zh-CN': `已离职的员工拥有 ${rights.join('、')} 权限，现已无人持有同等权限，可由服务器运营方授予他人。`,
});
