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
  /** The keys that it finds, as SQL with a column `key`, where its tables do not say all; no more than so many. */
  keys?(most: number): Sql;
  /** It finds rows in the order of their age, so a page is full before all are found. */
  readonly inOrder: boolean;
}
/** An order by the values that rows have of one field. */
export interface ValueOrder {
  /** SQL of what tells lists in this order, of this field, in their cursors. */
  readonly tag: Sql;
  /** Finds the rows that have a value, in the order of an index. */
  readonly ranked: Driver;
  readonly rank: Sql;
  /** What a row without a value stands by. */
  readonly none: Sql;
  /** What a row stands by, whatever finds it. */
  of(key: Sql): Sql;
  lacks(key: Sql): Sql;
  /** Rows without a value on one side of a place. */
  lacksBeyond(key: Sql, than: '>' | '<', place: { readonly sortValue: Sql; readonly key: Sql }): Sql;
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
  /** Where the order is no column's. */
  readonly byValue?: ValueOrder;
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
  /** What each of them stands by. */
  readonly sortValue: string;
  readonly proven: readonly Role[];
}

export const directionOf = ({ order, backward }: PageRequest): 'ASC' | 'DESC' =>
  (order.direction === 'ASC') === backward ? 'DESC' : 'ASC';

/** What rows of the page stand by, and then their key. @param byValue where that stands in an order by values */
export const orderOf = (request: PageRequest, alias: string, byValue = 'sort_value'): string =>
  [...new Set([sortValueOf(request, alias, byValue), `${alias}.${request.entity.key}`])]
    .map((of) => `${of} ${directionOf(request)}`)
    .join(', ');
export const sortValueOf = ({ entity, order, byValue }: PageRequest, alias: string, value: string): string =>
  byValue ? value : `${alias}.${entity.sortKeys[order.by]!.column}`;

/** A constant bound inside, for good estimates; what was asked for outside. */
export const cutTo = (rows: string, alias: string, { deep, cut }: PageRequest['limit']): string =>
  cut === String(deep) ? rows : `(select * from ${rows} ${alias} limit ${cut})`;
