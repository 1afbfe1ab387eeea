export { compareDecimals, type DecimalText, decimalOfNumber, decimalTerm, takeDecimal } from './decimal.ts';
export type {
  FieldDefinition,
  FieldOption,
  FieldSetting,
  GivenLocation,
  GivenMoney,
  GivenValue,
  ReportFault,
  Shown,
  StoredValue,
  StoredValues,
  Taking,
} from './field.ts';
export { type FieldKind, type FilledCell, fieldKind, type ReadingCells, type References } from './field-kind.ts';
export { builtInKinds, FieldKinds, MOST_FIELDS, type ShownValue } from './field-kinds.ts';
export { missingIn, type Reference, type TakenValues, type TakingValues } from './field-taking.ts';
export { MOST_COLUMNS, MOST_LINES, type StoredLines } from './lines.kind.ts';
export { type StoredMoney, wholeUnits } from './number.kinds.ts';
export type { StoredLocation } from './reference.kinds.ts';
export { phoneParts, textTerm } from './text.kinds.ts';
