import pg from 'pg';
import { StatementNames } from './statement-names.ts';
import { fits, joined, type Write } from './write.ts';

/** Statements of use cases come again and again; planning one takes longer than running it. */
const NAMES = new StatementNames(150);
export const prepared = (text: string, values: readonly unknown[]): pg.QueryConfig => ({
  name: NAMES.nameOf(text),
  text,
  values: [...values],
});

const ABORTED = '25P02';

/** Statements that were sent and not waited for. PostgreSQL answers in the order in which they were sent. */
export class Sending {
  readonly #client: pg.ClientBase;
  #sent: Promise<unknown>[] = [];
  #unsent: Write[] = [];
  #failure: Error | undefined;
  /** Statements sent so far, these and others on the connection. */
  count = 0;
  constructor(client: pg.ClientBase) {
    this.#client = client;
  }
  write(write: Write): void {
    if (!fits(write, this.#unsent)) this.flush();
    this.#unsent.push(write);
  }
  /** Writes what has been gathered, before anything else is asked. */
  flush(): void {
    if (this.#unsent.length === 0) return;
    const { text, values } = joined(this.#unsent);
    this.#unsent = [];
    this.send(prepared(text, values));
  }
  send(query: string | pg.QueryConfig): void {
    this.flush();
    this.count++;
    const sent = this.#client.query(query as pg.QueryConfig);
    sent.catch((failure: Error) => {
      this.#failure ??= failure;
    });
    this.#sent.push(sent);
  }
  /** @throws what the first of them failed with. */
  async settled(): Promise<void> {
    this.flush();
    const sent = this.#sent;
    this.#sent = [];
    await Promise.all(sent);
  }
  /** Drops what was gathered: it belongs to what failed. */
  forget(): void {
    this.#unsent = [];
  }
  /** The error of a statement that was sent before, where the given one only says that the transaction has failed already. */
  causeOf(error: unknown): unknown {
    const isConsequence = error instanceof pg.DatabaseError && error.code === ABORTED;
    const cause = isConsequence ? (this.#failure ?? error) : error;
    this.#failure = undefined;
    return cause;
  }
}
