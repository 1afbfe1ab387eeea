import type { OutgoingNotification } from '../../sdk/index.ts';

// What channels made for people say: the texts, one a line, and where to read on.

const MANY = {
  en: (count: number, from: string) => `${count} notifications from ${from}`,
  'zh-CN': (count: number, from: string) => `${from}：${count} 条新通知`,
};
const READ_ON = { en: 'Open your inbox', 'zh-CN': '打开收件箱' };

export const subjectOf = ({ lines, organizationName, language }: OutgoingNotification): string => {
  const [first] = lines;
  return oneLine(lines.length === 1 ? `${organizationName}: ${first!.text}` : MANY[language](lines.length, organizationName));
};
export const bodyOf = ({ lines, link, language }: OutgoingNotification): string =>
  [...lines.map(({ text }) => oneLine(text)), ...(link ? ['', `${READ_ON[language]}: ${link}`] : [])].join('\n');

/** Names that people have typed stand in it: none makes a line, or a header, of its own. */
const oneLine = (text: string): string => text.replaceAll(/\p{Cc}+/gu, ' ');
