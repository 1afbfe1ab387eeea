import type { RawRow, ReadRow } from './row-reading.ts';
import { isEmpty, readRow, shownCell, unreadCells } from './row-reading.ts';
import type { Sheet } from './sheet.ts';
import { SheetRefused, sheetFault } from './sheet-fault.ts';
import { columnLetter, readHead, type SheetHead, type UnknownColumn } from './sheet-header.ts';
import { BATCH_ROWS, type SheetLimits } from './sheet-limits.ts';
import { textRows } from './text-table.ts';
import { type Worksheets, workbookRows, worksheetsOf } from './workbook.ts';

/** Some rows of a file, in its order. */
export interface RowBatch {
  /** Keys of the described columns that the file has. */
  readonly columns: readonly string[];
  readonly unknown: readonly UnknownColumn[];
  readonly unreadSheets: readonly string[];
  readonly rows: readonly ReadRow[];
}

const ARCHIVE = 0x04034b50;
/** Of the old workbooks, and of those with a password. */
const COMPOUND = 0xe011cfd0;

interface Source {
  readonly rows: AsyncGenerator<RawRow>;
  /** Of a workbook, its worksheets. */
  readonly sheets?: Worksheets;
}
/** What a file is, is told by how it begins, never by its name. */
async function sourceOf(bytes: Buffer, limits: SheetLimits): Promise<Source> {
  const start = bytes.length < 4 ? 0 : bytes.readUInt32LE(0);
  if (start === COMPOUND) throw new SheetRefused(sheetFault('FILE_PROTECTED'));
  if (start !== ARCHIVE) return { rows: textRows(bytes, limits) };
  return { rows: workbookRows(bytes, limits), sheets: await worksheetsOf(bytes, limits) };
}

function headOf(sheet: Sheet, { row, cells }: RawRow): SheetHead {
  const head = readHead(
    sheet,
    cells.map((cell) => shownCell(cell)),
    row,
  );
  if (head.faults.length > 0) throw new SheetRefused(...head.faults);
  return head;
}

/** Columns that nobody knows, those above which nothing stands included. */
function withNameless(unknown: readonly UnknownColumn[], columns: ReadonlySet<number>): UnknownColumn[] {
  const named = new Set(unknown.map(({ letter }) => letter));
  const letters = [...columns].toSorted((one, other) => one - other).map(columnLetter);
  return [...unknown, ...letters.filter((letter) => !named.has(letter)).map((letter) => ({ letter, header: '' }))];
}

/** Reads a file by the description. The last batch may be empty, so that there is one. @throws SheetRefused */
export async function* rowBatches(sheet: Sheet, bytes: Buffer, country: string, limits: SheetLimits): AsyncGenerator<RowBatch> {
  let head: SheetHead | undefined;
  let [rows, count, empty]: [ReadRow[], number, number] = [[], 0, 0];
  const { rows: raws, sheets } = await sourceOf(bytes, limits);
  const nameless = new Set<number>();
  const batch = ({ keys, unknown }: SheetHead): RowBatch => ({
    columns: keys.filter((key) => typeof key === 'string'),
    unknown: withNameless(unknown, nameless),
    unreadSheets: sheets?.unread ?? [],
    rows,
  });
  for await (const raw of raws) {
    if (raw.cells.every(isEmpty)) {
      if (++empty > limits.emptyRows) throw new SheetRefused(sheetFault('TOO_MANY_EMPTY_ROWS', {}, { most: limits.emptyRows }));
      continue;
    }
    if (!head) {
      head = headOf(sheet, raw);
      continue;
    }
    if (++count > limits.rows) throw new SheetRefused(sheetFault('TOO_MANY_ROWS', {}, { most: limits.rows }));
    rows.push(readRow(sheet, head.keys, raw, country));
    for (const column of unreadCells(head.keys, raw.cells)) nameless.add(column);
    if (rows.length < BATCH_ROWS) continue;
    yield batch(head);
    rows = [];
  }
  if (!head) throw new SheetRefused(sheets ? sheetFault('SHEET_EMPTY', {}, { sheet: sheets.read }) : sheetFault('FILE_EMPTY'));
  yield batch(head);
}
