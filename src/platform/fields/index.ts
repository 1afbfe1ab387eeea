export {
  compareDecimals,
  type DecimalText,
  decimalOfNumber,
  decimalTerm,
  MOST_LINES,
  missingIn,
  type Reference,
  type References,
  type StoredLines,
  type StoredLocation,
  type StoredMoney,
  type TakenValues,
  type TakingValues,
  takeDecimal,
  wholeUnits,
} from '@guichet/forms';
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
export { type FieldKind, type FilledCell, fieldKind, type ReadingCells } from './field-kind.ts';
export { builtInKinds, FieldKinds, MOST_FIELDS, type ShownValue } from './field-kinds.ts';
export { MOST_COLUMNS } from './lines.kind.ts';
export { phoneParts, textTerm } from './text.kinds.ts';
