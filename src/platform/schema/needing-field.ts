import type { Table } from '../database/table.ts';
import { ConstantError } from '../log/constant.error.ts';
import type { Rule } from '../permissions/rule.ts';
import type { RowHandle, SeatSql, Sql } from '../sql/sql.ts';
import { overRow } from '../sql/sql-probe.ts';
import { columnOf } from './entity-columns.ts';

/** What such a field says. */
export interface Needing {
  readonly rule: Rule;
  readonly resolve?: (row: object, ...rest: readonly unknown[]) => unknown;
  readonly extensions?: object;
  readonly needs?: readonly string[];
  readonly also?: Record<string, (row: RowHandle, seat: SeatSql) => Sql>;
}
interface Of {
  readonly table: Table;
  readonly module: string;
  readonly isPlugin: boolean;
  readonly ofKind: boolean;
}
/** A field of an entity that is resolved in JavaScript gets what it needs of the row, and that only where its rule admits the seat. */
export function needing({ needs = [], also = {}, ...options }: Needing, { table, module, isPlugin, ofKind }: Of): object {
  const expressions = Object.fromEntries(Object.entries(also).map(([name, write]) => [name, overRow(table, write)]));
  const forms = Object.fromEntries(needs.map((name) => [name, columnOf(table, name).form]));
  const read = { reads: 'needs', columns: forms, expressions, rule: options.rule, module, ofKind };
  const { resolve } = options;
  const others = otherColumns(table);
  const checked =
    resolve && isPlugin ? (row: object, ...rest: readonly unknown[]) => resolve(Object.setPrototypeOf(row, others), ...rest) : resolve;
  return { ...options, resolve: checked, extensions: { ...options.extensions, unwraps: true, read } };
}
/** What a row inherits that has some of its table's columns: whoever asks for another one is told. */
const otherColumns = ({ name: table, columns }: Table): object =>
  new Proxy(Object.prototype, {
    get: (target, name, row) => {
      if (typeof name === 'symbol' || !Object.hasOwn(columns, name)) return Reflect.get(target, name, row);
      throw new ConstantError(`A field is resolved from ${name} of ${table}, which it does not need: add '${name}' to its \`needs\`.`);
    },
  });
