import { type Language, type Message, type Text, textIn } from '../language/language.ts';

type Named = Readonly<Record<string, string>>;
const said = (en: (named: Named) => string, zh: (named: Named) => string) => ({ en, 'zh-CN': zh });

/** Everything that can be wrong with a file, and with a cell of it. */
const FAULTS = {
  FILE_TOO_LARGE: said(
    ({ most }) => `The file is larger than ${most} MB.`,
    ({ most }) => `文件超过 ${most} MB。`,
  ),
  FILE_UNFOLDS: said(
    () => 'The workbook unfolds to far more than its size.',
    () => '工作簿解压后过大。',
  ),
  FILE_BROKEN: said(
    () => 'The workbook is damaged. Open it in a spreadsheet program, and save it anew.',
    () => '工作簿已损坏。请用表格软件打开并重新保存。',
  ),
  FILE_PROTECTED: said(
    () => 'The workbook has a password or is of the old kind (.xls). Save it as .xlsx without a password.',
    () => '工作簿设有密码或为旧格式（.xls）。请另存为不带密码的 .xlsx。',
  ),
  FILE_NO_SHEET: said(
    () => 'The file is neither a workbook (.xlsx) nor a text file (.csv).',
    () => '文件既不是工作簿（.xlsx）也不是文本表格（.csv）。',
  ),
  FILE_EMPTY: said(
    () => 'The file has no row of headers.',
    () => '文件没有表头。',
  ),
  SHEET_EMPTY: said(
    ({ sheet }) => `The worksheet “${sheet}” has no row of headers. It is the first of the workbook, and no other is read.`,
    ({ sheet }) => `工作表“${sheet}”没有表头。只读取工作簿的第一个工作表。`,
  ),
  NOTHING_IN_IT: said(
    () => 'There is nothing below the headers: nothing was done.',
    () => '表头下没有任何内容，未作任何更改。',
  ),
  QUOTES_BROKEN: said(
    () => 'A quotation mark in this row is not closed, or stands within a cell that is not quoted.',
    () => '此行的引号没有闭合，或出现在未加引号的单元格中。',
  ),
  TOO_MANY_ROWS: said(
    ({ most }) => `The file has more than ${most} rows.`,
    ({ most }) => `文件超过 ${most} 行。`,
  ),
  TOO_MANY_EMPTY_ROWS: said(
    ({ most }) => `The file has more than ${most} rows with nothing in them. Delete them, and save it anew.`,
    ({ most }) => `文件中的空行超过 ${most} 行，请删除后重新保存。`,
  ),
  TOO_MANY_COLUMNS: said(
    ({ most }) => `A row has more than ${most} cells.`,
    ({ most }) => `一行超过 ${most} 个单元格。`,
  ),
  COLUMN_MISSING: said(
    ({ header }) => `The column “${header}” is missing.`,
    ({ header }) => `缺少“${header}”列。`,
  ),
  COLUMN_TWICE: said(
    ({ header }) => `The column “${header}” is there twice.`,
    ({ header }) => `“${header}”列重复。`,
  ),
  CELLS_MERGED: said(
    ({ range }) => `The cells ${range} are merged. Split them, and fill in each row.`,
    ({ range }) => `单元格 ${range} 已合并。请取消合并并逐行填写。`,
  ),
  REQUIRED: said(
    () => 'Must be filled in.',
    () => '必填。',
  ),
  TOO_LONG: said(
    ({ most }) => `Has more than ${most} characters.`,
    ({ most }) => `超过 ${most} 个字符。`,
  ),
  TOO_MANY: said(
    ({ most }) => `Has more than ${most} values.`,
    ({ most }) => `超过 ${most} 个值。`,
  ),
  UNREADABLE: said(
    () => 'Has characters that no text is made of.',
    () => '含有无法识别的字符。',
  ),
  NOT_A_PHONE: said(
    () => 'Is not a phone number that exists.',
    () => '不是有效的电话号码。',
  ),
  PHONE_ROUNDED: said(
    () => 'A spreadsheet has rounded this phone number. Make the column text, and type the number again.',
    () => '电话号码已被表格软件四舍五入。请将该列设为文本后重新输入。',
  ),
  NUMBER_ROUNDED: said(
    () => 'A spreadsheet has rounded this number. Make the column text, and type it again.',
    () => '数字已被表格软件四舍五入。请将该列设为文本后重新输入。',
  ),
  TEXT_IS_DATE: said(
    () => 'A spreadsheet has made a date of this text. Make the column text, and type it again.',
    () => '文本已被表格软件转换为日期。请将该列设为文本后重新输入。',
  ),
  NOT_A_DATE: said(
    () => 'Is not a date. Write it like 2026-01-31.',
    () => '不是日期。请按 2026-01-31 的格式填写。',
  ),
  NOT_A_NUMBER: said(
    () => 'Is not a whole number.',
    () => '不是整数。',
  ),
  NOT_YES_OR_NO: said(
    () => 'Is neither yes nor no.',
    () => '请填写“是”或“否”。',
  ),
  NOT_A_CHOICE: said(
    ({ choices }) => `Is none of: ${choices}.`,
    ({ choices }) => `可选值为：${choices}。`,
  ),
  FORMULA: said(
    () => 'Is a formula without a result. Write the value itself.',
    () => '是没有结果的公式。请直接填写值。',
  ),
  CELL_ERROR: said(
    () => 'Shows an error of the spreadsheet.',
    () => '单元格显示表格错误。',
  ),
} as const;

export type SheetFaultCode = keyof typeof FAULTS;

/** One thing that is wrong, as a value: where, and what to say to whoever made the file. */
export interface SheetFault {
  /** As the spreadsheet counts; undefined where the whole file is meant. */
  readonly row?: number;
  /** Key of the column; undefined where the whole row is meant. */
  readonly column?: string;
  /** One of `SheetFaultCode`, or a code of whoever rejects a row for reasons of its own. */
  readonly code: string;
  readonly message: Message;
}

/** @param named what the message names, the same in both languages or one for each */
export function sheetFault(
  code: SheetFaultCode,
  at: Pick<SheetFault, 'row' | 'column'> = {},
  named: Readonly<Record<string, Text | number>> = {},
): SheetFault {
  const { en, 'zh-CN': zh } = FAULTS[code];
  const namedIn = (language: Language): Named =>
    Object.fromEntries(Object.entries(named).map(([name, of]) => [name, typeof of === 'number' ? String(of) : textIn(of, language)]));
  return { ...at, code, message: { en: en(namedIn('en')), 'zh-CN': zh(namedIn('zh-CN')) } };
}

/** The file as a whole cannot be read. Thrown, so that whoever forgets about it imports nothing. */
export class SheetRefused extends Error {
  readonly faults: readonly SheetFault[];
  constructor(...faults: readonly SheetFault[]) {
    super(`the sheet is refused: ${faults.map(({ code }) => code).join(', ')}`);
    this.faults = faults;
  }
}
