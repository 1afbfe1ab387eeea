/** How much data an organization has, for benchmarks and tests of growth (targets 1). */
export interface OrganizationSize {
  readonly contacts: number;
  readonly employees: number;
  /** Ten on each timeline; where there are fewer, spread over so many contacts as get ten. */
  readonly interactions: number;
  /** Open tasks, spread evenly over the employees; each with a form of its own and up to four earlier decisions. */
  readonly openTasks: number;
}
export interface BulkSize extends OrganizationSize {
  /** Further organizations, equal to each other. */
  readonly others?: OrganizationSize & { readonly count: number };
}

const elsewhere = (contacts: number) => ({
  count: 20,
  contacts,
  employees: 50,
  interactions: contacts * 10,
  openTasks: 1_000,
});
export const BULK_SIZES = {
  medium: { contacts: 10_000, employees: 2_000, interactions: 100_000, openTasks: 40_000, others: elsewhere(100) },
  large: { contacts: 100_000, employees: 2_000, interactions: 1_000_000, openTasks: 40_000, others: elsewhere(1_000) },
} satisfies Record<string, BulkSize>;
export type BulkSizeName = keyof typeof BULK_SIZES;

/** Reproducible numbers: the same seed gives the same data. @returns a function that draws a whole number below its argument. */
export function drawsFrom(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}
