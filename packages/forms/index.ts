export { type Comparable, comparableOf, isGiven } from './comparable.ts';
export { comparisonsOf, type FormValues, fieldsOf, holds, sizeOf } from './condition.ts';
export type { FieldDefinition, FieldOption } from './field-definition.ts';
export { type ShownForm, shownForm } from './shown-fields.ts';
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
export { type ComputedLines, digitsOf, withTotals } from './totals.ts';
