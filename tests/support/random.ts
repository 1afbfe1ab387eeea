/** Numbers that look random and are the same for the same seed. */
export class Random {
  #state: number;
  constructor(seed: number) {
    this.#state = seed >>> 0;
  }
  /** From 0 up to, not including, 1 (mulberry32). */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }
  /** A whole number from `least` to `most`, both included. */
  whole(least: number, most: number): number {
    return least + Math.floor(this.next() * (most - least + 1));
  }
  chance(of: number): boolean {
    return this.next() < of;
  }
  pick<T>(from: readonly T[]): T {
    return from[this.whole(0, from.length - 1)]!;
  }
  /** Some of a list, in any order. */
  some<T>(from: readonly T[], most = from.length): T[] {
    const left = [...from];
    const count = this.whole(0, Math.min(most, left.length));
    return Array.from({ length: count }, () => left.splice(this.whole(0, left.length - 1), 1)[0]!);
  }
  /** A UUIDv7 of a moment. */
  uuid(at: Date): string {
    const hex = (digits: number): string => Array.from({ length: digits }, () => this.whole(0, 15).toString(16)).join('');
    const time = at.getTime().toString(16).padStart(12, '0');
    return `${time.slice(0, 8)}-${time.slice(8)}-7${hex(3)}-${this.pick(['8', '9', 'a', 'b'])}${hex(3)}-${hex(12)}`;
  }
}

/** The seed of a test that draws at random: fixed, so that a failure comes again; `SEED` names another. Printed where a test fails. */
export const seedOf = (fixed: number): number => Number(process.env.SEED ?? fixed);
