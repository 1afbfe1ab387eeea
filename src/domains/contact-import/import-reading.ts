import { type FieldDefinition, readSheet, SheetRefused, sheetFault, type UnknownColumn } from '../../sdk/core.ts';
import { JobFailure, type JobFault, type Message } from '../../sdk/index.ts';
import type { importNow } from './contact-import.service.ts';
import { type ContactRow, contactSheet } from './import.sheet.ts';
import type { ImportWork } from './import-work.ts';

const READING: Message = { en: 'Reading the table', 'zh-CN': '正在读取表格' };

/** A table as it was read. */
export interface ContactTable {
  readonly rows: readonly ContactRow[];
  readonly unknown: readonly UnknownColumn[];
  readonly unreadSheets: readonly string[];
  /** The row that a phone stands in first. */
  readonly firstRowOf: ReadonlyMap<string, number>;
  /** The organization's own fields that the table was read by: what became of one since, each row finds out. */
  readonly asked: readonly FieldDefinition[];
}

/** @throws JobFailure for a file that cannot be read */
export async function readTable(
  work: ImportWork,
  { row, country, files, own }: Awaited<ReturnType<typeof importNow>>,
): Promise<ContactTable> {
  const rows: ContactRow[] = [];
  let [unknown, unreadSheets]: [readonly UnknownColumn[], readonly string[]] = [[], []];
  const sheet = contactSheet({ tagged: row.tag_ids.length > 0, own });
  if (!work.checkpoint) await work.progress(0, undefined, READING);
  try {
    const bytes = await files.read(work.organizationId, row.upload_id);
    for await (const batch of readSheet(sheet, bytes, { country })) {
      work.signal.throwIfAborted();
      rows.push(...batch.rows);
      ({ unknown, unreadSheets } = batch);
    }
    if (rows.length === 0) throw new SheetRefused(sheetFault('NOTHING_IN_IT'));
  } catch (error) {
    if (!(error instanceof SheetRefused)) throw error;
    const [first, ...rest] = error.faults.map(
      (fault): JobFault => ({
        row: fault.row,
        path: fault.column === undefined ? [] : [fault.column],
        code: fault.code,
        message: fault.message,
      }),
    );
    throw new JobFailure(first!, ...rest);
  }
  return { rows, unknown, unreadSheets, firstRowOf: firstRows(rows), asked: own };
}

function firstRows(rows: readonly ContactRow[]): ReadonlyMap<string, number> {
  const first = new Map<string, number>();
  for (const { row, known } of rows) if (known.phone && !first.has(known.phone.e164)) first.set(known.phone.e164, row);
  return first;
}
