import type { GraphQLField } from 'graphql';
import type { Table } from '../database/table.ts';
import type { JsonForm } from '../entities/column.ts';
import type { Role, Rule } from '../permissions/rule.ts';
import type { Seat } from '../permissions/seat.ts';
import type { Search } from '../sql/search.ts';
import type { RowHandle, SeatSql, Sql } from '../sql/sql.ts';
import type { EntityRole } from './entity-role.ts';

export interface SortKey {
  readonly column: string;
  readonly sqlType: string;
  readonly rule: Rule;
  readonly description: string;
  /** Cursors hold the row alone: a counter that all rows share would tell who is shown some of them how many others there are. */
  readonly isHidden?: boolean;
  /** It is no column: rows stand by their values of the field that the caller names. */
  readonly values?: ValuesOfRows;
}
/** A table of terms, with the columns `field`, `nth` and `term`, of which a row's first decides. */
export interface ValuesOfRows {
  readonly table: Table;
  /** Its column that holds the row's key. */
  readonly key: string;
}
/** An order of a list: a name of the type's `orders`, or `CREATED_AT`, and a direction. */
export interface Order {
  readonly by: string;
  readonly direction: 'ASC' | 'DESC';
}

interface Link {
  readonly table: Table;
  readonly from: string;
  readonly to: string;
}
/** One comparison that lists of a type can be filtered by. Rows whose column the seat may not read never match. Without a `type`, ids of any are taken. */
export type Filter = { readonly rule: Rule; readonly description: string } & (
  | { readonly compares: 'text' | 'instant' | 'date' | 'number' | 'boolean'; readonly column: string }
  /** Whether another table has a row of it. */
  | { readonly compares: 'boolean'; readonly table: Table; readonly from: string }
  /** The moment that is in a UUIDv7: on the key, the order of pages finds the rows. */
  | { readonly compares: 'moment'; readonly column: string }
  | { readonly compares: 'enum'; readonly column: string; readonly values: string }
  | { readonly compares: 'id'; readonly column: string; readonly type?: string }
  /** Values of the row's own fields, in a table of terms; `asks` says what each comparison looks for. */
  | { readonly compares: 'values'; readonly table: Table; readonly key: string; readonly input: string; readonly asks: ValueQuestions }
  /** `via`: what the link leads to is found through another table; `column`: the row's, that the link is tied to in place of its key. */
  | ({ readonly compares: 'links'; readonly type?: string; readonly column?: string; readonly via?: Link } & Link)
);

/** What terms a comparison of a field's value looks for: some, or a range without its end. By its name: `number.greaterThan`. */
export type ValueQuestions = Readonly<
  Record<
    string,
    | { readonly some: (given: unknown) => readonly string[]; readonly within?: undefined }
    | { readonly within: (given: unknown) => readonly [from: string, to: string]; readonly some?: undefined }
  >
>;

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
  readonly present?: (row: RowHandle, seat: SeatSql) => Sql;
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
  /** Of a whole list: the ids that its rows come in the order of, which no column has. */
  readonly inOrderOf?: (inputs: ConditionInputs) => Sql;
  readonly atMost: number;
}

export interface ValuePart {
  readonly sql: Sql;
  readonly form: JsonForm;
  readonly nullable?: boolean;
}

/** Columns that an event remembers: the row is read as it was then, wherever the statement meets it. */
export interface AsOf {
  /** Of the payload: an object with a value for each of the columns; where it is missing, the row is read as it is now. */
  readonly property: string;
  /** Of the payload: the row's id. */
  readonly id: string;
  readonly columns: readonly string[];
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
        readonly asOf?: AsOf;
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
    | {
        /** What a column names: a row of one of several types (`{ type, id }`), or values of a type without a table (`{ type, values }`). */
        readonly reads: 'member';
        readonly column: string;
        member(type: string): { readonly entity?: Entity; readonly proves?: readonly Role[] } | undefined;
      }
    /** The first of some rows that there is. */
    | { readonly reads: 'either'; readonly rows: readonly { entity(): Entity; readonly join: Join }[] }
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
    | { readonly reads: 'permission'; readonly permits: Rule; when?(row: RowHandle): Sql }
  );

export const readOf = (field: GraphQLField<unknown, unknown>): ReadField | undefined => field.extensions.read as ReadField | undefined;
