import { digitsOf } from '@guichet/forms';
import type { PlacedRecord, SheetCell } from '../../sdk/core.ts';
import { type ExportedField, type ExportPlan, fieldKey } from './export-columns.ts';

/** A value as the query of a page reads it. */
export interface ReadValue {
  readonly field: { readonly id: string };
  readonly text: string | null;
  readonly number?: number;
  readonly money?: { readonly amount: number; readonly currency: string };
  readonly date?: string;
  readonly lines?: readonly { readonly values: readonly ReadValue[] }[];
  readonly totals?: readonly ReadValue[];
}
/** A form as the query of a page reads it: what is not the seat's to read is null. */
export interface ReadForm {
  readonly viewerRoles: readonly string[];
  readonly number: string;
  readonly state: string | null;
  readonly template: { readonly name: string } | null;
  readonly contact: { readonly name: string | null; readonly company: { readonly name: string } | null } | null;
  readonly submittedAt: string | null;
  readonly endedAt: string | null;
  readonly tasks: { readonly nodes: readonly { readonly assignee: { readonly name: string } | null }[] } | null;
  readonly answers?: readonly { readonly value: ReadValue | null }[] | null;
}

/** A figure where it is one in the currency of its column, else what people read. */
function cellOf({ text, number, money, date }: ReadValue, { currency, kind }: ExportedField): SheetCell {
  if (number !== undefined) return number;
  if (money) return kind === 'MONEY' && (currency ?? 'CNY') === money.currency ? money.amount / 10 ** digitsOf(money.currency) : text;
  return date ?? text;
}
const cellsOf = (values: readonly ReadValue[], columns: readonly ExportedField[]): Record<string, SheetCell> =>
  Object.fromEntries(
    values.flatMap((value) => {
      const column = columns.find(({ id }) => id === value.field.id);
      return column ? [[fieldKey(column.id), cellOf(value, column)] as const] : [];
    }),
  );

/** The row of a form, and those of its line items. @param moment writes a moment as the organization's clocks show it */
export function rowsOf(
  form: ReadForm,
  { fields, lines }: ExportPlan,
  moment: (at: string | null) => string | null,
): readonly PlacedRecord[] {
  const { number, state, template, contact, submittedAt, endedAt, tasks, answers } = form;
  const values = (answers ?? []).flatMap(({ value }) => (value ? [value] : []));
  const handlers = [...new Set((tasks?.nodes ?? []).flatMap(({ assignee }) => (assignee ? [assignee.name] : [])))];
  const record = {
    number,
    template: template?.name,
    state,
    contact: contact?.name,
    company: contact?.company?.name,
    handlers,
    submittedAt: moment(submittedAt),
    endedAt: moment(endedAt),
    ...cellsOf(values, [...fields.values()]),
  };
  const itemized = values.flatMap((value) => {
    const sheet = lines.get(value.field.id);
    return sheet === undefined ? [] : linesOf(value, fields.get(value.field.id)!, { number, sheet });
  });
  return [{ sheet: 0, record }, ...itemized];
}

function linesOf(
  { lines = [], totals = [] }: ReadValue,
  { columns = [] }: ExportedField,
  { number, sheet }: { readonly number: string; readonly sheet: number },
): PlacedRecord[] {
  const row = (line: string, values: readonly ReadValue[]) => ({ sheet, record: { number, line, ...cellsOf(values, columns) } });
  return [...lines.map(({ values }, i) => row(String(i + 1), values)), ...(totals.length ? [row('Σ', totals)] : [])];
}
