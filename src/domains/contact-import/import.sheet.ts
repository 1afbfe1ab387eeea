import {
  defineSheet,
  type FieldDefinition,
  type ReadRow,
  type Sheet,
  type SheetChoice,
  type SheetColumn,
  type SheetColumns,
} from '../../sdk/core.ts';
import { COLUMN_WORDS } from '../contacts/index.ts';
import { columnsOfFields, ownColumn } from './field-columns.ts';

const NAMED_BY = {
  en: 'Employees are named by their real name, never by a nickname.',
  'zh-CN': '请填写员工的真实姓名，而不是昵称。',
};

/** The built-in fields of a contact as columns (spec 3.12). */
export const contactColumns = {
  name: {
    ...COLUMN_WORDS.name,
    kind: 'TEXT',
    isName: true,
    required: true,
    most: 100,
    width: 16,
    example: { en: 'Zhang Wei', 'zh-CN': '张伟' },
  },
  phone: {
    ...COLUMN_WORDS.phone,
    kind: 'PHONE',
    required: true,
    width: 20,
    example: { en: '+86 138 0000 0001', 'zh-CN': '13800000001' },
    about: {
      en: 'A contact is found again by it. An extension may stand behind it: 010-62345678-802.',
      'zh-CN': '系统以此识别联系人。可带分机：010-62345678-802。',
    },
  },
  tags: {
    ...COLUMN_WORDS.tags,
    kind: 'TEXT',
    isName: true,
    required: true,
    several: true,
    width: 24,
    about: {
      en: 'At least one, of each group one at most. They must be there already; where two groups have one of the same name, write group/tag.',
      'zh-CN': '至少一个，每个标签组最多一个，须已存在。若不同标签组有同名标签，请写“标签组/标签”。',
    },
  },
  furtherPhones: {
    ...COLUMN_WORDS.furtherPhones,
    kind: 'TEXT',
    several: true,
    most: 120,
    width: 32,
    about: {
      en: 'Numbers beside the main one. Behind each, in brackets, its kind (MOBILE, WORK, HOME, FAX, OTHER) and what it is called: 0571-88880000 (WORK: Desk).',
      'zh-CN': '主号码以外的电话。可在号码后的括号内填写类型（手机、工作、住宅、传真、其他）和名称：0571-88880000（工作：前台）。',
    },
  },
  company: { ...COLUMN_WORDS.company, kind: 'TEXT', most: 200, width: 28 },
  position: { ...COLUMN_WORDS.position, kind: 'TEXT', isName: true, most: 100 },
  address: { ...COLUMN_WORDS.address, kind: 'TEXT', most: 300, width: 32 },
  email: { ...COLUMN_WORDS.email, kind: 'TEXT', most: 254, width: 28 },
  remark: { ...COLUMN_WORDS.remark, kind: 'TEXT', most: 2_000, width: 32 },
  owner: {
    ...COLUMN_WORDS.owner,
    kind: 'TEXT',
    isName: true,
    most: 100,
    width: 16,
    about: {
      en: `${NAMED_BY.en} Left empty, whoever imports owns a new contact.`,
      'zh-CN': `${NAMED_BY['zh-CN']}留空时，新增联系人的负责人为导入者。`,
    },
  },
  sharees: {
    ...COLUMN_WORDS.sharedWith,
    kind: 'TEXT',
    isName: true,
    several: true,
    most: 100,
    width: 24,
    about: NAMED_BY,
  },
} as const satisfies SheetColumns;

/** As a sheet is read; columns of the organization's own fields are beside these (`ownColumn`). */
export type ContactSheet = Sheet<typeof contactColumns>;
export type ContactRow = ReadRow<typeof contactColumns>;
export type ContactColumn = keyof typeof contactColumns;

/** What an organization can choose from, for the template. */
export interface Vocabulary {
  /** Names of columns that must be filled in, beyond those that always must. */
  readonly required: readonly string[];
  readonly tags: readonly SheetChoice[];
  readonly staff: readonly SheetChoice[];
}

interface ContactTableOf {
  /** Whether every row gets a tag anyway. */
  readonly tagged?: boolean;
  readonly vocabulary?: Vocabulary;
  /** The organization's own fields that stand in sheets. */
  readonly own?: readonly FieldDefinition[];
  /** Those that no sheet holds. */
  readonly elsewhere?: readonly FieldDefinition[];
}
const NOT_IN_TABLES = {
  en: 'Stands in no table: it is added to each contact. Contacts that are imported lack it, and where it is required it is asked for at their next edit.',
  'zh-CN': '不在表格中填写，请在各联系人处添加。导入的联系人没有此项；若为必填，下次编辑时须补填。',
};
/** Contacts as a table: the template, what is read, and what is given back. */
export function contactSheet({ tagged = false, vocabulary, own = [], elsewhere = [] }: ContactTableOf = {}): ContactSheet {
  const { tags, staff, required = [] } = vocabulary ?? {};
  const columns = {
    ...contactColumns,
    tags: { ...contactColumns.tags, required: !tagged, choices: tags },
    owner: { ...contactColumns.owner, choices: staff },
    sharees: { ...contactColumns.sharees, choices: staff },
    ...Object.fromEntries([...columnsOfFields(own, staff)].map(([name, column]) => [ownColumn(name), column])),
  } as Record<string, SheetColumn>;
  for (const name of required) if (columns[name]) columns[name] = { ...columns[name], required: true };
  const beside = elsewhere.map(({ label }) => ({ header: { en: label, 'zh-CN': label }, about: NOT_IN_TABLES }));
  return defineSheet({ name: { en: 'Contacts', 'zh-CN': '外部联系人' }, columns, beside }) as unknown as ContactSheet;
}
