import type { FieldDefinition, FieldKinds, FilledCell, Phone, SheetChoice, SheetColumn } from '../../sdk/core.ts';
import type { Message } from '../../sdk/index.ts';

/** Keys of columns of an organization's own fields begin with it, so that none is a built-in one's. */
const OWN = 'customFields.' as const;
export const ownColumn = (name: string): `customFields.${string}` => `${OWN}${name}`;

const KINDS: Readonly<Record<string, SheetColumn['kind']>> = { DATE: 'DATE', YES_NO: 'BOOLEAN', PHONE: 'PHONE', CHOICE: 'CHOICE' };
const MOST: Readonly<Record<string, number>> = {
  TEXT: 2_000,
  PARAGRAPH: 20_000,
  EMAIL: 254,
  URL: 2_000,
  ADDRESS: 500,
  CHOICES: 20_000,
  CASCADE: 1_000,
};
const ABOUT: Readonly<Record<string, Message>> = {
  CHOICES: { en: 'Several with ; between them.', 'zh-CN': '多个值以“；”分隔。' },
  CASCADE: { en: 'Each level, with / between them.', 'zh-CN': '各级以“/”分隔。' },
  NUMBER: { en: 'A number.', 'zh-CN': '数字。' },
  MONEY: { en: 'An amount of money, such as 12.50.', 'zh-CN': '金额，例如 12.50。' },
  EMPLOYEE: { en: 'Employees are named by their real name, never by a nickname.', 'zh-CN': '请填写员工的真实姓名，而不是昵称。' },
};
const WIDE = 24;

/** Whether values of a field stand in sheets that are taken in: files and places do not. */
export const isReadFromSheets = (kinds: FieldKinds, { kind }: FieldDefinition): boolean => kinds.of(kind)?.read !== undefined;

/** The column of a field. @param staff whom a field of employees can choose from */
export function columnOfField(field: FieldDefinition, staff?: readonly SheetChoice[]): SheetColumn {
  const { name, label, kind, options = [] } = field;
  const choices =
    kind === 'EMPLOYEE' ? staff : kind === 'CASCADE' || options.length === 0 ? undefined : options.map((option) => choiceOf(option.label));
  return {
    header: { en: label, 'zh-CN': label },
    alsoCalled: [name],
    kind: KINDS[kind] ?? 'TEXT',
    most: MOST[kind],
    ...(choices?.length ? { choices } : {}),
    ...(ABOUT[kind] ? { about: ABOUT[kind] } : {}),
    width: WIDE,
  };
}
const choiceOf = (label: string): SheetChoice => ({ value: label, name: { en: label, 'zh-CN': label } });

const COUNTED = ['NUMBER', 'MONEY'];
/** What a sheet has read, as a kind of field reads cells. */
export function cellOf(value: unknown, kind: string): FilledCell {
  if (typeof value === 'object' && value !== null && 'e164' in value) {
    const { e164, extension } = value as Phone;
    return extension === undefined ? e164 : `${e164};ext=${extension}`;
  }
  // digits that a spreadsheet has computed are its own, and kinds of numbers know it; to others a number is a day, or a phone that was rounded
  const isNumber = COUNTED.includes(kind) && typeof value === 'string' && value !== '' && String(Number(value)) === value;
  return isNumber ? Number(value) : (value as FilledCell);
}
