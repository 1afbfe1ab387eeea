/** How many uploads there may be at once, of one seat and of all. */
const MOST = { ofOne: 6, ofAll: 200 };

/** Counts uploads that are under way: a request that may take as long as it takes is not to be had without end. */
export class UploadPlaces {
  readonly #taken = new Map<string, number>();
  #count = 0;
  /** @returns what gives the place back; undefined where there is none */
  enter(seatId: string): (() => void) | undefined {
    const taken = this.#taken.get(seatId) ?? 0;
    if (taken >= MOST.ofOne || this.#count >= MOST.ofAll) return undefined;
    this.#add(seatId, 1);
    return () => this.#add(seatId, -1);
  }
  get count(): number {
    return this.#count;
  }
  #add(seatId: string, one: 1 | -1): void {
    this.#count += one;
    const count = (this.#taken.get(seatId) ?? 0) + one;
    if (count) this.#taken.set(seatId, count);
    else this.#taken.delete(seatId);
  }
}
