import type { Message } from '../../sdk/index.ts';
import type { BookVerdict } from './book.entity.ts';
import type { Draft } from './book-draft.ts';

export const NO_PICTURE: Message = {
  en: 'The picture of this card was not kept: it is none, is broken or too large.',
  'zh-CN': '此名片的图片未保留：不是图片、已损坏或过大。',
};
/** Why an entry would not be added, to people. */
export const FAULTS: Readonly<Record<NonNullable<Draft['fault']>, Message>> = {
  NO_END: { en: 'This card has no end.', 'zh-CN': '此名片不完整，缺少结尾。' },
  LINE_TOO_LONG: { en: 'A line of this card is too long.', 'zh-CN': '此名片中有一行过长。' },
  TOO_MANY_LINES: { en: 'This card has too many lines.', 'zh-CN': '此名片的行数过多。' },
  NO_NAME: { en: 'This card has no name.', 'zh-CN': '此名片没有姓名。' },
  NO_PHONE: { en: 'This card has no phone number.', 'zh-CN': '此名片没有电话号码。' },
  NOT_A_PHONE: { en: 'This phone number does not exist.', 'zh-CN': '该电话号码不存在。' },
};
export const REASONS: Readonly<Record<Exclude<BookVerdict, 'NEW' | 'INCOMPLETE' | 'INVALID'> | 'TWICE' | 'UNTOLD' | 'ADDED', Message>> = {
  KNOWN: { en: 'This phone is already a contact of your organization.', 'zh-CN': '该号码已是贵企业的外部联系人。' },
  EMPLOYEE: { en: 'This phone belongs to a member of your organization.', 'zh-CN': '该号码属于贵企业员工。' },
  QUOTA: { en: 'Your organization has as many contacts as it may have.', 'zh-CN': '贵企业的外部联系人数量已达上限。' },
  TWICE: { en: 'An entry before this one has the same phone.', 'zh-CN': '前面的名片已有相同号码。' },
  UNTOLD: { en: 'You have been told about enough phones for today: look again tomorrow.', 'zh-CN': '今天查询的号码已达上限，请明天再试。' },
  ADDED: { en: 'This entry was added before.', 'zh-CN': '此名片已添加。' },
};
