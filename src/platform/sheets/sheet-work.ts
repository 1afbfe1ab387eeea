import type { Sheet } from './sheet.ts';
import type { SheetFault } from './sheet-fault.ts';
import type { SheetLimits } from './sheet-limits.ts';
import type { EmptyWorkbook, WrittenCell, WrittenColumn } from './workbook.ts';

// What the server's thread and the one beside it tell each other.

export type SheetFormat = 'XLSX' | 'CSV';
export type WrittenRow = readonly WrittenCell[];

/** One worksheet of several, without its rows. */
export interface WrittenSheet {
  readonly name: string;
  readonly columns: readonly WrittenColumn[];
}

/** What a thread is begun for. */
export type SheetWork =
  | {
      readonly kind: 'READ';
      readonly bytes: ArrayBuffer;
      readonly sheet: Sheet;
      readonly country: string;
      readonly limits: SheetLimits;
    }
  | { readonly kind: 'WRITE'; readonly format: SheetFormat; readonly name: string; readonly columns: readonly WrittenColumn[] }
  /** The first cell of each row is the place of its worksheet; they are kept until the last, for an archive is written in one go. */
  | { readonly kind: 'WRITE_SHEETS'; readonly sheets: readonly WrittenSheet[] }
  | { readonly kind: 'TEMPLATE'; readonly template: EmptyWorkbook };

/** Asks for the next part; with `rows`, gives the next rows to write, or null after the last. */
export type ToThread = { readonly rows?: readonly WrittenRow[] | null };
export type FromThread = {
  readonly part?: unknown;
  /** Rows to write are wanted. */
  readonly want?: true;
  readonly end?: true;
  readonly refused?: readonly SheetFault[];
};
