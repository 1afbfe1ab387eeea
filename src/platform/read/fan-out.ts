import { limitExceeded } from './refusal.ts';

/** Objects that a request may ask for, from page sizes multiplied down the tree; searches, counts and comparisons weigh as some (targets 2). */
const MOST_ROWS = 10_000;
/** What PostgreSQL looks at for them, whatever it finds: of a whole list, and of one that belongs to an object, which is short. */
const WEIGHTS = {
  whole: { count: 1_000, search: 500, comparison: 25 },
  ofParent: { count: 10, search: 10, comparison: 1 },
};

/** @throws LIMIT_EXCEEDED */
export function assertFew(rows: number): void {
  if (rows > MOST_ROWS)
    throw limitExceeded({
      en: `This asks for more than ${MOST_ROWS} objects: ask for smaller pages, fewer counts and searches.`,
      'zh-CN': `请求的对象超过 ${MOST_ROWS} 个：请减小每页数量，或减少计数与搜索。`,
    });
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
    if (this.#sources === MOST_SOURCES)
      throw limitExceeded({
        en: `This reads from more than ${MOST_SOURCES} places: select less at a time.`,
        'zh-CN': `读取之处超过 ${MOST_SOURCES} 个：请一次少选一些。`,
      });
    return ++this.#sources;
  }
  /** Counts what a list makes PostgreSQL look for, beside the objects that it shows. @throws LIMIT_EXCEEDED */
  weigh(list: { counts: boolean; searches: boolean; comparisons: number; ofParent: boolean }): void {
    const weights = list.ofParent ? WEIGHTS.ofParent : WEIGHTS.whole;
    const { count, search, comparison } = weights;
    this.#rows += this.#times * ((list.counts ? count : 0) + (list.searches ? search : 0) + list.comparisons * comparison);
    assertFew(this.#rows);
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
