import type { GraphQLField } from 'graphql';
import type { JsonForm } from '../../database/column.ts';
import type { ColumnName, Table } from '../../database/table.ts';
import type { Role, Rule } from '../../permissions/rule.ts';
import type { Seat } from '../../permissions/seat.ts';
import type { RowHandle, RowHandles, SeatSql, Sql } from './sql.ts';

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

/**
 * One way to hold a role toward a row, written once and used three times: as an index-ordered branch of lists, as a predicate by id,
 * and as a bit of the row's role mask.
 */
export interface Way {
  readonly through: Record<string, Table>;
  where(handles: Record<string, unknown>): Sql;
  /** Rows whose column is among keys that the tables in `through` give: for lists, the first rows of each key are taken. */
  readonly among?: { readonly column: string; key(handles: Record<string, unknown>): Sql };
  reason?(handles: Record<string, unknown>): Reason;
}

/**
 * A way to hold a role: a condition over the row, the seat and rows of other tables. The organization is added to each of them.
 * @param through tables by the names that the condition uses; the role is held where any of their rows fits.
 * @param reason what `viewerAccess` tells of it.
 *
 * @example
 * way(visits, { share: visitShares }, ({ row, seat, share }) => sql`${share.visit_id} = ${row.id} and ${share.employee_id} = ${seat.me}`)
 */
export function way<T extends Table, Through extends Record<string, Table>>(
  _table: T,
  through: Through,
  where: (handles: Handles<T, Through>) => Sql,
  reason?: (handles: Handles<T, Through>) => Reason,
): Way {
  return { through, where, reason } as unknown as Way;
}

/**
 * A way to hold a role by a key: rows whose `column` is one of the keys that the tables in `through` give. Lists then take the first rows of
 * each key from an index, so prefer it where a seat has few keys and many rows.
 *
 * @example
 * wayAmong(visits, 'contact_id', { share: shares }, {
 *   key: ({ share }) => share.contact_id,
 *   where: ({ share, seat }) => sql`${share.employee_id} = ${seat.me}`,
 * })
 */
export function wayAmong<T extends Table, Through extends Record<string, Table>>(
  _table: T,
  column: ColumnName<T>,
  through: Through,
  keys: { key(handles: Omit<Handles<T, Through>, 'row'>): Sql; where(handles: Omit<Handles<T, Through>, 'row'>): Sql },
): Way {
  return { through, where: keys.where, among: { column, key: keys.key } } as unknown as Way;
}

/** `ALL` and `NONE` are settled before planning and cost no SQL; `SOME` has to be asked of each row. */
export type Held = 'ALL' | 'SOME' | 'NONE';
/** A role toward the rows of a type, with the ways to hold it: made by `heldByAll`, `heldToward` or `door.rolesThrough`. */
export interface EntityRole {
  readonly role: Role;
  held(seat: Seat): Held;
  readonly ways: readonly Way[];
  /** Whether the seat bears it toward so many rows that lists had better be read in their order, asking each row, than found by the ways. */
  towardMany?(seat: Seat): boolean;
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

export interface SortKey {
  readonly column: string;
  readonly sqlType: string;
  readonly rule: Rule;
  readonly description: string;
}
/** An order of a list: a name of the type's `orders`, or `CREATED_AT`, and a direction. */
export interface Order {
  readonly by: string;
  readonly direction: 'ASC' | 'DESC';
}

/** One comparison that lists of a type can be filtered by. Rows whose column the seat may not read never match. */
export type Filter = { readonly rule: Rule; readonly description: string } & (
  | { readonly compares: 'text' | 'instant' | 'number'; readonly column: string }
  | { readonly compares: 'enum'; readonly column: string; readonly values: string }
  | { readonly compares: 'id'; readonly column: string; readonly type: string }
  | { readonly compares: 'links'; readonly type: string; readonly table: Table; readonly from: string; readonly to: string }
);

/** A table of terms, read by range: search that keeps its index under row level security (terms are compared byte by byte). */
export interface Search {
  readonly table: Table;
  /** Column of `table` that holds the row's key. */
  readonly key: string;
  readonly rule: Rule;
  /** From what was typed to the beginning of the terms that match it; undefined where nothing was typed, and nothing is searched. */
  normalize(typed: string): string | undefined;
}

export interface Kind {
  readonly type: string;
  readonly value: string;
  /** Further columns of this kind, joined one to one. */
  readonly table?: Table;
  readonly joinedBy?: string;
  readonly module: string;
}

/** What is known of an object type that is backed by a table. Data and small functions that write SQL; no logic. */
export interface Entity {
  readonly name: string;
  readonly module: string;
  readonly table: Table;
  readonly key: string;
  /** Column whose UUID stands in the global id; differs from `key` where ids of the table must not be recognized elsewhere. */
  readonly idColumn: string;
  readonly roles: EntityRole[];
  /** Roles whose rows are found in lists and searches. */
  readonly listedFor: readonly Role[];
  /** Roles that reach a row by its id or from another row. For others it does not exist (spec 2.5). */
  readonly reachableFor: readonly Role[];
  /** Rows that are there at all: deleted ones are not, unless a list asks for them. */
  readonly present?: (row: RowHandle) => Sql;
  readonly sortKeys: Readonly<Record<string, SortKey>>;
  readonly defaultOrder: Order;
  readonly filters: Readonly<Record<string, Filter>>;
  readonly search?: Search;
  /** Rows of several GraphQL types in one table. */
  readonly kinds?: { readonly column: string; otherwise: string; readonly byType: Map<string, Kind> };
}

/** What the author of a condition may use beside the row. */
export interface ConditionInputs {
  readonly seat: SeatSql;
  /** An argument of the field, as a parameter. */
  argument(name: string, sqlType: string): Sql;
  /** An argument that is the global id of an object of `type`; of another type or unreadable, it is an id that was never issued. */
  id(name: string, type: string): Sql;
  /** Whether an argument was given; a statement of its own for each answer. */
  given(name: string): boolean;
  /** An argument's word, such as an enum's; a statement of its own for each, so that each finds its index. */
  word(name: string): string;
  /** A property of the value that the field belongs to (payloads of mutations and subscriptions), as a parameter. */
  source(name: string, sqlType: string): Sql;
}

/** How rows of another table belong to a row. */
export interface Join {
  readonly through?: Record<string, Table>;
  on(parent: RowHandle, row: RowHandle, through: Record<string, RowHandle>): Sql;
}

export interface ListScope {
  readonly join?: Join;
  readonly where?: (row: RowHandle, inputs: ConditionInputs) => Sql;
  /** Roles that the condition itself proves ("assigned to me"). */
  readonly proves?: readonly Role[];
  /** Roles by which rows are found, perhaps depending on an argument; absent: reachability alone. */
  readonly listedBy?: (argument: (name: string) => string) => readonly Role[];
  /** Rows that are not present are listed too. */
  readonly absentToo?: (argument: (name: string) => string) => boolean;
  readonly order?: Order;
  readonly atMost: number;
}

export interface ValuePart {
  readonly sql: Sql;
  readonly form: JsonForm;
  readonly nullable?: boolean;
}

/** What a field reads; lies in `extensions.read` of the built schema, which is all that the planner looks at. */
interface ReadBase {
  readonly rule: Rule;
  readonly module: string;
  readonly ofKind?: boolean;
  /** Refuses, before anything is planned, what the seat may not ask for: of root fields alone. */
  check?(seat: Seat, args: Readonly<Record<string, unknown>>): void;
}
export type ReadField = ReadBase &
  (
    | { readonly reads: 'column'; readonly column: string; readonly form: JsonForm; readonly nullable: boolean }
    | { readonly reads: 'globalId' }
    | { readonly reads: 'expression'; sql(row: RowHandle, seat: SeatSql): Sql; readonly form: JsonForm; readonly nullable: boolean }
    | { readonly reads: 'value'; parts(row: RowHandle): Record<string, ValuePart> }
    | {
        readonly reads: 'row';
        entity(): Entity;
        readonly join?: Join;
        readonly where?: ListScope['where'];
        readonly proves?: readonly Role[];
        readonly absentToo?: boolean;
        readonly nullable: boolean;
      }
    | {
        /** An object whose type hangs on the request: `node(id:)`, `viewer`. */
        readonly reads: 'any';
        which(request: {
          readonly seat: Seat;
          readonly args: Readonly<Record<string, unknown>>;
          readonly source?: Readonly<Record<string, unknown>>;
        }): { readonly entity: Entity; readonly uuid: string } | undefined;
      }
    | {
        /** Objects by their global ids, of whatever types: `nodes(ids:)`. */
        readonly reads: 'several';
        ids(args: Readonly<Record<string, unknown>>): readonly string[];
        entityOfTag(tag: string): Entity | undefined;
      }
    | { readonly reads: 'list'; entity(): Entity; readonly scope: ListScope }
    | { readonly reads: 'connection'; entity(): Entity; readonly scope: ListScope }
    | {
        readonly reads: 'needs';
        readonly columns: Record<string, JsonForm>;
        readonly expressions: Record<string, (row: RowHandle, seat: SeatSql) => Sql>;
      }
    | { readonly reads: 'sameRow' }
    | { readonly reads: 'viewerRoles' }
    | { readonly reads: 'viewerAccess' }
    | { readonly reads: 'permission'; readonly permits: Rule }
  );

export const readOf = (field: GraphQLField<unknown, unknown>): ReadField | undefined => field.extensions.read as ReadField | undefined;
