import type { Column } from '../entities/column.ts';

export type Columns = Record<string, Column<unknown, boolean>>;

export interface Index {
  /** Columns in order, after the organization's id, which every index starts with; `-name` for descending. */
  readonly columns: readonly string[];
  readonly unique?: boolean;
  /** Condition of a partial index, as SQL. */
  readonly where?: string;
}

/** What of two rows must not be so at once: `room_id with =, tstzrange(starts_at, ends_at) with &&`; the organization is added. */
export interface Exclusion {
  readonly with: string;
  /** Rows that it is asked of, as SQL. */
  readonly where?: string;
}

/** What a table promises beside its columns. */
export interface TablePromises {
  /** Conditions over a row, as SQL. */
  readonly checks?: Readonly<Record<string, string>>;
  readonly exclusions?: Readonly<Record<string, Exclusion>>;
  /** Rows that the server itself reads and writes for all organizations (numbering events, cleaning up). */
  readonly servesWorker?: boolean;
  /**
   * Rows that every mutation writes, and that belong to no other: their organization is not checked by a key, or all that write in it would
   * wait for each other at its row. Row level security names it all the same.
   */
  readonly rootless?: boolean;
  /** What is written stays: rows are added, and neither changed nor deleted, by nobody. */
  readonly appendOnly?: boolean;
}
export interface TableOptions<Own extends Columns> extends TablePromises {
  readonly columns: Own;
  /** Primary key after `organization_id`. */
  readonly key: readonly string[];
  readonly indexes: Readonly<Record<string, Index>>;
  /** Facts of seats are read from the rows (`seatFacts`): whatever changes them, or these columns of them, makes every server ask anew. */
  readonly decidesSeats?: true | readonly string[];
}

/**
 * A table of an organization's rows, as an entity declares it (`tenantEntity`): what the read path, Kysely and the writing of SQL know of it.
 * The organization is in its key, its foreign keys and indexes, and row level security comes with it (spec 8.2, promises 1 and 11).
 */
export class Table<Own extends Columns = Columns> {
  readonly name: string;
  readonly columns: Own;
  readonly key: readonly string[];
  readonly indexes: Readonly<Record<string, Index>>;
  readonly checks: Readonly<Record<string, string>>;
  readonly exclusions: Readonly<Record<string, Exclusion>>;
  readonly servesWorker: boolean;
  readonly decidesSeats: true | readonly string[] | undefined;
  readonly rootless: boolean;
  readonly appendOnly: boolean;
  constructor(name: string, options: TableOptions<Own>) {
    this.name = name;
    this.columns = options.columns;
    this.key = options.key;
    this.indexes = options.indexes;
    this.checks = options.checks ?? {};
    this.exclusions = options.exclusions ?? {};
    this.servesWorker = options.servesWorker ?? false;
    this.rootless = options.rootless ?? false;
    this.decidesSeats = options.decidesSeats;
    this.appendOnly = options.appendOnly ?? false;
  }
}

/** Names of a table's columns. */
export type ColumnName<T extends Table> = keyof T['columns'] & string;
/** Table types by their names in the database, for Kysely. */
export type KyselyTables<Tables extends Record<string, Table>> = {
  [Key in keyof Tables]: { [Name in keyof Tables[Key]['columns']]: Tables[Key]['columns'][Name]['kysely'] };
};
/** A row of a table, as it is read. */
export type RowOf<T extends Table> = { [Name in keyof T['columns']]: T['columns'][Name]['value'] };
