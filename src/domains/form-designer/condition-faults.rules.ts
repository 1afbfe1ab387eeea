import { type Condition, comparisonsOf, type FieldCondition, type FieldDefinition, type TemplateField } from '@guichet/forms';
import { isDay } from '../../platform/input/scalars.ts';
import { FIELD_BELOW, HIDDEN_FIELD, NOT_COMPARABLE, type TemplateReason, UNKNOWN_FIELD, WRONG_VALUE } from './template-reason.ts';

type Op = FieldCondition['op'];
interface Comparing {
  readonly ops: readonly Op[];
  fits(value: unknown, field: FieldDefinition): boolean;
}
const PRESENCE: readonly Op[] = ['FILLED', 'EMPTY'];
const SAME: readonly Op[] = ['EQ', 'NE', ...PRESENCE];
const ORDERED: readonly Op[] = [...SAME, 'LT', 'LTE', 'GT', 'GTE'];

const isText = (value: unknown): boolean => typeof value === 'string';
const TEXTS: Comparing = { ops: SAME, fits: isText };
const CHOICES: Comparing = {
  ops: [...SAME, 'IN'],
  fits: (value, { options = [] }) => isText(value) && options.some(({ id }) => id === value),
};
const DEFAULT_CURRENCY = 'CNY';
const BY_KIND: Readonly<Record<string, Comparing>> = {
  TEXT: TEXTS,
  PHONE: TEXTS,
  EMAIL: TEXTS,
  URL: TEXTS,
  EMPLOYEE: TEXTS,
  NUMBER: { ops: ORDERED, fits: (value) => typeof value === 'number' },
  MONEY: {
    ops: ORDERED,
    fits: (value, { currency = DEFAULT_CURRENCY }) =>
      typeof value === 'object' && value !== null && (value as { currency?: unknown }).currency === currency,
  },
  DATE: { ops: ORDERED, fits: (value) => typeof value === 'string' && isDay(value) },
  YES_NO: { ops: SAME, fits: (value) => typeof value === 'boolean' },
  CHOICE: CHOICES,
  CHOICES,
  CASCADE: CHOICES,
  EXPLANATION: { ops: [], fits: () => false },
};
const OF_OTHERS: Comparing = { ops: PRESENCE, fits: () => false };

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
  const { ops, fits } = BY_KIND[compared.kind] ?? OF_OTHERS;
  if (!ops.includes(op)) return [NOT_COMPARABLE(path)];
  const isRight = PRESENCE.includes(op)
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
