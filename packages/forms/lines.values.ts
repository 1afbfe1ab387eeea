import type { ReportFault } from './fault.ts';
import type { GivenValue, StoredValue } from './given-value.ts';
import { takeValues } from './taking.ts';
import { withTotals } from './totals.ts';
import { TOO_LARGE, tooMany } from './value-faults.ts';
import { isObject, type ValueKind, type ValueKindOf, valueKind } from './value-kind.ts';

export const MOST_LINES = 200;

/** Lines by the ids of their columns, and what was added up. */
export interface StoredLines {
  readonly lines: readonly Readonly<Record<string, StoredValue>>[];
  readonly totals: Readonly<Record<string, StoredValue>>;
  readonly [name: string]: unknown;
}

const isGivenValues = (values: unknown): boolean =>
  Array.isArray(values) && values.every((value) => isObject(value) && typeof value.field === 'string');

/** Line items: columns of other kinds, products of columns, totals; all of it exact. */
export const linesValues = (kindOf: ValueKindOf): ValueKind =>
  valueKind<StoredLines>({
    name: 'LINES',
    given: ['lines'],
    isGiven: (given) => Array.isArray(given) && given.every((line) => isObject(line) && isGivenValues(line.values)),
    isEmpty: (given) => (given as readonly unknown[]).length === 0,
    take(given, { columns = [], most = MOST_LINES }, report, taking) {
      const rows = given as readonly { readonly values: readonly GivenValue[] }[];
      if (rows.length > most) return void report(tooMany(most, rows.length));
      const lines = rows.map(({ values }, i) => {
        const at: ReportFault = (fault, ...within) => report(fault, String(i), ...within);
        const taken = takeValues(kindOf, columns, values, {
          ...taking,
          path: [],
          partly: false,
          mayWrite: undefined,
          isRequired: undefined,
        });
        for (const { path, ...fault } of taken.issues) at(fault, ...path);
        return taken.values;
      });
      const { tooLarge, ...computed } = withTotals(columns, lines);
      for (const [line, ...column] of tooLarge) column.length ? report(TOO_LARGE, line!, ...column) : report(TOO_LARGE);
      return computed as StoredLines;
    },
    references({ lines }, { columns = [] }) {
      const inColumns = columns.flatMap((column) =>
        lines.flatMap((line) => {
          const value = line[column.id];
          return value === undefined ? [] : (kindOf(column.kind)?.references?.(value, column).employees ?? []);
        }),
      );
      return { employees: inColumns };
    },
  });
