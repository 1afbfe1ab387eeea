import {
  type FieldDefinition,
  type FieldKinds,
  type FilledCell,
  headerForm,
  type Phone,
  type SheetChoice,
  type SheetColumn,
} from '../../sdk/core.ts';
import type { Message } from '../../sdk/index.ts';
import { isHeaderOfColumn } from '../contacts/index.ts';

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

interface Called {
  readonly header: string;
  readonly alsoCalled: readonly string[];
}
/**
 * What the columns of fields are called, by the names of these: as their labels say. One whose label is a header already, of a column of all
 * contacts or of another field, has its name behind it, and so has the other: a header never means two things.
 */
function headersOf(fields: readonly FieldDefinition[]): ReadonlyMap<string, Called> {
  const counted = (of: 'name' | 'label') => Map.groupBy(fields, (field) => headerForm(field[of]));
  const [labels, names] = [counted('label'), counted('name')];
  const isItsAlone = (label: string): boolean => !isHeaderOfColumn(label) && labels.get(headerForm(label))!.length === 1;
  const taken = new Set([...labels.keys()]);
  const isFree = (header: string): boolean => !isHeaderOfColumn(header) && !taken.has(headerForm(header));
  const withName = ({ name, label }: FieldDefinition): string => {
    let header = `${label} (${name})`;
    for (let n = 2; !isFree(header); n++) header = `${label} (${name} ${n})`;
    taken.add(headerForm(header));
    return header;
  };
  const headers = fields.map((field) => (isItsAlone(field.label) ? field.label : withName(field)));
  return new Map(
    fields.map(({ name, label }, i) => {
      const others = [name, `${label} (${name})`].filter((other) => isFree(other) && (names.get(headerForm(other))?.length ?? 1) === 1);
      return [name, { header: headers[i]!, alsoCalled: others }];
    }),
  );
}

/** The columns of fields, by their names. @param staff whom a field of employees can choose from */
export function columnsOfFields(fields: readonly FieldDefinition[], staff?: readonly SheetChoice[]): ReadonlyMap<string, SheetColumn> {
  const called = headersOf(fields);
  return new Map(fields.map((field) => [field.name, columnOf(field, called.get(field.name)!, staff)]));
}

function columnOf({ kind, options = [] }: FieldDefinition, { header, alsoCalled }: Called, staff?: readonly SheetChoice[]): SheetColumn {
  const choices =
    kind === 'EMPLOYEE' ? staff : kind === 'CASCADE' || options.length === 0 ? undefined : options.map((option) => choiceOf(option.label));
  return {
    header: { en: header, 'zh-CN': header },
    alsoCalled,
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
