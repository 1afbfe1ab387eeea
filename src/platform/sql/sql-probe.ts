import type { Table } from '../database/table.ts';
import type { ConditionInputs } from '../read/entity.ts';
import type { Way } from '../read/entity-role.ts';
import { DeclarationError } from '../schema/claims.ts';
import { checkTable, type RowHandle, type RowHandles, rowHandle, type SeatSql, Sql } from './sql.ts';

// What authors write SQL with is called once when modules are loaded, so that what it may not hold is told then and not to whoever asks first.

const value = new Sql('null');
const PROBE: SeatSql = { me: value, organization: value, now: value, scope: () => value, wholeRights: value, limitedRights: value };
const inputs = (given: boolean): ConditionInputs => ({
  seat: PROBE,
  argument: () => value,
  id: () => value,
  given: () => given,
  word: () => '',
  source: () => value,
});

/** The columns of a row as authors are tried with: one that is not there is told where it is asked for. */
const probed = <T extends Table>(table: T, alias: string): RowHandle<T> =>
  new Proxy(rowHandle(table, alias), {
    get: (handle, name) => {
      if (typeof name === 'symbol' || Object.hasOwn(handle, name)) return Reflect.get(handle, name);
      const fault = `its SQL asks for ${name} of ${table.name}, which no handle of that table has`;
      throw new DeclarationError(fault, `use one of ${Object.keys(handle).join(', ')}`);
    },
  });
const probedAll = (through: Record<string, Table>): RowHandles<Record<string, Table>> =>
  Object.fromEntries(Object.entries(through).map(([alias, table]) => [alias, probed(table, alias)]));

/** What else an author's code throws is told where it is run: it harms its own field alone. @throws DeclarationError */
function attempt(write: () => unknown): void {
  try {
    write();
  } catch (error) {
    if (error instanceof DeclarationError) throw error;
  }
}

/** A piece of SQL, and nothing that looks like one. @throws DeclarationError */
function sure<Given>(given: Given): Given {
  if (given instanceof Sql) return given;
  throw new DeclarationError(
    `what it gives for SQL is no piece of SQL: ${String(given)}`,
    'write it with `sql`, from columns of the handles',
  );
}

/** The columns of a row that whoever declares knows of its table: of another module’s row, its id. */
const known = ({ columns }: Table, row: RowHandle): RowHandle =>
  Object.fromEntries(Object.keys(columns).map((name) => [name, (row as Record<string, Sql>)[name]])) as RowHandle;

type Expression = (row: never, seat: SeatSql) => unknown;
/** An author's function over a row: tried, and given no other columns than its table has. @throws DeclarationError */
export function overRow<Write extends Expression>(table: Table, write: Write, of: (given: unknown) => unknown = sure): Write {
  checkTable(table);
  attempt(() => of(write(probed(table, 'probe') as never, PROBE)));
  return ((row: RowHandle, seat: SeatSql) => of(write(known(table, row) as never, seat))) as unknown as Write;
}
type Where = (row: never, given: ConditionInputs) => Sql;
/** The same of a condition that knows arguments. */
export function overRows<Condition extends Where>(table: Table, where: Condition): Condition {
  checkTable(table);
  for (const given of [true, false]) attempt(() => sure(where(probed(table, 'probe') as never, inputs(given))));
  return ((row: RowHandle, given: ConditionInputs) => sure(where(known(table, row) as never, given))) as unknown as Condition;
}
interface Relates {
  readonly through?: Record<string, Table>;
  on(row: never, target: never, through: never): Sql;
}
/** The same of what ties rows to others. */
export function overBoth<Relation extends Relates>(table: Table, target: Table, relation: Relation): Relation {
  const { through = {}, on } = relation;
  for (const one of [table, target, ...Object.values(through)]) checkTable(one);
  attempt(() => sure(on(probed(table, 'probe') as never, probed(target, 'other') as never, probedAll(through) as never)));
  const tied = (row: RowHandle, other: RowHandle, rows: never): Sql =>
    sure(on(known(table, row) as never, known(target, other) as never, rows));
  return { ...relation, on: tied };
}

/** Ways to hold a role toward rows of a table. @throws DeclarationError */
export function checkWays(table: Table, ways: readonly Way[]): void {
  for (const { through, where, among, reason } of ways) {
    for (const one of Object.values(through)) checkTable(one);
    const handles = { row: probed(table, 'probe'), seat: PROBE, ...probedAll(through) };
    attempt(() => sure(where(handles)));
    for (const write of [among?.key, reason]) attempt(() => write?.(handles));
  }
}
