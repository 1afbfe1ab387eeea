/** What a table that comes in may be. */
export interface SheetLimits {
  /** Bytes of the file. */
  readonly fileSize: number;
  /** Bytes of all that a workbook unfolds to. */
  readonly unfolded: number;
  /** Parts in a workbook's archive. */
  readonly parts: number;
  /** Rows with something in them, without the header. */
  readonly rows: number;
  /** Rows with nothing in them: spreadsheets leave some thousands behind. */
  readonly emptyRows: number;
  /** Cells of one row, filled or not. */
  readonly columns: number;
  /** UTF-16 units of one cell: no spreadsheet holds more. */
  readonly cell: number;
  /** Megabytes of the heap of the thread that reads or writes. */
  readonly heap: number;
}

export const SHEET_LIMITS: SheetLimits = {
  fileSize: 16 * 1024 * 1024,
  unfolded: 64 * 1024 * 1024,
  parts: 500,
  rows: 20_000,
  emptyRows: 50_000,
  columns: 200,
  cell: 32_767,
  heap: 160,
};

/** Rows that go from thread to thread at once. */
export const BATCH_ROWS = 200;
