import type { FieldDefinition, FieldKinds, StoredLines, StoredValues } from '../../sdk/core.ts';
import { keptTerm } from './field-comparison.ts';

/** A row of a table of terms, without whose value it is. */
export interface ValueTerm {
  /** Name of the field. */
  readonly field: string;
  /** Values may have several terms, such as choices. */
  readonly nth: number;
  readonly term: string | null;
  readonly employee_id: string | null;
}

/** What some values are found and sorted by, and the employees whom they name: a row at the least for each value. */
export const valueTerms = (kinds: FieldKinds, fields: readonly FieldDefinition[], values: StoredValues): ValueTerm[] =>
  withTotals(fields, values).flatMap(({ field, value }) => {
    const named = kinds.of(field.kind)?.references?.(value, field).employees ?? [];
    const terms = kinds.terms(field, value);
    const way = kinds.of(field.kind)?.given[0] ?? '';
    return Array.from({ length: Math.max(named.length, terms.length, 1) }, (_, nth) => ({
      field: field.name,
      nth,
      term: terms[nth] === undefined ? null : keptTerm(way, terms[nth]),
      employee_id: named[nth] ?? null,
    }));
  });

/** Totals of line items are found by both names, with a point between, which no name has. */
function withTotals(fields: readonly FieldDefinition[], values: StoredValues): { field: FieldDefinition; value: StoredValues[string] }[] {
  return fields.flatMap((field) => {
    const value = values[field.id];
    if (value === undefined) return [];
    const { totals = {} } = field.kind === 'LINES' ? (value as Partial<StoredLines>) : {};
    const summed = (field.columns ?? []).flatMap((column) => {
      const total = totals[column.id];
      return total === undefined ? [] : [{ field: { ...column, name: `${field.name}.${column.name}` }, value: total }];
    });
    return [{ field, value }, ...summed];
  });
}
