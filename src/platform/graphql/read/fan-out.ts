import { limitExceeded } from './refusal.ts';

/** Objects that a request may ask for, from page sizes multiplied down the tree (targets 2). */
const MOST_ROWS = 10_000;

/** @throws LIMIT_EXCEEDED */
export function assertFew(rows: number): void {
  if (rows > MOST_ROWS) throw limitExceeded(`This asks for more than ${MOST_ROWS} objects: ask for smaller pages.`);
}

/** Counts what one root field may ask for while its statement is written. Lists count; the one object behind a relation does not. */
export class FanOut {
  #times = 1;
  #rows = 0;
  get rows(): number {
    return this.#rows;
  }
  /** @param size of the list whose items `work` writes. @throws LIMIT_EXCEEDED */
  within<T>(size: number, work: () => T): T {
    const outside = this.#times;
    this.#times *= size;
    this.#rows += this.#times;
    assertFew(this.#rows);
    try {
      return work();
    } finally {
      this.#times = outside;
    }
  }
}
