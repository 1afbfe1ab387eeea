import { isDay } from '../../platform/input/scalars.ts';
import { hasSomethingToSee, takeText } from '../../platform/text/text-taken.ts';
import type { FormField, Issue, Text } from '../../sdk/index.ts';

const MOST_CHARACTERS = 2_000;

const FAULTS: Record<FormField['type'], (value: unknown, field: FormField) => Text | undefined> = {
  TEXT: (value) =>
    typeof value === 'string' && takeText(value, MOST_CHARACTERS).fault === undefined
      ? undefined
      : { en: `Text of at most ${MOST_CHARACTERS} characters, please.`, 'zh-CN': `请填写不超过 ${MOST_CHARACTERS} 个字符的文本。` },
  NUMBER: (value) =>
    typeof value === 'number' && Number.isFinite(value) ? undefined : { en: 'A number, please.', 'zh-CN': '请填写数字。' },
  DATE: (value) =>
    typeof value === 'string' && isDay(value)
      ? undefined
      : { en: 'A day such as 2026-06-01, please.', 'zh-CN': '请填写日期，例如 2026-06-01。' },
  CHOICE: (value, { choices = [] }) =>
    typeof value === 'string' && choices.includes(value)
      ? undefined
      : { en: `One of ${choices.join(', ')}, please.`, 'zh-CN': `请从以下选项中选择：${choices.join('、')}。` },
  YES_NO: (value) => (typeof value === 'boolean' ? undefined : { en: 'Yes or no, please.', 'zh-CN': '请选择是或否。' }),
};

const isEmpty = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  (typeof value === 'string' && takeText(value, MOST_CHARACTERS).fault === undefined && !hasSomethingToSee(value));

/** What is wrong with answers to a template's fields; nothing where all is right. */
export function faultsOf(fields: readonly FormField[], values: Readonly<Record<string, unknown>>): Issue[] {
  const known = new Set(fields.map(({ name }) => name));
  const given = new Map(Object.entries(values));
  const unknown = [...given.keys()].filter((name) => !known.has(name));
  return [
    ...unknown.map((name) => ({
      path: ['input', 'values', name],
      code: 'UNKNOWN_FIELD',
      message: { en: 'The template has no such field.', 'zh-CN': '模板中没有此字段。' },
    })),
    ...fields.flatMap((field): Issue[] => {
      const value = given.get(field.name);
      const path = ['input', 'values', field.name];
      if (isEmpty(value))
        return field.required
          ? [{ path, code: 'REQUIRED', message: { en: `${field.label} must be filled in.`, 'zh-CN': `请填写${field.label}。` } }]
          : [];
      const message = FAULTS[field.type](value, field);
      return message ? [{ path, code: 'INVALID', message }] : [];
    }),
  ];
}
