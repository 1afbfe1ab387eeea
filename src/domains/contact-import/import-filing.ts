import { Readable } from 'node:stream';
import { type RejectedRow, textIn, type UnknownColumn, writeRejected } from '../../sdk/core.ts';
import type { FilesService, Message } from '../../sdk/index.ts';
import { hangRejected, importNow, rejectedRowsAfter } from './contact-import.service.ts';
import { rejectedContacts } from './import.purposes.ts';
import { contactSheet } from './import.sheet.ts';
import type { ImportWork } from './import-work.ts';

const REJECTED: Message = { en: 'rejected rows', 'zh-CN': '未导入的行' };
const PAGE = 500;

/** Gives rejected rows back: a workbook with the reasons beside each, which can be mended and sent again as it is. */
export async function fileRejected(work: ImportWork, importId: string, files: FilesService): Promise<void> {
  const { row, seat, own } = await work.perform(async (use) => {
    const { row: given, now: fields } = await importNow(use, importId);
    return { row: given, seat: use.seat, own: fields };
  });
  if (row.rejected === 0 || row.rejected_rows_id) return;
  const unknown = row.unknown_columns as readonly UnknownColumn[];
  const options = { format: 'XLSX', language: work.language } as const;
  const { fileId } = await files.keep({
    organizationId: work.organizationId,
    name: `${textIn(REJECTED, work.language)}.xlsx`,
    kind: 'XLSX',
    purpose: rejectedContacts,
    seat,
    bytes: Readable.from(writeRejected(contactSheet({ own }), rejectedPages(work, importId), options, unknown)),
    most: rejectedContacts.most,
  });
  await work.perform((use) => hangRejected(use, importId, fileId));
}

async function* rejectedPages(work: ImportWork, importId: string): AsyncGenerator<readonly RejectedRow[]> {
  for (let after = -1; ; ) {
    const rows = await work.perform((use) => rejectedRowsAfter(use, importId, after, PAGE));
    if (rows.length === 0) return;
    yield rows.map(({ row, typed, reasons }) => ({ row, typed: typed ?? {}, faults: reasons }));
    after = rows.at(-1)!.row;
  }
}
