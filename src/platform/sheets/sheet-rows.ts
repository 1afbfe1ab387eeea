import type { RawRow, ReadRow } from './row-reading.ts';
import { isEmpty, readRow, shownCell } from './row-reading.ts';
import type { Sheet } from './sheet.ts';
import { SheetRefused, sheetFault } from './sheet-fault.ts';
import { readHead, type SheetHead, type UnknownColumn } from './sheet-header.ts';
import { BATCH_ROWS, type SheetLimits } from './sheet-limits.ts';
import { textRows } from './text-table.ts';
import { workbookRows } from './workbook.ts';

/** Some rows of a file, in its order. */
export interface RowBatch {
  /** Keys of the described columns that the file has. */
  readonly columns: readonly string[];
  readonly unknown: readonly UnknownColumn[];
  readonly rows: readonly ReadRow[];
}

const ARCHIVE = 0x04034b50;
/** Of the old workbooks, and of those with a password. */
const COMPOUND = 0xe011cfd0;

/** What a file is, is told by how it begins, never by its name. */
function rawRows(bytes: Buffer, limits: SheetLimits): AsyncGenerator<RawRow> {
  const start = bytes.length < 4 ? 0 : bytes.readUInt32LE(0);
  if (start === COMPOUND) throw new SheetRefused(sheetFault('FILE_PROTECTED'));
  return start === ARCHIVE ? workbookRows(bytes, limits) : textRows(bytes, limits);
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

/** Reads a file by the description. The last batch may be empty, so that there is one. @throws SheetRefused */
export async function* rowBatches(sheet: Sheet, bytes: Buffer, country: string, limits: SheetLimits): AsyncGenerator<RowBatch> {
  let head: SheetHead | undefined;
  let [rows, count, empty]: [ReadRow[], number, number] = [[], 0, 0];
  const batch = ({ keys, unknown }: SheetHead): RowBatch => ({ columns: keys.filter((key) => key !== undefined), unknown, rows });
  for await (const raw of rawRows(bytes, limits)) {
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
    if (rows.length < BATCH_ROWS) continue;
    yield batch(head);
    rows = [];
  }
  if (!head) throw new SheetRefused(sheetFault('FILE_EMPTY'));
  yield batch(head);
}
