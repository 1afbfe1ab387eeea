export { type AskedColumn, type AskedCondition, type AskedField, askedFields, FORM_FIELDS } from './asked-fields.ts';
export { type CheckingForm, checkForm } from './check-form.ts';
export { optionsOf, pathTo } from './choice.values.ts';
export { type Comparable, comparableOf, isGiven } from './comparable.ts';
export { comparisonsOfKind, isOfPresence } from './comparisons.ts';
export { type CompletedForm, type Completing, completed } from './complete-form.ts';
export { comparisonsOf, type FormValues, fieldsOf, holds, sizeOf } from './condition.ts';
export { isDay } from './day.ts';
export {
  compareDecimals,
  type DecimalText,
  decimalOfNumber,
  decimalsOf,
  decimalTerm,
  MOST_DECIMALS,
  MOST_DIGITS,
  rounded,
  scaledOf,
  takeDecimal,
} from './decimal.ts';
export { type Fault, faultText, type Issue, type Message, type ReportFault } from './fault.ts';
export type { FieldDefinition, FieldOption } from './field-definition.ts';
export { type Answered, type AnsweredValue, FORM_ANSWERS, givenAnswers } from './given-answers.ts';
export type { GivenLocation, GivenMoney, GivenValue, StoredValue, StoredValues } from './given-value.ts';
export { linesValues, MOST_LINES, type StoredLines } from './lines.values.ts';
export { type StoredMoney, wholeUnits } from './number.values.ts';
export { MOST_FILES, type StoredLocation } from './other.values.ts';
export { type ShownForm, shownForm } from './shown-fields.ts';
export { missingIn, type Reference, type TakenValues, type TakingValues, takeValues } from './taking.ts';
export {
  type Approver,
  type Audience,
  CC_TIMES,
  type Cc,
  COMPARISONS,
  type Comparison,
  type Condition,
  FIELD_READERS,
  type FieldCondition,
  type FieldReaders,
  type Flow,
  STEP_MODES,
  type Step,
  type TemplateBody,
  type TemplateField,
  WITHDRAWALS,
} from './template-body.ts';
export { mostCharacters, takenText } from './text.values.ts';
export { hasSomethingToSee, type TakenText, type TextFault, takeText } from './text-taken.ts';
export { type ComputedLines, DEFAULT_CURRENCY, digitsOf, withTotals } from './totals.ts';
export {
  NOT_A_DAY,
  NOT_A_NUMBER,
  NOT_AN_OPTION,
  notTaken,
  tooMany,
  tooManyDecimals,
  tooShort,
  UNREADABLE,
} from './value-faults.ts';
export { type References, type Taking, type ValueKind, type ValueKindOf, valueKind } from './value-kind.ts';
export { builtIn, valueKinds } from './value-kinds.ts';
