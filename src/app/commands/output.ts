/** Prints a line of a command's result. */
export const printLine = (line: string): void => void process.stdout.write(`${line}\n`);

/** Tells the person at the terminal what is going on; programs that read the result do not see it. */
export const tell = (line: string): void => void process.stderr.write(`guichet: ${line}\n`);

const SHOWN_EVERY_MILLISECONDS = 100;

/** Tells how far a work on tables has come: on a terminal in one line that changes, elsewhere in a line a table. */
export class TableProgress {
  readonly #verb: string;
  readonly #of: ReadonlyMap<string, number> | undefined;
  #table = '';
  #shownAt = 0;
  /** @param of how many rows each table has, where that is known */
  constructor(verb: string, of?: ReadonlyMap<string, number>) {
    this.#verb = verb;
    this.#of = of;
  }
  step(table: string, rows: number): void {
    const isTerminal = process.stderr.isTTY;
    if (!isTerminal && table !== this.#table) tell(`${this.#verb} ${table}`);
    this.#table = table;
    if (!isTerminal || performance.now() - this.#shownAt < SHOWN_EVERY_MILLISECONDS) return;
    this.#shownAt = performance.now();
    const total = this.#of?.get(table);
    process.stderr.write(`\r\x1b[Kguichet: ${this.#verb} ${table} (${total ? `${Math.floor((rows / total) * 100)} %` : `${rows} rows`})`);
  }
  end(): void {
    if (process.stderr.isTTY) process.stderr.write('\r\x1b[K');
  }
}
