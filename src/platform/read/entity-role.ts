import type { ColumnName, Table } from '../database/table.ts';
import type { DeclaredEntity } from '../entities/entity.ts';
import type { Role } from '../permissions/rule.ts';
import type { Seat } from '../permissions/seat.ts';
import type { RowHandle, RowHandles, SeatSql, Sql } from '../sql/sql.ts';

type Handles<T extends Table, Through extends Record<string, Table>> = {
  readonly row: RowHandle<T>;
  readonly seat: SeatSql;
} & RowHandles<Through>;

/** Where a role of a seat toward a row comes from: what `viewerAccess` tells. */
export interface Reason {
  /** Text: what the role came through, such as a department's name. */
  readonly through?: Sql;
  readonly since?: Sql;
  readonly until?: Sql;
}

interface Among {
  readonly column: string;
  key(handles: Record<string, unknown>): Sql;
  readonly vast?: Vast<Record<string, unknown>>;
}
/** Where gathering all keys would be most of the work of a page: what they hang on is gathered, and each row asked for its key. */
interface Vast<Handles> {
  /** Whether the seat has so many. */
  is(seat: Seat): boolean;
  /** The table in `through` that holds the keys; the others are gathered. */
  readonly near: string;
  /** Its column by which it hangs on the others, and theirs. */
  readonly tie: { from(handles: Handles): Sql; to(handles: Handles): Sql };
  /** What `where` says of the near table alone, and of the others alone; with the tie it is all that it says. */
  readonly where: { near(handles: Handles): Sql; gathered(handles: Handles): Sql };
}

/**
 * One way to hold a role toward a row, written once and used three times: as an index-ordered branch of lists, as a predicate by id,
 * and as a bit of the row's role mask.
 */
export interface Way {
  readonly through: Record<string, Table>;
  where(handles: Record<string, unknown>): Sql;
  /** Rows whose column is among keys that the tables in `through` give: for lists, the first rows of each key are taken. */
  readonly among?: Among;
  reason?(handles: Record<string, unknown>): Reason;
}

/**
 * A way to hold a role: a condition over the row, the seat and rows of other tables. The organization is added to each of them.
 * @param through tables by the names that the condition uses, the nearest to the row first; the role is held where any of their rows fits.
 * @param reason what `viewerAccess` tells of it.
 *
 * @example
 * way(visits, { share: visitShares }, ({ row, seat, share }) => sql`${share.visit_id} = ${row.id} and ${share.employee_id} = ${seat.me}`)
 */
export function way<T extends Table, Through extends Record<string, Table>>(
  _of: T | DeclaredEntity<T>,
  through: Through,
  where: (handles: Handles<T, Through>) => Sql,
  reason?: (handles: Handles<T, Through>) => Reason,
): Way {
  return { through, where, reason } as unknown as Way;
}

/**
 * A way to hold a role by a key: rows whose `column` is one of the keys that the tables in `through` give. Lists then take the first rows of
 * each key from an index, so prefer it where a seat has few keys and many rows.
 * @param keys.vast for seats with so many keys that gathering them would be most of the work of a page.
 *
 * @example
 * wayAmong(visits, 'contact_id', { share: shares }, {
 *   key: ({ share }) => share.contact_id,
 *   where: ({ share, seat }) => sql`${share.employee_id} = ${seat.me}`,
 * })
 */
export function wayAmong<T extends Table, Through extends Record<string, Table>>(
  _of: T | DeclaredEntity<T>,
  column: ColumnName<T>,
  through: Through,
  keys: {
    key(handles: Omit<Handles<T, Through>, 'row'>): Sql;
    where(handles: Omit<Handles<T, Through>, 'row'>): Sql;
    readonly vast?: Vast<Omit<Handles<T, Through>, 'row'>> & { readonly near: keyof Through };
  },
): Way {
  const { where, ...among } = keys;
  return { through, where, among: { column, ...among } } as unknown as Way;
}

/** `ALL` and `NONE` are settled before planning and cost no SQL; `SOME` has to be asked of each row. */
export type Held = 'ALL' | 'SOME' | 'NONE';
/** A role toward the rows of a type, with the ways to hold it: made by `heldByAll`, `heldToward` or `door.rolesThrough`. */
export interface EntityRole {
  readonly role: Role;
  held(seat: Seat): Held;
  readonly ways: readonly Way[];
  /**
   * Whether the seat bears it toward so many rows that lists had better be read in their order, asking each row, than found by the ways.
   * @param searched few of the rows are what is looked for, so that more are read until a page is full.
   */
  towardMany?(seat: Seat, searched: boolean): boolean;
}

/**
 * A role that hangs on the seat alone: it is settled before planning, and costs no SQL.
 *
 * @example
 * roles: [heldByAll(COLLEAGUE, ({ kind }) => kind === 'EMPLOYEE')]
 */
export const heldByAll = (role: Role, holds: (seat: Seat) => boolean): EntityRole => ({
  role,
  held: (seat) => (holds(seat) ? 'ALL' : 'NONE'),
  ways: [],
});
/**
 * A role that hangs on the row.
 * @param ways any one of them is enough. @param possible whether the seat can hold it at all; where not, no SQL is written.
 *
 * @example
 * roles: [heldToward(LENDING_KEEPER, [way(loans, {}, ({ row, seat }) => sql`${row.keeper_id} = ${seat.me}`)])]
 */
export const heldToward = (
  role: Role,
  ways: readonly Way[],
  possible: (seat: Seat) => boolean = (seat) => seat.kind === role.bearer,
  towardMany?: EntityRole['towardMany'],
): EntityRole => ({
  role,
  held: (seat) => (possible(seat) ? 'SOME' : 'NONE'),
  ways,
  towardMany,
});
