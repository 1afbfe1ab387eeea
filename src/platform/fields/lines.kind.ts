import { DEFAULT_CURRENCY, linesValues, type StoredLines, type ValueKind } from '@guichet/forms';
import type { FieldDefinition, ReportFault, Shown, StoredValue } from './field.ts';
import { NO_COLUMNS, NOT_A_COLUMN, NOT_A_FACTOR } from './field-faults.ts';
import { type FieldKind, fieldKind, type KindOf } from './field-kind.ts';

export const MOST_COLUMNS = 30;

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
    ...(linesValues(kindOf) as ValueKind<StoredLines>),
    called: { en: 'Line items', 'zh-CN': '明细' },
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
  });
