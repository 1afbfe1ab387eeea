import { digitsOf, type FieldDefinition, type TemplateField } from '@guichet/forms';
import { OVERFLOWS, type TemplateReason } from './template-reason.ts';

const MOST_LINES = 200;
const MOST_DIGITS = 15;
const DEFAULT_CURRENCY = 'CNY';
const DEFAULT_DECIMALS = 6;

const placesOf = ({ kind, currency = DEFAULT_CURRENCY, decimals = DEFAULT_DECIMALS }: FieldDefinition): number =>
  kind === 'MONEY' ? digitsOf(currency) : decimals;
/** The greatest value of a column, in its own smallest units. */
const unitsOf = (column: FieldDefinition, whole: number): number => whole * 10 ** placesOf(column);
const greatest = ({ min, max }: FieldDefinition): number =>
  max === undefined ? 10 ** MOST_DIGITS : Math.max(Math.abs(Number(max)), min === undefined ? 0 : Math.abs(Number(min)));

/** Figures of line items that could become too large to be exact, with lines in which they do. */
export const overflows = (fields: readonly TemplateField[]): TemplateReason[] =>
  fields.flatMap(({ columns = [], most = MOST_LINES }, i) =>
    columns.flatMap((column, at) => {
      const path = ['fields', String(i), 'columns', String(at)];
      const whole = valueIn(column, columns);
      if (column.product && unitsOf(column, whole) > Number.MAX_SAFE_INTEGER) return [OVERFLOWS(path, lineOf(column, columns, 1))];
      if (column.summed && unitsOf(column, whole) * most > Number.MAX_SAFE_INTEGER) return [OVERFLOWS(path, lineOf(column, columns, most))];
      return [];
    }),
  );

const factorsOf = ({ product = [] }: FieldDefinition, columns: readonly FieldDefinition[]): readonly FieldDefinition[] =>
  columns.filter(({ name }) => product.includes(name));
const valueIn = (column: FieldDefinition, columns: readonly FieldDefinition[]): number =>
  column.product ? factorsOf(column, columns).reduce((all, factor) => all * valueIn(factor, columns), 1) : greatest(column);

const lineOf = (column: FieldDefinition, columns: readonly FieldDefinition[], count: number) => {
  const factors = column.product ? factorsOf(column, columns) : [column];
  const cells = factors
    .map((factor) => `${factor.label} = ${valueIn(factor, columns).toLocaleString('en', { maximumFractionDigits: 0 })}`)
    .join(', ');
  return { en: `${count} ${count === 1 ? 'line' : 'lines'} with ${cells}`, 'zh-CN': `${count} 行，${cells}` };
};
