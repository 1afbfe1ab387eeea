import { type Comparable, comparableOf, isGiven, likeThe } from './comparable.ts';
import type { Condition, FieldCondition } from './template-body.ts';

/** Values by the ids of their fields. */
export type FormValues = Readonly<Record<string, unknown>>;

const own = (values: unknown, name: string): unknown =>
  typeof values === 'object' && values !== null && Object.hasOwn(values, name) ? (values as FormValues)[name] : undefined;
const given = (values: FormValues, { field, total }: FieldCondition): unknown => {
  const value = own(values, field);
  return total === undefined ? value : own(own(value, 'totals'), total);
};

/**
 * Whether a condition holds of some values. A value that is not there equals nothing: it is EMPTY, and NE whatever is named.
 * Of a field with several choices EQ and IN look for one among them.
 */
export function holds(condition: Condition, values: FormValues): boolean {
  if ('all' in condition) return condition.all.every((one) => holds(one, values));
  if ('any' in condition) return condition.any.some((one) => holds(one, values));
  if ('not' in condition) return !holds(condition.not, values);
  return compares(condition, given(values, condition));
}

function compares({ op, value }: FieldCondition, given: unknown): boolean {
  if (op === 'EMPTY') return !isGiven(given);
  if (op === 'FILLED') return isGiven(given);
  const has = (one: unknown): boolean => listOf(given).some((own) => isSame(own, one));
  if (op === 'EQ') return has(value);
  if (op === 'NE') return !has(value);
  if (op === 'IN') return listOf(value).some(has);
  return isOrdered(op, comparableOf(likeThe(value, given)), comparableOf(value));
}

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : isGiven(value) ? [value] : []);

/** Amounts of two currencies are never the same, and neither is above the other. */
const isSame = (one: unknown, other: unknown): boolean => {
  const a = comparableOf(likeThe(other, one));
  const b = comparableOf(other);
  return a !== undefined && b !== undefined && a.unit === b.unit && a.by === b.by;
};

function isOrdered(op: 'LT' | 'LTE' | 'GT' | 'GTE', a: Comparable | undefined, b: Comparable | undefined): boolean {
  if (!a || !b || a.unit !== b.unit || typeof a.by !== typeof b.by) return false;
  if (op === 'LT') return a.by < b.by;
  if (op === 'LTE') return a.by <= b.by;
  return op === 'GT' ? a.by > b.by : a.by >= b.by;
}

/** Ids of the fields that a condition looks at. */
export function fieldsOf(condition: Condition): ReadonlySet<string> {
  if ('all' in condition) return new Set(condition.all.flatMap((one) => [...fieldsOf(one)]));
  if ('any' in condition) return new Set(condition.any.flatMap((one) => [...fieldsOf(one)]));
  return 'not' in condition ? fieldsOf(condition.not) : new Set([condition.field]);
}

/** Comparisons of a condition, with where each stands in it. */
export function comparisonsOf(condition: Condition, path: readonly string[] = []): { at: readonly string[]; of: FieldCondition }[] {
  if ('all' in condition) return condition.all.flatMap((one, i) => comparisonsOf(one, [...path, 'all', String(i)]));
  if ('any' in condition) return condition.any.flatMap((one, i) => comparisonsOf(one, [...path, 'any', String(i)]));
  return 'not' in condition ? comparisonsOf(condition.not, [...path, 'not']) : [{ at: path, of: condition }];
}

/** Levels and parts of a condition. */
export function sizeOf(condition: Condition): { readonly depth: number; readonly nodes: number } {
  const parts = 'all' in condition ? condition.all : 'any' in condition ? condition.any : 'not' in condition ? [condition.not] : [];
  const sizes = parts.map(sizeOf);
  return {
    depth: 1 + Math.max(0, ...sizes.map(({ depth }) => depth)),
    nodes: 1 + sizes.reduce((sum, { nodes }) => sum + nodes, 0),
  };
}
