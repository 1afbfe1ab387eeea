import { asStorable, isStorable } from '../database/storable.ts';
import { hasSomethingToSee } from '../text/text-taken.ts';
import { undefuse } from './cell-formula.ts';
import { MOST_CHARACTERS, NO_RESULT, type RawCell, readCell } from './cell-value.ts';
import type { ColumnKind, ColumnValues, Sheet, SheetColumn, SheetColumns, SheetValues } from './sheet.ts';
import { type SheetFault, type SheetFaultCode, sheetFault } from './sheet-fault.ts';
import { columnLetter, type SheetHead } from './sheet-header.ts';
import { SHEET_LIMITS } from './sheet-limits.ts';

/** A row as it comes out of a file. */
export interface RawRow {
  /** As the spreadsheet counts: the header is mostly 1. */
  readonly row: number;
  readonly cells: readonly RawCell[];
}

/** A row that was read. `values` is there where `faults` is empty. */
export interface ReadRow<Columns extends SheetColumns = SheetColumns> {
  readonly row: number;
  readonly values?: SheetValues<Columns>;
  /** Of the cells in which nothing is wrong, so that whoever takes the row can tell what else is wrong with it. */
  readonly known: Partial<SheetValues<Columns>>;
  readonly faults: readonly SheetFault[];
  /** What stood in the cells, by column, to be given back beside the reasons; of columns that are not known, by `unknownKey`. */
  readonly typed: Readonly<Record<string, string>>;
}

/** By which a row keeps what stands in a column that the description does not know. */
export const unknownKey = (letter: string): string => `@${letter}`;

type Cell = { readonly value?: ColumnValues[ColumnKind] | readonly ColumnValues[ColumnKind][]; readonly code?: SheetFaultCode };

const MOST_VALUES = 50;
const SEPARATORS = /[;；、\r\n]+/;
const SPREADSHEET_ERROR = /^#(?:NULL!|DIV\/0!|VALUE!|REF!|NAME\?|NUM!|N\/A|SPILL!|CALC!|GETTING_DATA|BLOCKED!|FIELD!|CONNECT!)$/;

/** Is rejected again where nobody has mended it. */
const LOST = '#VALUE!';

/** Where there is nothing to see there is nothing, as in an input; what no text is made of is told of. */
export const isEmpty = (cell: RawCell): boolean =>
  cell === null || cell === undefined || (typeof cell === 'string' && isStorable(cell) && !hasSomethingToSee(cell));

/** A cell as a person would read it, cut where nobody would read on, if need be. */
export function shownCell(cell: RawCell, most = MOST_CHARACTERS): string {
  if (cell === null || cell === undefined) return '';
  if (cell === NO_RESULT) return LOST;
  if (cell instanceof Date) return Number.isNaN(cell.getTime()) ? '' : cell.toISOString().slice(0, 10);
  const text = asStorable(String(cell));
  return text.length > most * 4 ? `${text.slice(0, most).toWellFormed()}…` : text;
}

/**
 * A cell that was refused, as it is given back: sent again untouched, it is refused again. A number that a spreadsheet has rounded would be
 * taken as a text, and so would a long text that was cut: what was lost stays lost until somebody types it.
 */
function refusedCell(cell: RawCell, code: SheetFaultCode, column: SheetColumn, country: string): string {
  const most = column.most ?? MOST_CHARACTERS;
  const rounded = typeof cell === 'number' ? [cell.toExponential().toUpperCase()] : [];
  const forms = [shownCell(cell, most), ...rounded, LOST];
  const again = forms.map((text) => readOne(text, column, country).code);
  return forms[again.indexOf(code)] ?? forms[again.findIndex((one) => one !== undefined)]!;
}

function readOne(given: RawCell, column: SheetColumn, country: string): Cell {
  if (given === NO_RESULT) return { code: 'FORMULA' };
  const cell = typeof given === 'string' ? undefuse(given) : given;
  if (cell === null || cell === undefined || isEmpty(cell)) return column.required ? { code: 'REQUIRED' } : {};
  if (typeof cell !== 'string') return several(column, readCell(cell, column, country));
  if (cell.length > SHEET_LIMITS.cell) return { code: 'TOO_LONG' };
  if (SPREADSHEET_ERROR.test(cell.trim())) return { code: 'CELL_ERROR' };
  return column.several ? readSeveral(cell, column, country) : readCell(cell, column, country);
}

const several = ({ several: many }: SheetColumn, cell: Cell): Cell =>
  many && cell.code === undefined ? { value: [cell.value as ColumnValues[ColumnKind]] } : cell;

function readSeveral(cell: string, column: SheetColumn, country: string): Cell {
  const parts = cell.split(SEPARATORS).filter((part) => part.trim() !== '');
  if (parts.length > MOST_VALUES) return { code: 'TOO_MANY' };
  if (parts.length === 0) return column.required ? { code: 'REQUIRED' } : {};
  const read = parts.map((part) => readCell(part, column, country));
  const code = read.find((one) => one.code !== undefined)?.code;
  return code === undefined ? { value: read.map(({ value }) => value!) } : { code };
}

function faultOf(code: SheetFaultCode, row: number, key: string, column: SheetColumn): SheetFault {
  const choices = (language: 'en' | 'zh-CN'): string => (column.choices ?? []).map(({ name }) => name[language]).join(', ');
  const most = code === 'TOO_MANY' ? MOST_VALUES : (column.most ?? MOST_CHARACTERS);
  return sheetFault(code, { row, column: key }, { most, choices: { en: choices('en'), 'zh-CN': choices('zh-CN') } });
}

/** Places of the cells of a row in which something stands under no header that is known, also right of the last one. */
export const unreadCells = (keys: SheetHead['keys'], cells: readonly RawCell[]): number[] =>
  cells.flatMap((cell, i) => (keys[i] === undefined && !isEmpty(cell) ? [i] : []));

/** Reads one row by the description. @param keys of the columns of the file, in its order: see `SheetHead` */
export function readRow(sheet: Sheet, keys: SheetHead['keys'], { row, cells }: RawRow, country: string): ReadRow {
  const values: Record<string, Cell['value']> = {};
  const typed: Record<string, string> = {};
  const faults: SheetFault[] = [];
  for (const [i, key] of keys.entries()) {
    if (typeof key !== 'string') continue;
    const column = sheet.columns[key]!;
    const { value, code } = readOne(cells[i], column, country);
    typed[key] = code ? refusedCell(cells[i], code, column, country) : shownCell(cells[i], Number.POSITIVE_INFINITY);
    if (code) faults.push(faultOf(code, row, key, column));
    else values[key] = value;
  }
  for (const i of unreadCells(keys, cells)) typed[unknownKey(columnLetter(i))] = shownCell(cells[i], SHEET_LIMITS.cell);
  const known = values as SheetValues<SheetColumns>;
  return { row, faults, typed, known, ...(faults.length > 0 ? {} : { values: known }) };
}
