import {
  type Condition,
  comparisonsOf,
  comparisonsOfKind,
  DEFAULT_CURRENCY,
  type FieldCondition,
  type FieldDefinition,
  isDay,
  isOfPresence,
  type TemplateField,
} from '@guichet/forms';
import { FIELD_BELOW, HIDDEN_FIELD, NOT_COMPARABLE, type TemplateReason, UNKNOWN_FIELD, WRONG_VALUE } from './template-reason.ts';

type Fits = (value: unknown, field: FieldDefinition) => boolean;

const isText: Fits = (value) => typeof value === 'string';
const isChoice: Fits = (value, { options = [] }) => options.some(({ id }) => id === value);
/** Of kinds that are compared with a value: whether it is one of theirs. */
const FITS: Readonly<Record<string, Fits>> = {
  TEXT: isText,
  PHONE: isText,
  EMAIL: isText,
  URL: isText,
  EMPLOYEE: isText,
  NUMBER: (value) => typeof value === 'number',
  MONEY: (value, { currency = DEFAULT_CURRENCY }) =>
    typeof value === 'object' && value !== null && (value as { currency?: unknown }).currency === currency,
  DATE: (value) => typeof value === 'string' && isDay(value),
  YES_NO: (value) => typeof value === 'boolean',
  CHOICE: isChoice,
  CHOICES: isChoice,
  CASCADE: isChoice,
};

/** What is wrong with a condition. @param above fields that it may look at. @param all fields of the template. @param path of the condition */
export function conditionFaults(
  condition: Condition,
  above: readonly TemplateField[],
  all: readonly TemplateField[],
  path: readonly string[],
): TemplateReason[] {
  return comparisonsOf(condition).flatMap(({ at, of }) => comparisonFaults(of, above, all, [...path, ...at]));
}

function comparisonFaults(
  { field: id, total, op, value }: FieldCondition,
  above: readonly TemplateField[],
  all: readonly TemplateField[],
  path: readonly string[],
): TemplateReason[] {
  const field = above.find((one) => one.id === id);
  if (!field) return [all.some((one) => one.id === id) ? FIELD_BELOW(path) : UNKNOWN_FIELD(path)];
  const compared = total === undefined ? field : field.columns?.find((column) => column.id === total && column.summed);
  if (!compared) return [UNKNOWN_FIELD([...path, 'total'])];
  if (!comparisonsOfKind(compared.kind).includes(op)) return [NOT_COMPARABLE(path)];
  const fits: Fits = FITS[compared.kind] ?? (() => false);
  const isRight = isOfPresence(op)
    ? value === undefined
    : op === 'IN'
      ? Array.isArray(value) && value.length > 0 && value.every((one) => fits(one, compared))
      : fits(value, compared);
  return isRight ? [] : [WRONG_VALUE(path)];
}

/** What the customer sees may hang on nothing that the customer may not read. */
export function hiddenFaults(condition: Condition, all: readonly TemplateField[], path: readonly string[]): TemplateReason[] {
  const hidden = new Set(all.filter(({ readBy }) => readBy === 'STAFF').map(({ id }) => id));
  return comparisonsOf(condition).flatMap(({ at, of }) => (hidden.has(of.field) ? [HIDDEN_FIELD([...path, ...at])] : []));
}
