import type { ReadRow } from './row-reading.ts';
import type { Sheet, SheetColumns } from './sheet.ts';
import { SheetRefused, sheetFault } from './sheet-fault.ts';
import type { UnknownColumn } from './sheet-header.ts';
import { SHEET_LIMITS, type SheetLimits } from './sheet-limits.ts';
import { inThread } from './sheet-thread.ts';

/** Some rows of a file, in its order, and what is known of its columns. */
export interface SheetBatch<Columns extends SheetColumns> {
  /** The described columns that the file has: what is in none of its columns is not to be changed. */
  readonly columns: readonly (keyof Columns & string)[];
  /** Columns that the description does not know, to be told to whoever made the file; the last batch has all of them. */
  readonly unknown: readonly UnknownColumn[];
  /** Names of worksheets that have something in them and are not read: the first one alone is. A template’s own pages are none. */
  readonly unreadSheets: readonly string[];
  readonly rows: readonly ReadRow<Columns>[];
}

export interface ReadingOptions {
  /** ISO 3166 code: phones without a country code are read as of this country. */
  readonly country?: string;
  readonly limits?: Partial<SheetLimits>;
}

const MEGABYTE = 1024 * 1024;

/**
 * Reads an `.xlsx` or `.csv` by a description, told apart by their content, in a thread of its own: batch by batch, no faster than they are
 * taken. There is at least one batch.
 * @throws SheetRefused where the file as a whole cannot be read; faults of single rows are in the rows. It may come after some batches.
 */
export async function* readSheet<Columns extends SheetColumns>(
  sheet: Sheet<Columns>,
  file: Uint8Array | AsyncIterable<Uint8Array>,
  { country = 'CN', limits: given }: ReadingOptions = {},
): AsyncGenerator<SheetBatch<Columns>> {
  const limits = { ...SHEET_LIMITS, ...given };
  const bytes = await bytesOf(file, limits.fileSize);
  yield* inThread<SheetBatch<Columns>>({ kind: 'READ', bytes, sheet, country, limits }, undefined, limits.heap);
}

/** A copy of its own, which can be handed to another thread. */
async function bytesOf(file: Uint8Array | AsyncIterable<Uint8Array>, most: number): Promise<ArrayBuffer> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of file instanceof Uint8Array ? [file] : file) {
    size += piece.length;
    if (size > most) throw new SheetRefused(sheetFault('FILE_TOO_LARGE', {}, { most: Math.round(most / MEGABYTE) }));
    pieces.push(piece);
  }
  const all = new Uint8Array(size);
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all.buffer;
}
