/** How many transfers of a kind there may be at once. */
export interface Most {
  readonly ofOne: number;
  readonly ofAll: number;
}

/** Counts transfers that are under way: what may take as long as it takes is not to be had without end. */
export class Places {
  readonly #taken = new Map<string, number>();
  readonly #most: Most;
  #count = 0;
  constructor(most: Most) {
    this.#most = most;
  }
  /** @returns what gives the place back; undefined where there is none */
  enter(seatId: string): (() => void) | undefined {
    const taken = this.#taken.get(seatId) ?? 0;
    if (taken >= this.#most.ofOne || this.#count >= this.#most.ofAll) return undefined;
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

export interface TransferPlaces {
  readonly sent: Places;
  readonly read: Places;
}
export const transferPlaces = (): TransferPlaces => ({
  sent: new Places({ ofOne: 6, ofAll: 200 }),
  read: new Places({ ofOne: 30, ofAll: 500 }),
});
