export type { ReadRow } from './row-reading.ts';
export { defineSheet, type Sheet, type SheetChoice, type SheetColumn, type SheetColumns, type SheetValues } from './sheet.ts';
export { type SheetFault, type SheetFaultCode, SheetRefused, sheetFault } from './sheet-fault.ts';
export { headerForm, type UnknownColumn, WRITTEN_BESIDE } from './sheet-header.ts';
export { SHEET_LIMITS, type SheetLimits } from './sheet-limits.ts';
export { type ReadingOptions, readSheet, type SheetBatch } from './sheet-reading.ts';
export { sheetTemplate } from './sheet-template.ts';
export type { SheetFormat } from './sheet-work.ts';
export {
  type PlacedRecord,
  type RejectedRow,
  type SheetCell,
  type SheetRecord,
  type WritingOptions,
  writeRejected,
  writeSheet,
  writeSheets,
} from './sheet-writing.ts';
