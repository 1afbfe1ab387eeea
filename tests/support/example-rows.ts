import { randomUUID } from 'node:crypto';
import type { Table } from '../../src/platform/database/table.ts';
import type { Column } from '../../src/platform/entities/column.ts';

export type Row = Readonly<Record<string, unknown>>;
type Definition = Column<unknown, boolean>['definition'];

/** Where no example of a type is right: values that a condition ties to each other, or that have a form of their own. */
const OWN: Readonly<Record<string, Row>> = {
  'plg_ordering.shipment_lines': { received: 0, disputed: 0 },
  'plg_repair.visits': { starts_at: new Date(0), ends_at: new Date(60_000) },
};

let words = 0;
const VALUES: Readonly<Record<Definition['form'], () => unknown>> = {
  text: () => `word ${++words}`,
  uuid: randomUUID,
  number: () => 1,
  boolean: () => true,
  instant: () => new Date(0),
  date: () => '2026-01-01',
  json: () => '{}',
};

/** What stands in a column must; what may be null is, unless a condition over the row begins with it. */
const isFilled = ({ checks }: Table, name: string, { nullable }: Definition): boolean =>
  !nullable || Object.values(checks).some((condition) => /\w+(?=[,)]| is not null)/.exec(condition)?.[0] === name);

/**
 * A row of any declared table that its conditions admit.
 * @param parents rows of the same organization by their tables, for what the row refers to.
 */
export function exampleRow(table: Table, organizationId: string, parents: ReadonlyMap<string, Row>): Row {
  const columns = Object.entries(table.columns).filter(([name, { definition }]) => isFilled(table, name, definition));
  const example = ({ references, values, form }: Definition): unknown =>
    references ? parents.get(references.table)!.id : values ? values[0] : VALUES[form]();
  return {
    ...Object.fromEntries(columns.map(([name, { definition }]) => [name, name === 'sha256' ? '0'.repeat(64) : example(definition)])),
    ...OWN[table.name],
    organization_id: organizationId,
  };
}

/** SQL that writes a row, and its values. */
export const insertion = (table: Table, row: Row): { text: string; values: unknown[] } => ({
  text: `insert into ${table.name} (${Object.keys(row).join(', ')}) values (${Object.keys(row).map((_, i) => `$${i + 1}`)})`,
  values: Object.values(row),
});
