import type { Table } from '../database/table.ts';
import type { ListScope } from '../read/entity.ts';
import type { RowHandle, RowHandles, Sql } from '../sql/sql.ts';
import type { EntityRef } from './entity-ref.ts';
import type { Described } from './field-writing.ts';

export type Through = Record<string, Table>;
/** How rows of another table hang on a row. */
export type RelationOptions<T extends Table, Target extends Table, Tables extends Through> = Described &
  Pick<ListScope, 'proves'> & {
    /** Tables between the row and the target, by the names that `on` has for them. */
    readonly through?: Tables;
    on(row: RowHandle<T>, target: RowHandle<Target>, through: RowHandles<Tables>): Sql;
  };
/** One of several rows that may hang on a row. */
export interface Tied<T extends Table, Target extends Table> {
  readonly target: EntityRef<Target>;
  on(row: RowHandle<T>, target: RowHandle<Target>): Sql;
}
