import { parentPort, workerData } from 'node:worker_threads';
import { SheetRefused } from './sheet-fault.ts';
import { rowBatches } from './sheet-rows.ts';
import type { FromThread, SheetWork, ToThread, WrittenRow } from './sheet-work.ts';
import { writtenText } from './text-table.ts';
import { emptyWorkbook, writtenWorkbook, writtenWorksheets } from './workbook.ts';

// Files of other people are taken apart, and large ones written, beside the server's thread and with a heap of their own.

const port = parentPort!;
const waiting: { more?: () => void; rows?: (rows: ToThread['rows']) => void } = {};
port.on('message', ({ rows }: ToThread) => (rows === undefined ? waiting.more?.() : waiting.rows?.(rows)));

const tell = (message: FromThread): void => port.postMessage(message);
const asked = (): Promise<void> => new Promise((done) => (waiting.more = done));
const given = (): Promise<ToThread['rows']> => new Promise((done) => (waiting.rows = done));

async function* rowsGiven(): AsyncGenerator<WrittenRow> {
  for (;;) {
    tell({ want: true });
    const rows = await given();
    if (!rows) return;
    yield* rows;
  }
}

async function* partsOf(work: SheetWork): AsyncGenerator<unknown> {
  if (work.kind === 'READ') yield* rowBatches(work.sheet, Buffer.from(work.bytes), work.country, work.limits);
  else if (work.kind === 'TEMPLATE') yield await emptyWorkbook(work.template);
  else if (work.kind === 'WRITE_SHEETS') yield await writtenWorksheets(work.sheets, rowsGiven());
  else if (work.format === 'XLSX') yield* writtenWorkbook(work.name, work.columns, rowsGiven());
  else yield* writtenText(withHeaders(work.columns.map(({ header }) => header)));
}

async function* withHeaders(headers: WrittenRow): AsyncGenerator<WrittenRow> {
  yield headers;
  yield* rowsGiven();
}

async function work(): Promise<void> {
  try {
    for await (const part of partsOf(workerData as SheetWork)) {
      const more = asked();
      tell({ part });
      await more;
    }
    tell({ end: true });
  } catch (error) {
    if (!(error instanceof SheetRefused)) throw error;
    tell({ refused: error.faults });
  }
  port.close();
}
void work();
