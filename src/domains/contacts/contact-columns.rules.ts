import { headerForm, WRITTEN_BESIDE } from '../../sdk/core.ts';
import type { Message } from '../../sdk/index.ts';

interface ColumnWords {
  readonly header: Message;
  /** What a table that is taken in may have above it instead. */
  readonly alsoCalled?: readonly string[];
}
/**
 * What the columns of tables of contacts are called, by the names of the fields of `Contact`: of the template, of tables that are taken in, of
 * rejected rows and of exports. A field of an organization's own is called otherwise.
 */
export const COLUMN_WORDS = {
  name: { header: { en: 'Name', 'zh-CN': '姓名' }, alsoCalled: ['Contact', '联系人', '客户姓名'] },
  phone: { header: { en: 'Phone', 'zh-CN': '手机号' }, alsoCalled: ['Mobile', 'Main phone', '电话', '手机', '联系电话'] },
  tags: { header: { en: 'Tags', 'zh-CN': '标签' }, alsoCalled: ['Tag'] },
  furtherPhones: { header: { en: 'Further phones', 'zh-CN': '其他电话' }, alsoCalled: ['Other phones', '其它电话', '其他号码'] },
  company: { header: { en: 'Company', 'zh-CN': '公司' }, alsoCalled: ['公司名称', '企业', '单位'] },
  position: { header: { en: 'Position', 'zh-CN': '职位' }, alsoCalled: ['Title', '职务'] },
  address: { header: { en: 'Address', 'zh-CN': '地址' } },
  email: { header: { en: 'Email', 'zh-CN': '邮箱' }, alsoCalled: ['E-mail', '电子邮箱', '邮件'] },
  remark: { header: { en: 'Remark', 'zh-CN': '备注' }, alsoCalled: ['Note', 'Notes'] },
  owner: { header: { en: 'Owner', 'zh-CN': '负责人' } },
  sharedWith: { header: { en: 'Shared with', 'zh-CN': '共享人' } },
  source: { header: { en: 'Source', 'zh-CN': '来源' } },
  createdAt: { header: { en: 'Added at', 'zh-CN': '创建时间' } },
  updatedAt: { header: { en: 'Edited at', 'zh-CN': '更新时间' } },
  lastInteractionAt: { header: { en: 'Last interaction', 'zh-CN': '最近往来' } },
} as const satisfies Readonly<Record<string, ColumnWords>>;

const words: readonly (readonly [string, ColumnWords])[] = Object.entries(COLUMN_WORDS);
/** The empty form is that of no header. */
const NAMES = new Set(
  ['', ...words.flatMap(([name, { header }]) => [name, ...Object.values(header)]), ...WRITTEN_BESIDE.flatMap(Object.values)].map(
    headerForm,
  ),
);
const ALSO_CALLED = new Set(words.flatMap(([, { alsoCalled = [] }]) => alsoCalled).map(headerForm));

/** Whether a column goes by it, in either language, to people or to programs. */
export const isNameOfColumn = (name: string): boolean => NAMES.has(headerForm(name));
/** Whether a table that has it as a header means a column of all contacts. */
export const isHeaderOfColumn = (label: string): boolean => isNameOfColumn(label) || ALSO_CALLED.has(headerForm(label));
