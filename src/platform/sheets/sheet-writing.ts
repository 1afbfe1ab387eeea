import { type Language, type Message, textIn } from '../language/language.ts';
import { defuse } from './cell-formula.ts';
import { unknownKey } from './row-reading.ts';
import type { Sheet, SheetColumn, SheetColumns } from './sheet.ts';
import type { SheetFault } from './sheet-fault.ts';
import { REASON, REQUIRED_MARK, ROW_NUMBER, type UnknownColumn } from './sheet-header.ts';
import { SHEET_LIMITS } from './sheet-limits.ts';
import { inThread } from './sheet-thread.ts';
import type { SheetFormat, WrittenRow } from './sheet-work.ts';
import type { WrittenCell, WrittenColumn } from './workbook.ts';

/** What stands in one cell that is written. A date of a column of dates is written as one; a choice by its name. */
export type SheetCell = string | number | boolean | Date | null | undefined | readonly string[];
/** The cells of one row, by the keys of the columns. */
export type SheetRecord<Columns extends SheetColumns> = { readonly [Key in keyof Columns]?: SheetCell };
/** A row that was not taken, as it was typed, and why. */
export interface RejectedRow {
  readonly row: number;
  readonly typed: Readonly<Record<string, string>>;
  readonly faults: readonly SheetFault[];
}
export interface WritingOptions {
  readonly format: SheetFormat;
  readonly language: Language;
}

const WIDTH = 18;
const WIDTH_OF_REASONS = 60;
const YES_NO: Readonly<Record<string, Message>> = { true: { en: 'Yes', 'zh-CN': '是' }, false: { en: 'No', 'zh-CN': '否' } };
const DATE = /^\d{4}-\d{2}-\d{2}$/;
/** A number to be dialled holds nothing that could be run; beside text, a spreadsheet leaves it as it is. */
const DIALLED = /^\+\d+$/;
/** What XML cannot say, and no cell shows. */
const UNSAYABLE = /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g;

const clean = (text: string): string =>
  text
    .slice(0, SHEET_LIMITS.cell - 1)
    .toWellFormed()
    .replaceAll(UNSAYABLE, '');
const written = (text: string, format: SheetFormat): string => (format === 'XLSX' && DIALLED.test(text) ? text : defuse(clean(text)));

/** Columns as they are written. @param marked whether those that are required are marked */
export const writtenColumns = ({ columns }: Sheet, language: Language, marked: boolean): WrittenColumn[] =>
  Object.values(columns).map(({ header, width = WIDTH, kind, required }) => ({
    header: `${textIn(header, language)}${marked && required ? REQUIRED_MARK : ''}`,
    width,
    isText: kind !== 'INTEGER' && kind !== 'DATE',
  }));

function cellOf(cell: SheetCell, { kind, choices = [] }: SheetColumn, { format, language }: WritingOptions): WrittenCell {
  if (cell === null || cell === undefined) return null;
  if (typeof cell === 'boolean') return textIn(YES_NO[String(cell)]!, language);
  if (typeof cell === 'number' || cell instanceof Date) return cell;
  const named = (value: string): string => {
    const choice = kind === 'CHOICE' ? choices.find((one) => one.value === value) : undefined;
    return choice ? textIn(choice.name, language) : value;
  };
  if (typeof cell !== 'string') return written(cell.map(named).join('; '), format);
  return kind === 'DATE' && DATE.test(cell) ? new Date(cell) : written(named(cell), format);
}

async function* mapped<From>(
  batches: AsyncIterable<readonly From[]>,
  map: (from: From) => WrittenRow,
): AsyncGenerator<readonly WrittenRow[]> {
  for await (const batch of batches) yield batch.map(map);
}

/**
 * Writes rows as a workbook or a text file, in a thread of its own; they are asked for as the file is taken.
 * Cells that a spreadsheet would run as formulas are defused; the reader takes the apostrophe away again.
 */
export function writeSheet<Columns extends SheetColumns>(
  sheet: Sheet<Columns>,
  batches: AsyncIterable<readonly SheetRecord<Columns>[]>,
  options: WritingOptions,
): AsyncGenerator<Uint8Array> {
  const columns = Object.entries(sheet.columns);
  const rows = mapped(batches, (record) => columns.map(([key, column]) => cellOf(record[key], column, options)));
  const { format, language } = options;
  const name = textIn(sheet.name, language);
  return inThread({ kind: 'WRITE', format, name, columns: writtenColumns(sheet, language, false) }, rows);
}

/** A row of one of several worksheets, by the place of its sheet. */
export interface PlacedRecord {
  readonly sheet: number;
  readonly record: SheetRecord<SheetColumns>;
}
const MOST_OF_A_NAME = 31;
/** What no name of a worksheet may hold. */
const NOT_IN_NAMES = /[[\]:*?/\\']/g;

/** Names of worksheets as a spreadsheet takes them: none twice, whatever their cases. */
function sheetNames(sheets: readonly Sheet[], language: Language): string[] {
  const taken = new Set<string>();
  return sheets.map(({ name }, i) => {
    const plain = clean(textIn(name, language)).replaceAll(NOT_IN_NAMES, ' ').trim() || String(i + 1);
    let found = plain.slice(0, MOST_OF_A_NAME);
    for (let n = 2; taken.has(found.toLowerCase()); n++) found = `${plain.slice(0, MOST_OF_A_NAME - ` ${n}`.length)} ${n}`;
    taken.add(found.toLowerCase());
    return found;
  });
}

/**
 * Writes a workbook of several worksheets, as `writeSheet` does one. Headers may be people's own words, and are defused as well. All rows
 * are held until the last has come, in the thread's own memory. @throws SheetRefused where they are too many for it
 */
export function writeSheets(
  sheets: readonly Sheet[],
  batches: AsyncIterable<readonly PlacedRecord[]>,
  language: Language,
): AsyncGenerator<Uint8Array> {
  const options: WritingOptions = { format: 'XLSX', language };
  const columns = sheets.map((sheet) => Object.entries(sheet.columns));
  const rows = mapped(batches, ({ sheet, record }) => [
    sheet,
    ...columns[sheet]!.map(([key, column]) => cellOf(record[key], column, options)),
  ]);
  const names = sheetNames(sheets, language);
  const asWritten = sheets.map((sheet, i) => ({
    name: names[i]!,
    columns: writtenColumns(sheet, language, false).map((column) => ({ ...column, header: written(column.header, 'XLSX') })),
  }));
  return inThread({ kind: 'WRITE_SHEETS', sheets: asWritten }, rows);
}

/**
 * Writes rows that were not taken, with the number of each and the reasons beside it. Mended, the file can be read as it is.
 * @param unknown columns that were not read: what stood in them stays
 */
export function writeRejected(
  sheet: Sheet,
  batches: AsyncIterable<readonly RejectedRow[]>,
  { format, language }: WritingOptions,
  unknown: readonly UnknownColumn[] = [],
): AsyncGenerator<Uint8Array> {
  const keys = [...Object.keys(sheet.columns), ...unknown.map(({ letter }) => unknownKey(letter))];
  const reason = ({ column, message }: SheetFault): string => {
    const header = column === undefined ? undefined : sheet.columns[column]?.header;
    return header ? `${textIn(header, language)}: ${textIn(message, language)}` : textIn(message, language);
  };
  const rows = mapped(batches, ({ row, typed, faults }) => [
    ...keys.map((key) => (typed[key] ? written(typed[key], format) : null)),
    row,
    written(faults.map(reason).join('\n'), format),
  ]);
  const unread = unknown.map(({ header }) => ({ header: written(header, format), width: WIDTH, isText: true }));
  const beside = [
    { header: textIn(ROW_NUMBER, language), width: 8, isText: false },
    { header: textIn(REASON, language), width: WIDTH_OF_REASONS, isText: true },
  ];
  const columns = [...writtenColumns(sheet, language, true).map((column) => ({ ...column, isText: true })), ...unread, ...beside];
  return inThread({ kind: 'WRITE', format, name: textIn(sheet.name, language), columns }, rows);
}
