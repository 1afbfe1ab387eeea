import type { Compilable, Kysely } from 'kysely';
import type { DeclaredEntity } from '../entities/entity.ts';
import type { KnownQuery } from './known-query.ts';
import { Table } from './table.ts';
import type { Transaction } from './transaction.ts';
import type { Changes, KeyOf, NewRow } from './write.ts';

/** A table, by itself or by its entity. */
export type TableGiven = Table | DeclaredEntity;
type TableIn<Given> = Given extends { readonly table: infer T extends Table } ? T : Given extends Table ? Given : never;
/** Kysely's types of tables, by their names in the database. */
type Database<Given extends readonly TableGiven[]> = {
  [One in TableIn<Given[number]> as One['name']]: { [Name in keyof One['columns']]: One['columns'][Name]['kysely'] };
};
type Queries<Tables> = Pick<Kysely<Tables>, 'selectFrom' | 'insertInto' | 'updateTable' | 'deleteFrom' | 'with'>;

/** Statements on some tables in the transaction of a use case. */
export type Statements<Given extends readonly TableGiven[]> = Queries<Database<Given>> & {
  /** Asks a query that is written once (`knownQuery`). */
  ask<Values, Row>(query: KnownQuery<Values, Row>, given: Values): Promise<Row[]>;
  /** Sends a statement whose answer nobody needs: what follows is done behind it; where it fails, so does the use case. */
  send(statement: Compilable): void;
} & (Given extends readonly [infer One] ? Writes<TableIn<One>> : unknown);

/** Writes that nobody waits for: several leave as one statement, before the next question and with the commit at the latest. */
interface Writes<T extends Table> {
  /**
   * Adds rows. Where one is refused, the use case fails with its error.
   * @param rows one or several with the same columns; columns left out get their defaults.
   * @param known `kept` leaves a row alone whose primary key is there already.
   */
  add(rows: NewRow<T> | readonly NewRow<T>[], known?: 'refused' | 'kept'): void;
  /**
   * Changes one row. Lock it before: nobody is told whether it was there.
   * @param key the whole primary key. @param changes new values, or `RAISED` for one more.
   */
  change(key: KeyOf<T>, changes: Changes<T>): void;
}

export const statementsOn = <const Given extends readonly TableGiven[]>(transaction: Transaction, given: Given): Statements<Given> =>
  new TableStatements(transaction, given[0]) as unknown as Statements<Given>;

class TableStatements {
  readonly #transaction: Transaction;
  readonly #table: Table | undefined;
  constructor(transaction: Transaction, first: TableGiven | undefined) {
    this.#transaction = transaction;
    this.#table = first instanceof Table ? first : first?.table;
  }
  add(rows: never, known?: 'refused' | 'kept'): void {
    this.#transaction.insert(this.#table!, rows, known);
  }
  change(key: never, changes: never): void {
    this.#transaction.update(this.#table!, key, changes);
  }
  ask(query: KnownQuery<unknown, unknown>, given: unknown): Promise<unknown[]> {
    return this.#transaction.ask(query, given);
  }
  send(statement: Compilable): void {
    this.#transaction.send(statement);
  }
  selectFrom(from: never): unknown {
    return this.#kysely.selectFrom(from);
  }
  insertInto(table: never): unknown {
    return this.#kysely.insertInto(table);
  }
  updateTable(table: never): unknown {
    return this.#kysely.updateTable(table);
  }
  deleteFrom(from: never): unknown {
    return this.#kysely.deleteFrom(from);
  }
  with(name: never, query: never): unknown {
    return this.#kysely.with(name, query);
  }
  get #kysely(): Kysely<unknown> {
    return this.#transaction.on({}) as unknown as Kysely<unknown>;
  }
}
