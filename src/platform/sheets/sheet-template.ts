import { type Language, type Message, textIn } from '../language/language.ts';
import type { ColumnKind, Sheet, SheetColumn } from './sheet.ts';
import { CHOICES, EXPLANATIONS } from './sheet-header.ts';
import { inThread } from './sheet-thread.ts';
import { type WritingOptions, writeSheet, writtenColumns } from './sheet-writing.ts';
import type { ColumnChoices, EmptyWorkbook } from './workbook.ts';

/** Rows whose cells are text from the beginning: in others a spreadsheet makes numbers of phones. */
const BLANK_ROWS = 2_000;
/** A spreadsheet's limit for a list in the rule of a cell. */
const LONGEST_LIST = 255;

const HEADERS: readonly Message[] = [
  { en: 'Column', 'zh-CN': '列' },
  { en: 'Required', 'zh-CN': '必填' },
  { en: 'What it takes', 'zh-CN': '格式' },
  { en: 'Example', 'zh-CN': '示例' },
  { en: 'About', 'zh-CN': '说明' },
];
const REQUIRED: Message = { en: 'Yes', 'zh-CN': '是' };
const KINDS: Readonly<Record<ColumnKind, Message>> = {
  TEXT: { en: 'Text', 'zh-CN': '文本' },
  PHONE: { en: 'A phone number', 'zh-CN': '电话号码' },
  DATE: { en: 'A date: 2026-01-31', 'zh-CN': '日期：2026-01-31' },
  BOOLEAN: { en: 'Yes or no', 'zh-CN': '是或否' },
  INTEGER: { en: 'A whole number', 'zh-CN': '整数' },
  CHOICE: { en: 'One of', 'zh-CN': '可选值' },
};
const SEVERAL: Message = { en: 'several with ; between them', 'zh-CN': '多个值以“；”分隔' };

const namesOf = ({ choices = [] }: SheetColumn, language: Language): string[] => choices.map(({ name }) => textIn(name, language));

function takes(column: SheetColumn, language: Language): string {
  const choices = column.kind === 'CHOICE' ? `: ${namesOf(column, language).join(', ')}` : '';
  return `${textIn(KINDS[column.kind], language)}${choices}${column.several ? `; ${textIn(SEVERAL, language)}` : ''}`;
}

const explained = (column: SheetColumn, language: Language): string[] => [
  textIn(column.header, language),
  column.required ? textIn(REQUIRED, language) : '',
  takes(column, language),
  column.example ? textIn(column.example, language) : '',
  column.about ? textIn(column.about, language) : '',
];

function emptyWorkbookOf(sheet: Sheet, language: Language): EmptyWorkbook {
  const columns = Object.values(sheet.columns);
  const choices = columns.flatMap((column, at): ColumnChoices[] => {
    const names = namesOf(column, language);
    // of several in one cell, or where others may stand too, the list is a help and no rule
    const isRule = column.kind === 'CHOICE' && !column.several;
    const fits = names.join().length <= LONGEST_LIST && !names.some((name) => name.includes(','));
    return names.length > 0 ? [{ column: at, names, isRule, fits }] : [];
  });
  const beside = (sheet.beside ?? []).map(({ header, about }) => [textIn(header, language), '', '', '', textIn(about, language)]);
  return {
    name: textIn(sheet.name, language),
    columns: writtenColumns(sheet, language, true).map((column) => ({ ...column, isText: true })),
    choices,
    choicesName: textIn(CHOICES, language),
    explanations: textIn(EXPLANATIONS, language),
    explained: [HEADERS.map((header) => textIn(header, language)), ...columns.map((column) => explained(column, language)), ...beside],
    blankRows: BLANK_ROWS,
  };
}

/** The file to be filled in: headers, cells that stay text, lists of choices, and a page that explains the columns. */
export function sheetTemplate(sheet: Sheet, { format, language }: WritingOptions): AsyncGenerator<Uint8Array> {
  if (format === 'CSV') return writeSheet(sheet, none(), { format, language });
  return inThread({ kind: 'TEMPLATE', template: emptyWorkbookOf(sheet, language) }, undefined);
}

async function* none(): AsyncGenerator<never> {}
