import { type Column, uuid } from './column.ts';

export type Columns = Record<string, Column<unknown, boolean>>;

export interface Index<Name extends string = string> {
  /** Columns in order, after the organization's id, which every index starts with; `-name` for descending. */
  readonly columns: readonly (Name | `-${Name}`)[];
  readonly unique?: boolean;
  /** Condition of a partial index, as SQL. */
  readonly where?: string;
}

export interface TableOptions<Own extends Columns> {
  readonly columns: Own;
  /** Primary key after `organization_id`; without it the table gets a column `id uuid`. */
  readonly key?: readonly (keyof Own & string)[];
  readonly indexes?: Readonly<Record<string, Index<(keyof Own & string) | 'id'>>>;
  /** Conditions over a row, as SQL. */
  readonly checks?: Readonly<Record<string, string>>;
  /** Rows that the server itself reads and writes for all organizations (numbering events, cleaning up). */
  readonly servesWorker?: boolean;
  /**
   * Rows that every mutation writes, and that belong to no other: their organization is not checked by a key, or all that write in it would
   * wait for each other at its row. Row level security names it all the same.
   */
  readonly rootless?: boolean;
  /** Facts of seats are read from the rows (`seatFacts`): whatever changes them, or these columns of them, makes every server ask anew. */
  readonly decidesSeats?: true | readonly (keyof Own & string)[];
  /** What is written stays: rows are added, and neither changed nor deleted, by nobody. */
  readonly appendOnly?: boolean;
}

/**
 * A table of an organization's rows. `organization_id` is added here, to the primary key, to every foreign key and index, so that
 * nobody can leave it out; row level security comes with the table (spec 8.2, promises 1 and 11).
 */
export class Table<Own extends Columns = Columns> {
  readonly name: string;
  readonly columns: Own;
  readonly key: readonly string[];
  readonly indexes: Readonly<Record<string, Index>>;
  readonly checks: Readonly<Record<string, string>>;
  readonly servesWorker: boolean;
  readonly decidesSeats: true | readonly string[] | undefined;
  readonly rootless: boolean;
  readonly appendOnly: boolean;
  constructor(name: string, options: TableOptions<Own> & { columns: Own }) {
    this.name = name;
    this.columns = options.columns;
    this.key = options.key ?? ['id'];
    this.indexes = options.indexes ?? {};
    this.checks = options.checks ?? {};
    this.servesWorker = options.servesWorker ?? false;
    this.rootless = options.rootless ?? false;
    this.decidesSeats = options.decidesSeats;
    this.appendOnly = options.appendOnly ?? false;
  }
}

type Keyed<Own extends Columns> = Own & { organization_id: Column<string> };
type Identified<Own extends Columns> = Keyed<Own> & { id: Column<string> };

/**
 * Declares a table: the types of its rows, its SQL, and what the read path knows of it.
 * @param name with the schema of a plugin before it: `plg_lending.loans`.
 * @param options without a `key` the table gets a column `id uuid`; `organization_id` is added to every table and never written here.
 *
 * @example
 * export const loans = table('plg_lending.loans', {
 *   columns: { contact_id: uuid().references('contacts'), tool: text(), due: date().nullable() },
 *   indexes: { loans_contact: { columns: ['contact_id', '-id'] } },
 * });
 */
export function table<Own extends Columns>(
  name: string,
  options: TableOptions<Own> & { key: readonly (keyof Own & string)[] },
): Table<Keyed<Own>>;
export function table<Own extends Columns>(name: string, options: TableOptions<Own>): Table<Identified<Own>>;
export function table<Own extends Columns>(name: string, options: TableOptions<Own>): Table<Keyed<Own>> {
  const id = options.key ? {} : { id: uuid() };
  const columns = { organization_id: uuid(), ...id, ...options.columns };
  return new Table<Keyed<Own>>(name, { ...options, columns } as unknown as TableOptions<Keyed<Own>>);
}

/** Names of a table's columns. */
export type ColumnName<T extends Table> = keyof T['columns'] & string;
/** Table types by their names in the database, for Kysely. */
export type KyselyTables<Tables extends Record<string, Table>> = {
  [Key in keyof Tables]: { [Name in keyof Tables[Key]['columns']]: Tables[Key]['columns'][Name]['kysely'] };
};
/** A row of a table, as it is read. */
export type RowOf<T extends Table> = { [Name in keyof T['columns']]: T['columns'][Name]['value'] };
