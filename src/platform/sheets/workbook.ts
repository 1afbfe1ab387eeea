import { type CellStyle, type CellValue, type ColumnDef, streamXlsxRows, type WriteSheet, writeXlsx, writeXlsxStream } from 'hucre/xlsx';
import { NO_RESULT, type RawCell } from './cell-value.ts';
import { isEmpty, type RawRow } from './row-reading.ts';
import { SheetRefused, sheetFault } from './sheet-fault.ts';
import { columnLetter } from './sheet-header.ts';
import type { SheetLimits } from './sheet-limits.ts';
import { cellKey, type FormulasWithoutResult, firstWorksheet, guardWorksheet } from './worksheet-guard.ts';
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
    const formulas = await guardWorksheet(bytes, firstWorksheet(bytes, parts), limits);
    for await (const { index, values } of streamXlsxRows(bytes)) yield rawRow(index + 1, values, formulas);
  } catch (error) {
    throw error instanceof SheetRefused ? error : new SheetRefused(sheetFault('FILE_BROKEN'));
  }
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

/** A worksheet to be filled in, and a second one that explains it. */
export interface EmptyWorkbook {
  readonly name: string;
  readonly columns: readonly WrittenColumn[];
  /** What can be chosen from, by the place of the column. */
  readonly choices: readonly (readonly [column: number, names: readonly string[]])[];
  readonly explanations: string;
  /** Its rows, the headers first. */
  readonly explained: readonly (readonly string[])[];
  readonly blankRows: number;
}

export function emptyWorkbook({ name, columns, choices, explanations, explained, blankRows }: EmptyWorkbook): Promise<Uint8Array> {
  const headers = columns.map(({ header }) => header);
  const last = (explained[0]?.length ?? 1) - 1;
  const toFill: WriteSheet = {
    name,
    columns: columnsOf(columns),
    rows: [headers, ...Array.from({ length: blankRows }, () => columns.map(() => null))],
    freezePane: { rows: 1 },
    cells: new Map(headers.map((value, i) => [`0,${i}`, { value, type: 'string', style: HEADER }])),
    dataValidations: choices.map(([column, values]) => ({
      type: 'list',
      values: [...values],
      range: `${columnLetter(column)}2:${columnLetter(column)}${blankRows + 1}`,
      allowBlank: true,
      showErrorMessage: true,
    })),
  };
  const toRead: WriteSheet = {
    name: explanations,
    columns: (explained[0] ?? []).map((_, i) => ({ width: i === last ? WIDE : NARROW, style: AS_TEXT })),
    rows: explained.map((row) => [...row]),
  };
  return writeXlsx({ sheets: [toFill, toRead] });
}
