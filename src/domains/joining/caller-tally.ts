/** Addresses that are remembered at once. */
const MOST_REMEMBERED = 10_000;

/** How often each address did something lately, as far as this process has seen. */
export class CallerTally {
  readonly #within: number;
  readonly #moments = new Map<string, readonly number[]>();
  constructor(within: number) {
    this.#within = within;
  }

  /**
   * Counts once more, no further than to `most`.
   * @returns how many milliseconds are left until the first of them is forgotten, where there were as many already
   */
  full(caller: string, most: number, now: number): number | undefined {
    const lately = (this.#moments.get(caller) ?? []).filter((at) => now - at < this.#within);
    const isFull = lately.length >= most;
    this.#moments.delete(caller); // who has not come for longest stands first
    if (this.#moments.size >= MOST_REMEMBERED) this.#moments.delete(this.#moments.keys().next().value!);
    this.#moments.set(caller, isFull ? lately : [...lately, now]);
    return isFull ? (lately[0] ?? now) + this.#within - now : undefined;
  }
}
