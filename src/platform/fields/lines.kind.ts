import { withTotals } from '@guichet/forms';
import { tooMany } from '../input/input-faults.ts';
import type { FieldDefinition, GivenValue, ReportFault, Shown, StoredValue } from './field.ts';
import { NO_COLUMNS, NOT_A_COLUMN, NOT_A_FACTOR, TOO_LARGE } from './field-faults.ts';
import { type FieldKind, fieldKind } from './field-kind.ts';
import { type KindOf, takeValues } from './field-taking.ts';
import { DEFAULT_CURRENCY } from './number.kinds.ts';

export const MOST_LINES = 200;
export const MOST_COLUMNS = 30;

/** Lines by the ids of their columns, and what was added up. */
export interface StoredLines {
  readonly lines: readonly Readonly<Record<string, StoredValue>>[];
  readonly totals: Readonly<Record<string, StoredValue>>;
  readonly [name: string]: unknown;
}

const isNumber = ({ kind }: FieldDefinition): boolean => kind === 'NUMBER' || kind === 'MONEY';

/** What is wrong with what a column computes. */
function checkColumn(column: FieldDefinition, before: readonly FieldDefinition[], report: ReportFault): void {
  if (column.summed && !isNumber(column)) report(NOT_A_COLUMN, 'summed');
  if (!column.product) return;
  const factors = column.product.map((name) => before.find((one) => one.name === name));
  const money = factors.filter((factor) => factor?.kind === 'MONEY');
  const isRight =
    isNumber(column) &&
    factors.length >= 2 &&
    factors.every((factor) => factor !== undefined && isNumber(factor)) &&
    money.length === (column.kind === 'MONEY' ? 1 : 0) &&
    money.every((factor) => (factor?.currency ?? DEFAULT_CURRENCY) === (column.currency ?? DEFAULT_CURRENCY));
  if (!isRight) report(NOT_A_FACTOR, 'product');
}

interface Columns {
  readonly kindOf: KindOf;
  check(columns: readonly FieldDefinition[], report: ReportFault): void;
}

const textOf = (kindOf: KindOf, columns: readonly FieldDefinition[], line: Readonly<Record<string, StoredValue>>, shown: Shown): string =>
  columns
    .flatMap((column) => {
      const value = line[column.id];
      return value === undefined ? [] : [`${column.label}: ${kindOf(column.kind)?.text(value, column, shown) ?? ''}`];
    })
    .join(', ');

/** Line items: columns of other kinds, products of columns, totals; all of it exact. */
export const linesKind = ({ kindOf, check }: Columns): FieldKind =>
  fieldKind<StoredLines>({
    name: 'LINES',
    called: { en: 'Line items', 'zh-CN': '明细' },
    given: ['lines'],
    settings: ['columns', 'most'],
    checkDefinition({ columns = [] }, report) {
      if (!columns.some(({ product }) => !product)) return report(NO_COLUMNS, 'columns');
      check(columns, (fault, ...within) => report(fault, 'columns', ...within));
      for (const [i, column] of columns.entries()) {
        const at: ReportFault = (fault, ...within) => report(fault, 'columns', String(i), ...within);
        if (!kindOf(column.kind)?.terms) at(NOT_A_COLUMN, 'kind');
        checkColumn(column, columns.slice(0, i), at);
      }
    },
    isEmpty: (given) => (given as readonly unknown[]).length === 0,
    take(given, { columns = [], most = MOST_LINES }, report, { country }) {
      const rows = given as readonly { readonly values: readonly GivenValue[] }[];
      if (rows.length > most) return void report(tooMany(most, rows.length));
      const lines = rows.map(({ values }, i) => {
        const at: ReportFault = (fault, ...within) => report(fault, String(i), ...within);
        const taken = takeValues(kindOf, columns, values, { country, path: [] });
        for (const { path, ...fault } of taken.issues) at(fault, ...path);
        return taken.values;
      });
      const { tooLarge, ...computed } = withTotals(columns, lines);
      for (const [line, ...column] of tooLarge) column.length ? report(TOO_LARGE, line!, ...column) : report(TOO_LARGE);
      return computed as StoredLines;
    },
    text: ({ lines, totals }, { columns = [] }, shown) =>
      [...lines, ...(Object.keys(totals).length ? [totals] : [])]
        .map((line, i) => `${i < lines.length ? i + 1 : 'Σ'}. ${textOf(kindOf, columns, line, shown)}`)
        .join('\n'),
    type: 'LinesValue',
    facts({ lines, totals }, { columns = [] }, within) {
      const values = (line: StoredLines['totals']): unknown[] =>
        columns.flatMap((column) => {
          const value = line[column.id];
          return value === undefined ? [] : [within(column, value)];
        });
      return { lines: lines.map((line) => ({ values: values(line) })), totals: values(totals) };
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
