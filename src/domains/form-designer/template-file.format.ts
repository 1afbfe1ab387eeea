import { CC_TIMES, COMPARISONS, FIELD_READERS, STEP_MODES, WITHDRAWALS } from '@guichet/forms';
import { z } from 'zod';
import { isStorable } from '../../sdk/core.ts';
import { ADMIN_RIGHTS, type Issue, type Message } from '../../sdk/index.ts';

/** What files say that they are, and by which rules they are written. */
export const FORMAT = 'guichet.form-template';
export const FORMAT_VERSION = 1;

const id = z.string().min(1).max(40);
const label = z.string().min(1).max(100);
const bound = z.string().max(30);
const employee = z.strictObject({ name: z.string().min(1).max(200), staffNumber: z.string().min(1).max(200).optional() });
const department = z.array(label).min(1).max(50);
const tag = z.strictObject({ group: label, name: label });
const money = z.strictObject({ amount: z.int(), currency: z.string().length(3) });

/** Somebody inside, who has another id in another organization. */
export type FileEmployee = z.infer<typeof employee>;
export interface FileCondition {
  readonly all?: readonly FileCondition[];
  readonly any?: readonly FileCondition[];
  readonly not?: FileCondition;
  readonly field?: string;
  readonly total?: string;
  readonly op?: (typeof COMPARISONS)[number];
  readonly text?: string;
  readonly number?: number;
  readonly money?: z.infer<typeof money>;
  readonly date?: string;
  readonly optionIds?: readonly string[];
  readonly employee?: FileEmployee;
  readonly yes?: boolean;
}
const condition: z.ZodType<FileCondition> = z.lazy(() =>
  z.strictObject({
    all: z.array(condition).max(50).optional(),
    any: z.array(condition).max(50).optional(),
    not: condition.optional(),
    field: z.string().max(500).optional(),
    total: z.string().max(500).optional(),
    op: z.enum(COMPARISONS).optional(),
    text: z.string().max(500).optional(),
    number: z.number().optional(),
    money: money.optional(),
    date: z.iso.date().optional(),
    optionIds: z.array(z.string().max(500)).max(250).optional(),
    employee: employee.optional(),
    yes: z.boolean().optional(),
  }),
);
const definition = {
  id: id.optional(),
  name: z.string().min(1).max(60),
  label,
  kind: z.string().min(1).max(60),
  required: z.boolean().optional(),
  options: z
    .array(z.strictObject({ id: id.optional(), label, parent: z.string().max(100).optional() }))
    .max(250)
    .optional(),
  min: bound.optional(),
  max: bound.optional(),
  maxLength: z.int().min(1).optional(),
  decimals: z.int().min(0).max(15).optional(),
  currency: z.string().length(3).optional(),
  most: z.int().min(1).optional(),
};
const column = z.strictObject({ ...definition, product: z.array(z.string().max(60)).max(30).optional(), summed: z.boolean().optional() });
const field = z.strictObject({
  ...definition,
  section: z.string().max(100).optional(),
  hint: z.string().max(500).optional(),
  columns: z.array(column).max(30).optional(),
  readBy: z.enum(FIELD_READERS).optional(),
  writtenBySteps: z.array(z.string().max(60)).max(30).optional(),
  showWhen: condition.optional(),
  requireWhen: condition.optional(),
});
const approver = z.strictObject({
  employee: employee.optional(),
  owner: z.boolean().optional(),
  ownersSupervisor: z.boolean().optional(),
  right: z.enum(Object.keys(ADMIN_RIGHTS) as [string, ...string[]]).optional(),
  supervisorsOfDepartment: department.optional(),
});
const step = z.strictObject({
  id: id.optional(),
  name: z.string().min(1).max(60),
  approvers: z.array(approver).min(1).max(30),
  mode: z.enum(STEP_MODES).optional(),
  when: condition.optional(),
  dueHours: z.int().min(1).max(2_000).optional(),
});
const file = z.strictObject({
  format: z.literal(FORMAT),
  formatVersion: z.literal(FORMAT_VERSION),
  kind: z.string().max(60),
  name: label,
  icon: z.string().max(50).optional(),
  category: z.string().max(50).optional(),
  numberPrefix: z.string().max(6).optional(),
  fields: z.array(field).max(1_000),
  flow: z.strictObject({
    withConfirmation: z.boolean(),
    /** Left out: approvers are picked by hand. */
    steps: z.array(step).min(1).max(30).optional(),
    cc: z
      .array(z.strictObject({ employee, at: z.enum(CC_TIMES).optional() }))
      .max(50)
      .optional(),
    withdrawal: z.enum(WITHDRAWALS).optional(),
    confirmsItselfAfterDays: z.int().min(1).max(365).optional(),
  }),
  audience: z.strictObject({
    contacts: z.enum(['ALL', 'SOME', 'NONE']),
    tags: z.array(tag).max(250).optional(),
    /** How many were named one by one: who they are stays in the organization. */
    contactsLeftOut: z.int().min(0).optional(),
    employees: z.boolean().optional(),
  }),
});
/** A template as a file: people, departments and tags by their names, all else as a draft has it. */
export type FileTemplate = z.infer<typeof file>;
export type FileField = FileTemplate['fields'][number];
export type FileApprover = z.infer<typeof approver>;

const MOST_LEVELS = 24;
const FAULTS: Readonly<Record<string, readonly [code: string, message: Message]>> = {
  invalid_type: ['WRONG_TYPE', { en: 'This is missing, or of another type than it must be.', 'zh-CN': '此项缺失，或类型不正确。' }],
  unrecognized_keys: ['UNKNOWN_KEY', { en: 'Template files have nothing of this name here.', 'zh-CN': '模板文件此处没有该名称的项。' }],
  too_big: ['TOO_MUCH', { en: 'This is longer or larger than it may be.', 'zh-CN': '此项过长或过大。' }],
  too_small: ['TOO_LITTLE', { en: 'This is shorter or smaller than it must be.', 'zh-CN': '此项过短或过小。' }],
};
const WRONG: readonly [string, Message] = ['WRONG_VALUE', { en: 'This is no value that it can have.', 'zh-CN': '此项的取值无效。' }];
const NOT_JSON: Message = { en: 'This is no JSON, or too deep.', 'zh-CN': '这不是 JSON，或嵌套过深。' };
const NOT_OURS: Message = {
  en: `This is no template file that this server reads: "format" must be "${FORMAT}" and "formatVersion" ${FORMAT_VERSION}.`,
  'zh-CN': `这不是本服务器可读的模板文件：“format”须为“${FORMAT}”，“formatVersion”须为 ${FORMAT_VERSION}。`,
};

const isTooDeep = (value: unknown, left = MOST_LEVELS): boolean =>
  typeof value === 'object' && value !== null && (left === 0 || Object.values(value).some((one) => isTooDeep(one, left - 1)));

const NOT_KEPT: Message = { en: 'This has characters that cannot be kept.', 'zh-CN': '此项含有无法保存的字符。' };
/** Where texts hold what the database does not take. */
function unkept(value: unknown, path: readonly string[]): Issue[] {
  if (typeof value === 'string') return isStorable(value) ? [] : [{ path, code: 'INVALID_TEXT', message: NOT_KEPT }];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, of]) => unkept(of, [...path, key]));
}

/** Reads the text of a file. @param path of the text @returns what it says, or all that is wrong with it, each with its place in the file */
export function readTemplateFile(text: string, path: readonly string[]): { readonly file: FileTemplate } | { readonly issues: Issue[] } {
  let given: unknown;
  try {
    given = JSON.parse(text);
  } catch {
    return { issues: [{ path, code: 'NOT_JSON', message: NOT_JSON }] };
  }
  if (isTooDeep(given)) return { issues: [{ path, code: 'NOT_JSON', message: NOT_JSON }] };
  const marks = given as { readonly format?: unknown; readonly formatVersion?: unknown } | null;
  if (marks?.format !== FORMAT || marks.formatVersion !== FORMAT_VERSION)
    return { issues: [{ path, code: 'NOT_A_TEMPLATE', message: NOT_OURS }] };
  const read = file.safeParse(given);
  if (read.success) {
    const issues = unkept(read.data, path);
    return issues.length ? { issues } : { file: read.data };
  }
  return {
    issues: read.error.issues.flatMap((issue) => {
      const [code, message] = FAULTS[issue.code] ?? WRONG;
      const at = [...path, ...issue.path.map(String)];
      return issue.code === 'unrecognized_keys'
        ? issue.keys.map((key) => ({ path: [...at, key], code, message }))
        : [{ path: at, code, message }];
    }),
  };
}
