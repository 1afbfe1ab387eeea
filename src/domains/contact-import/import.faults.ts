import type { SheetFault } from '../../sdk/core.ts';
import type { Message } from '../../sdk/index.ts';
import type { ContactColumn } from './import.sheet.ts';

type Fact = (fact: string) => Message;
/** Why a row of contacts is not taken, beside what is wrong in its cells. */
const FAULTS = {
  TWICE_IN_FILE: (row) => ({ en: `Row ${row} has the same phone.`, 'zh-CN': `与第 ${row} 行号码重复。` }),
  CONTACT_PHONE_TAKEN: () => ({
    en: 'The phone is already a contact of your organization.',
    'zh-CN': '该号码已是贵企业的外部联系人。',
  }),
  PHONE_BELONGS_TO_EMPLOYEE: () => ({ en: 'The phone belongs to a member of your organization.', 'zh-CN': '该号码属于贵企业员工。' }),
  CONTACT_QUOTA_REACHED: (limit) => ({
    en: `Your organization has as many contacts as it may have: ${limit}.`,
    'zh-CN': `贵企业的外部联系人数量已达上限：${limit}。`,
  }),
  NO_FURTHER_PHONE: (typed) => ({ en: `“${typed}” is no phone number that exists.`, 'zh-CN': `“${typed}”不是存在的电话号码。` }),
  NOT_AN_EMAIL: () => ({ en: 'This is no email address.', 'zh-CN': '这不是有效的邮箱地址。' }),
  UNKNOWN_TAG: (tag) => ({ en: `There is no tag “${tag}”.`, 'zh-CN': `没有标签“${tag}”。` }),
  AMBIGUOUS_TAG: (tag) => ({
    en: `Several groups have a tag “${tag}”: write group/tag.`,
    'zh-CN': `多个标签组有标签“${tag}”，请写“标签组/标签”。`,
  }),
  ONE_OF_A_GROUP: (tags) => ({
    en: `In one group a contact has at most one tag: ${tags}.`,
    'zh-CN': `同一标签组中，每位联系人最多有一个标签：${tags}。`,
  }),
  UNKNOWN_EMPLOYEE: (name) => ({
    en: `Nobody in your organization has the real name “${name}”.`,
    'zh-CN': `贵企业没有真实姓名为“${name}”的员工。`,
  }),
  FIELD_GONE: (field) => ({
    en: `There is no field “${field}” any more.`,
    'zh-CN': `字段“${field}”已不存在。`,
  }),
  NAMESAKES: (name) => ({
    en: `Several employees are called “${name}”: say who is meant.`,
    'zh-CN': `有多名员工叫“${name}”，请指明是哪一位。`,
  }),
  EDITED_SINCE: () => ({ en: 'Somebody has edited this contact since.', 'zh-CN': '该联系人此后已被编辑。' }),
  HAS_BUSINESS: () => ({
    en: 'There has been business with this contact since, or it has been invited to the window.',
    'zh-CN': '该联系人此后已有业务往来，或已被邀请进入服务窗口。',
  }),
  GONE: () => ({ en: 'This contact is no longer there.', 'zh-CN': '该联系人已不存在。' }),
} satisfies Record<string, Fact>;
export type ImportFaultCode = keyof typeof FAULTS;
/** As `ownColumn` makes it. */
export type OwnColumn = `customFields.${string}`;

const LONGEST_FACT = 80;

export const importFault = (
  code: ImportFaultCode,
  row: number,
  column?: ContactColumn | OwnColumn,
  fact: string | number = '',
): SheetFault => ({
  row,
  ...(column ? { column } : {}),
  code,
  message: (FAULTS[code] as Fact)(String(fact).slice(0, LONGEST_FACT)),
});
