import type { ColumnName, Table } from '../database/table.ts';
import type { JsonForm } from '../entities/column.ts';
import type { Role } from '../permissions/rule.ts';
import type { Entity, Filter, Order } from '../read/entity.ts';
import type { EntityRole } from '../read/entity-role.ts';
import type { Search } from '../sql/search.ts';
import { checkTable, type RowHandle, type SeatSql, type Sql } from '../sql/sql.ts';
import { checkWays, overRow } from '../sql/sql-probe.ts';
import { DeclarationError } from './claims.ts';
import type { Declarations } from './declarations.ts';
import { columnOf } from './entity-columns.ts';
import { typeTag } from './global-id.ts';
import { type OfferedOrder, sortKeysOf } from './sort-keys.ts';

/** What is said of an object type that is backed by a table. */
export interface EntityOptions<T extends Table> {
  readonly table: T;
  readonly description: string;
  readonly interfaces?: readonly string[];
  /** Column whose UUID stands in the global id; the key by default. */
  readonly idColumn?: ColumnName<T>;
  /** The primary key after the organization; `id` by default. */
  readonly key?: ColumnName<T>;
  /** The roles that a seat can have toward a row, each with its ways. */
  readonly roles: readonly EntityRole[];
  /** Roles whose rows are found in lists and searches. */
  readonly listedFor: readonly Role[];
  /** Roles that reach a row by its id or from another row; by default those for whom rows are listed. */
  readonly reachableFor?: readonly Role[];
  /** Rows that are there at all, such as those that are not deleted; by default all. */
  readonly present?: (row: RowHandle<T>, seat: SeatSql) => Sql;
  /** What pages can be ordered by. Nobody who lists the rows may be refused such a column: cursors show it. */
  readonly orders?: Readonly<Record<string, OfferedOrder<ColumnName<T>>>>;
  readonly defaultOrder?: Order;
  readonly filters?: Readonly<Record<string, Filter>>;
  readonly search?: Search;
}
/** The form of the columns that each comparison is for. */
const COMPARED = {
  text: 'text',
  enum: 'text',
  id: 'uuid',
  moment: 'uuid',
  instant: 'instant',
  date: 'date',
  number: 'number',
  boolean: 'boolean',
} as const satisfies Record<string, JsonForm>;
interface OfColumn {
  readonly compares: keyof typeof COMPARED;
  readonly column: string;
}
/** @throws DeclarationError where there is no such column, or one that cannot be compared in this way */
function checkFilter(what: string, table: Table, { compares, column }: OfColumn): void {
  const { form, sqlType } = columnOf(table, column);
  if (form === COMPARED[compares]) return;
  const fitting = Object.entries(COMPARED).flatMap(([word, of]) => (of === form ? [`'${word}'`] : []));
  throw new DeclarationError(
    `${what} compares '${compares}', and its column ${column} is of the type ${sqlType}`,
    fitting.length ? `write ${fitting.join(' or ')}` : 'take the filter away',
  );
}

function checkSearch({ table, key, linked }: Search): void {
  columnOf(checkTable(table), key);
  if (!linked) return;
  columnOf(checkTable(linked.terms), linked.of);
  for (const name of [linked.from, linked.to]) columnOf(checkTable(linked.links), name);
}

/**
 * Notes an entity of a module.
 * @throws DeclarationError where nobody could come to a row, something has no rule, or its ids could not be told from another type's.
 */
export function declareEntity<T extends Table>(
  all: Declarations,
  module: string,
  name: string,
  options: EntityOptions<T>,
  kinds?: Entity['kinds'],
): Entity {
  const { table, key = 'id', roles, listedFor, filters = {}, search } = options;
  if (!roles?.length || !listedFor?.length)
    throw new DeclarationError(`the type ${name} has no role, so nobody could come to a row`, 'name `roles` and `listedFor`');
  checkTable(table);
  for (const { role, ways } of roles) {
    all.role(role, module);
    checkWays(table, ways);
  }
  for (const [filter, { rule, ...of }] of Object.entries(filters)) {
    all.cite(`the filter ${filter} of ${name}`, rule, module);
    if (of.compares === 'values') {
      for (const name of [of.key, 'field', 'term']) columnOf(checkTable(of.table), name);
    } else if (of.compares === 'links') {
      for (const link of [of, ...(of.via ? [of.via] : [])]) for (const name of [link.from, link.to]) columnOf(checkTable(link.table), name);
      if (of.column) columnOf(table, of.column);
    } else if ('table' in of) columnOf(checkTable(of.table), of.from);
    else checkFilter(`the filter ${filter} of ${name}`, table, of);
  }
  if (search) checkSearch(search);
  for (const name of [key, options.idColumn ?? key]) columnOf(table, name);
  if (search) all.cite(`the search of ${name}`, search.rule, module);
  for (const [order, of] of Object.entries(options.orders ?? {})) all.cite(`the order ${order} of ${name}`, of.rule, module);
  const entity: Entity = {
    name,
    module,
    table,
    key,
    idColumn: options.idColumn ?? key,
    roles: [...roles],
    listedFor,
    reachableFor: options.reachableFor ?? listedFor,
    present: options.present && (overRow(table, options.present as never) as Entity['present']),
    sortKeys: sortKeysOf({ name, table, key, listedFor, orders: options.orders }),
    defaultOrder: options.defaultOrder ?? { by: 'CREATED_AT', direction: 'DESC' },
    filters,
    search,
    kinds,
  };
  const twin = [...all.entities.values()].find((other) => other.name !== name && typeTag(other.name).equals(typeTag(name)));
  if (twin) throw new DeclarationError(`the ids of ${name} and ${twin.name} could not be told apart`, 'rename one of them');
  all.entities.set(name, entity);
  return entity;
}
