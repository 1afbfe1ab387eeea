import {
  type CellStyle,
  type CellValue,
  type ColumnDef,
  type DataValidation,
  streamXlsxRows,
  type WriteSheet,
  writeXlsx,
  writeXlsxStream,
} from 'hucre/xlsx';
import { NO_RESULT, type RawCell } from './cell-value.ts';
import { isEmpty, type RawRow } from './row-reading.ts';
import { SheetRefused, sheetFault } from './sheet-fault.ts';
import { CHOICES, columnLetter, EXPLANATIONS } from './sheet-header.ts';
import type { SheetLimits } from './sheet-limits.ts';
import { cellKey, type FormulasWithoutResult, guardWorksheet, holdsSomething, worksheetParts } from './worksheet-guard.ts';
import { guardedParts } from './zip-guard.ts';

// The one place that knows the library of workbooks.

/** What one column of a written worksheet looks like. */
export interface WrittenColumn {
  readonly header: string;
  readonly width: number;
  /** Kept as it is typed: a spreadsheet makes no number of it. */
  readonly isText: boolean;
}
export type WrittenCell = string | number | boolean | Date | null;

/** Rows of a workbook's first worksheet. @throws SheetRefused, also for whatever the library stumbles over: the file is not what it says */
export async function* workbookRows(bytes: Buffer, limits: SheetLimits): AsyncGenerator<RawRow> {
  try {
    const parts = guardedParts(bytes, limits);
    const formulas = await guardWorksheet(bytes, worksheetParts(bytes, parts)[0]!.part, limits);
    for await (const { index, values } of streamXlsxRows(bytes)) yield rawRow(index + 1, values, formulas);
  } catch (error) {
    throw error instanceof SheetRefused ? error : new SheetRefused(sheetFault('FILE_BROKEN'));
  }
}

/** Names of a workbook's worksheets. */
export interface Worksheets {
  readonly read: string;
  /** Those that have something in them beside. */
  readonly unread: readonly string[];
}
const PAGES: ReadonlySet<string> = new Set([EXPLANATIONS, CHOICES].flatMap((name) => Object.values(name)));
/** @throws SheetRefused */
export async function worksheetsOf(bytes: Buffer, limits: SheetLimits): Promise<Worksheets> {
  const [first, ...others] = worksheetParts(bytes, guardedParts(bytes, limits));
  const unread: string[] = [];
  for (const { name, part } of others) if (!PAGES.has(name) && (await holdsSomething(bytes, part))) unread.push(name);
  return { read: first!.name, unread };
}

function rawRow(row: number, values: readonly CellValue[], formulas: FormulasWithoutResult): RawRow {
  if (!Number.isSafeInteger(row)) throw new SheetRefused(sheetFault('FILE_BROKEN'));
  const cells = formulas.size === 0 ? values : values.map((cell, i) => (isEmpty(cell) && formulas.has(cellKey(row, i)) ? NO_RESULT : cell));
  return { row, cells: cells as readonly RawCell[] };
}

const [NARROW, WIDE] = [20, 60];
const AS_TEXT: CellStyle = { numFmt: '@' };
const HEADER: CellStyle = { numFmt: '@', font: { bold: true }, alignment: { wrapText: true, vertical: 'top' } };
const columnsOf = (columns: readonly WrittenColumn[]): ColumnDef[] =>
  columns.map(({ width, isText }) => ({ width, ...(isText ? { style: AS_TEXT } : {}) }));

/** A worksheet as it is written, row by row. */
export function writtenWorkbook(
  name: string,
  columns: readonly WrittenColumn[],
  rows: AsyncIterable<readonly WrittenCell[]>,
): AsyncIterable<Uint8Array> {
  async function* all(): AsyncGenerator<CellValue[]> {
    yield columns.map(({ header }) => header);
    for await (const row of rows) yield [...row];
  }
  return writeXlsxStream(all(), { name, columns: columnsOf(columns), freezePane: { rows: 1 } }) as AsyncIterable<Uint8Array>;
}

/** Several worksheets; the first cell of each row says which of them it belongs to. */
export async function writtenWorksheets(
  sheets: readonly { readonly name: string; readonly columns: readonly WrittenColumn[] }[],
  rows: AsyncIterable<readonly WrittenCell[]>,
): Promise<Uint8Array> {
  const all: CellValue[][][] = sheets.map(({ columns }) => [columns.map(({ header }) => header)]);
  for await (const [sheet, ...cells] of rows) all[sheet as number]!.push(cells);
  return writeXlsx({
    sheets: sheets.map(({ name, columns }, i) => ({ name, columns: columnsOf(columns), rows: all[i]!, freezePane: { rows: 1 } })),
  });
}

/** What can be chosen from in a column. */
export interface ColumnChoices {
  /** Its place. */
  readonly column: number;
  readonly names: readonly string[];
  /** Whether nothing else may stand there. */
  readonly isRule: boolean;
  /** Whether they can stand in the rule of the cells; otherwise they stand in a worksheet of their own. */
  readonly fits: boolean;
}
/** A worksheet to be filled in, a second one that explains it, and where lists are long a third one with what can be chosen from. */
export interface EmptyWorkbook {
  readonly name: string;
  readonly columns: readonly WrittenColumn[];
  readonly choices: readonly ColumnChoices[];
  readonly choicesName: string;
  readonly explanations: string;
  /** Its rows, the headers first. */
  readonly explained: readonly (readonly string[])[];
  readonly blankRows: number;
}

export function emptyWorkbook({
  name,
  columns,
  choices,
  choicesName,
  explanations,
  explained,
  blankRows,
}: EmptyWorkbook): Promise<Uint8Array> {
  const headers = columns.map(({ header }) => header);
  const last = (explained[0]?.length ?? 1) - 1;
  const listed = choices.filter(({ fits }) => !fits);
  const listOf = (one: ColumnChoices): Pick<DataValidation, 'values' | 'formula1'> => {
    if (one.fits) return { values: [...one.names] };
    const letter = columnLetter(listed.indexOf(one));
    return { formula1: `'${choicesName}'!$${letter}$1:$${letter}$${one.names.length}` };
  };
  const toFill: WriteSheet = {
    name,
    columns: columnsOf(columns),
    rows: [headers, ...Array.from({ length: blankRows }, () => columns.map(() => null))],
    freezePane: { rows: 1 },
    cells: new Map(headers.map((value, i) => [`0,${i}`, { value, type: 'string', style: HEADER }])),
    dataValidations: choices.map((one) => ({
      type: 'list',
      ...listOf(one),
      range: `${columnLetter(one.column)}2:${columnLetter(one.column)}${blankRows + 1}`,
      allowBlank: true,
      showErrorMessage: one.isRule,
    })),
  };
  const toRead: WriteSheet = {
    name: explanations,
    columns: (explained[0] ?? []).map((_, i) => ({ width: i === last ? WIDE : NARROW, style: AS_TEXT })),
    rows: explained.map((row) => [...row]),
  };
  const longest = Math.max(0, ...listed.map(({ names }) => names.length));
  const toChoose: WriteSheet = {
    name: choicesName,
    columns: listed.map(() => ({ width: NARROW, style: AS_TEXT })),
    rows: Array.from({ length: longest }, (_, row) => listed.map(({ names }) => names[row] ?? null)),
  };
  return writeXlsx({ sheets: [toFill, toRead, ...(listed.length ? [toChoose] : [])] });
}
