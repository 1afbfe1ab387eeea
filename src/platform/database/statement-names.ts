import { createHash } from 'node:crypto';

const MOST_REMEMBERED = 2_000;
/** Characters: a longer statement is seldom sent twice, and is costly to keep. */
const LONGEST = 50_000;

/**
 * Which statements are prepared under a name. A session keeps up to a third of a megabyte for each and never forgets one, so only those
 * that are seen a second time get a name, and not more than a few.
 */
export class StatementNames {
  readonly #most: number;
  readonly #seen = new Set<string>();
  readonly #named = new Map<string, string>();
  /** @param most names that a session may have to keep. */
  constructor(most: number) {
    this.#most = most;
  }
  /** @returns undefined for a statement that is sent without a name. */
  nameOf(text: string): string | undefined {
    const known = this.#named.get(text);
    if (known) return known;
    if (text.length > LONGEST) return undefined;
    if (!this.#seen.has(text)) {
      if (this.#seen.size >= MOST_REMEMBERED) this.#seen.clear();
      this.#seen.add(text);
      return undefined;
    }
    if (this.#named.size >= this.#most) return undefined;
    const name = `s_${createHash('sha256').update(text).digest('base64url').slice(0, 20)}`;
    this.#named.set(text, name);
    return name;
  }
}
