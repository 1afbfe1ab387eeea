import pg from 'pg';
import { ConstantError } from '../log/constant.error.ts';

/** The statement was not carried out, because one that was sent before it failed. */
export class NotCarriedOutError extends ConstantError {
  constructor() {
    super('A statement before this one failed.');
  }
}

/** The part of the driver's connection that this needs. */
interface Wire {
  sync(): void;
  readonly submittedNamedStatements: Record<string, string>;
}
/** The driver's query: it writes its statement, and reads the messages that answer it. */
interface Query extends pg.Submittable {
  readonly name?: string;
  readonly text: string;
  handleRowDescription(message: unknown): void;
  handleDataRow(message: unknown): void;
  handleCommandComplete(message: unknown, wire: Wire): void;
  handleReadyForQuery(wire: Wire): void;
  handleError(error: Error, wire?: Wire): void;
}
const DriversQuery = pg.Query as unknown as new (
  config: pg.QueryConfig & { queryMode: 'extended' },
  answered: (error: Error | null, result: pg.QueryArrayResult & pg.QueryResult) => void,
) => Query;

/**
 * Statements that leave together and are answered together: one round of messages for all of them, where each would cost both sides one.
 * They are carried out in order, each seeing what those before it did; after one that fails, none is.
 */
export class Exchange implements pg.Submittable {
  readonly #queries: Query[] = [];
  #at = 0;
  #hasFailed = false;

  /** @returns what the statement gave. @throws NotCarriedOutError where one before it failed, or its own error. */
  add<Result = pg.QueryResult>(statement: pg.QueryConfig): Promise<Result> {
    return new Promise((resolve, reject) => {
      const answered = (error: Error | null, result: unknown): void => {
        if (error) this.#hasFailed = true;
        error ? reject(error) : resolve(result as Result);
      };
      this.#queries.push(new DriversQuery({ ...statement, queryMode: 'extended' }, answered));
    });
  }

  /** All that is sent. */
  get sent(): readonly Pick<Query, 'name' | 'text'>[] {
    return this.#queries;
  }
  /** The statement that is being answered, by which the driver knows what is prepared on the connection. */
  get name(): string | undefined {
    return this.#queries[this.#at]?.name;
  }
  get text(): string | undefined {
    return this.#queries[this.#at]?.text;
  }

  submit(connection: unknown): undefined {
    const wire = connection as Wire;
    const unsynced = Object.create(wire, { sync: { value: () => {} } }) as pg.Connection;
    for (const [i, query] of this.#queries.entries()) {
      const fault = query.submit(unsynced) as unknown as Error | null; // a value that cannot be written is told to the query at once
      if (fault) query.handleError(fault);
      if (!this.#hasFailed) continue;
      this.#drop(i + 1, wire);
      break;
    }
    wire.sync();
  }
  handleRowDescription(message: unknown): void {
    this.#queries[this.#at]!.handleRowDescription(message);
  }
  handleDataRow(message: unknown): void {
    this.#queries[this.#at]!.handleDataRow(message);
  }
  handleCommandComplete(message: unknown, wire: Wire): void {
    this.#queries[this.#at]!.handleCommandComplete(message, wire);
    this.#at += 1;
  }
  handleReadyForQuery(wire: Wire): void {
    for (const query of this.#queries.slice(0, this.#at)) query.handleReadyForQuery(wire);
  }
  handleError(error: Error, wire?: Wire): void {
    const failed = this.#at;
    for (const query of this.#queries.slice(0, failed)) query.handleReadyForQuery(wire!);
    this.#queries[failed]?.handleError(error, wire);
    this.#drop(failed + 1, wire);
  }

  /** What was sent behind a statement that failed is passed over, so nothing of it is prepared either. */
  #drop(from: number, wire?: Wire): void {
    for (const query of this.#queries.splice(from)) {
      if (query.name && wire) delete wire.submittedNamedStatements[query.name];
      query.handleError(new NotCarriedOutError());
    }
  }
}
