import type { SheetFault } from '../../sdk/core.ts';
import type { Message } from '../../sdk/index.ts';
import type { STAFF_SHEET } from './staff-import.sheet.ts';

type Fact = (fact: string) => Message;
/** Why a row of the staff is not taken, beside what is wrong in its cells. */
const FAULTS = {
  TWICE_IN_FILE: (row) => ({ en: `Row ${row} says the same.`, 'zh-CN': `与第 ${row} 行重复。` }),
  PHONE_MISSING: () => ({ en: 'Whoever is new needs a phone.', 'zh-CN': '新增员工须填写手机号。' }),
  NOT_A_MOBILE: () => ({
    en: 'They sign in with it: it must be a mobile without an extension.',
    'zh-CN': '员工以此登录，须为手机号且不带分机。',
  }),
  PHONE_TAKEN: () => ({ en: 'Another member of your organization has this phone.', 'zh-CN': '该号码已属于贵企业的其他员工。' }),
  PHONE_DIFFERS: () => ({
    en: 'They have another phone. Whoever has a phone changes it; an import does not.',
    'zh-CN': '与现有号码不同。号码须由本人修改，导入不会修改。',
  }),
  PHONE_OF_CONTACT: () => ({
    en: 'A contact of your organization has this phone. Employ them by themselves, and say what becomes of the contact.',
    'zh-CN': '该号码属于贵企业的外部联系人。请单独添加该员工并选择如何处理该联系人。',
  }),
  UNKNOWN_DEPARTMENT: (path) => ({ en: `There is no department “${path}”.`, 'zh-CN': `没有部门“${path}”。` }),
  AMBIGUOUS_DEPARTMENT: (path) => ({
    en: `Several departments are called “${path}”: write its path from the top.`,
    'zh-CN': `有多个部门名为“${path}”，请填写完整路径。`,
  }),
  TOO_MANY_DEPARTMENTS: (most) => ({ en: `Nobody is in more than ${most} departments.`, 'zh-CN': `每位员工最多属于 ${most} 个部门。` }),
  TOO_MANY_SUPERVISORS: (most) => ({ en: `A department has at most ${most} supervisors.`, 'zh-CN': `每个部门最多 ${most} 名主管。` }),
  NOT_A_MEMBER: (path) => ({ en: `They are not in “${path}”.`, 'zh-CN': `该员工不属于“${path}”。` }),
} satisfies Record<string, Fact>;
export type StaffFaultCode = keyof typeof FAULTS;

const LONGEST_FACT = 80;

export const staffFault = (
  code: StaffFaultCode,
  row: number,
  column: keyof (typeof STAFF_SHEET)['columns'],
  fact: string | number = '',
): SheetFault => ({ row, column, code, message: (FAULTS[code] as Fact)(String(fact).slice(0, LONGEST_FACT)) });
