import type { Table } from '../database/table.ts';
import type { Role } from '../permissions/rule.ts';
import type { Sql } from '../sql/sql.ts';
import type { Entity, Order } from './entity.ts';

/** Tables that find the rows of a filtered list by an index of their own. Visibility is then checked for each row. */
export interface Driver {
  readonly through: Record<string, Table>;
  /** What its tables are looked up by. */
  readonly finds: Sql;
  /** Their column that holds the key of the row they find. */
  readonly key: Sql;
  /** The same asked of a row that was found otherwise; absent where the filter is asked of every row anyway. */
  asked?(row: Record<string, Sql>, more?: Sql): Sql;
  /** It finds rows in the order of their age, so a page is full before all are found. */
  readonly inOrder: boolean;
}
export interface Bound {
  readonly side: 'after' | 'before';
  readonly sortValue: Sql;
  readonly key: Sql;
}
export interface PageRequest {
  readonly entity: Entity;
  readonly alias: string;
  readonly order: Order;
  /** All there are, not a page of many. */
  readonly isWhole: boolean;
  /** The page is read from its end: `last`, `before`. */
  readonly backward: boolean;
  /** `deep`: a constant that bounds the work; `cut`: what was asked for, perhaps a parameter. */
  readonly limit: { readonly deep: number; readonly cut: string };
  /** The rows that the page starts after and ends before. */
  readonly bounds: readonly Bound[];
  readonly branches?: readonly Role[];
  /** The first is preferred. */
  readonly drivers: readonly Driver[];
  readonly through: Record<string, Table>;
  /** Rows that belong to a parent's row are few, whatever else they are. */
  readonly ofParent: boolean;
  conditions(alias: string, proven: readonly Role[]): readonly Sql[];
}
export interface Page {
  readonly from: string;
  /** Order of the rows as they are read; from the end for a backward page. */
  readonly orderBy: string;
  readonly proven: readonly Role[];
}

export const directionOf = ({ order, backward }: PageRequest): 'ASC' | 'DESC' =>
  (order.direction === 'ASC') === backward ? 'DESC' : 'ASC';

export const orderOf = (request: PageRequest, alias: string): string =>
  [...new Set([request.entity.sortKeys[request.order.by]!.column, request.entity.key])]
    .map((column) => `${alias}.${column} ${directionOf(request)}`)
    .join(', ');

/** A constant bound inside, for good estimates; what was asked for outside. */
export const cutTo = (rows: string, alias: string, { deep, cut }: PageRequest['limit']): string =>
  cut === String(deep) ? rows : `(select * from ${rows} ${alias} limit ${cut})`;
