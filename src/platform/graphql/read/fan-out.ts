import { limitExceeded } from './refusal.ts';

/** Objects that a request may ask for, from page sizes multiplied down the tree (targets 2). */
const MOST_ROWS = 10_000;

/** @throws LIMIT_EXCEEDED */
export function assertFew(rows: number): void {
  if (rows > MOST_ROWS) throw limitExceeded(`This asks for more than ${MOST_ROWS} objects: ask for smaller pages.`);
}

/**
 * Relations, lists and kinds that one statement reads from, each as often as fragments and kinds write it out: a form inside a form inside
 * a form would make megabytes of a short document, and PostgreSQL plans them all.
 */
const MOST_SOURCES = 500;

/** Counts what one root field may ask for while its statement is written. */
export class FanOut {
  #times = 1;
  #rows = 0;
  #sources = 0;
  /** Lists count; the one object behind a relation does not. */
  get rows(): number {
    return this.#rows;
  }
  /** @returns its number. @throws LIMIT_EXCEEDED */
  source(): number {
    if (this.#sources === MOST_SOURCES) throw limitExceeded(`This reads from more than ${MOST_SOURCES} places: select less at a time.`);
    return ++this.#sources;
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
