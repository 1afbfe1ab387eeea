import type { Grown, Growth } from './growth.ts';

/** A table for each kind of seat: milliseconds and rows of a page, size by size, and what the first size's became at the last. */
export function printGrowth(growth: Growth, say: (line: string) => void): void {
  for (const [kind, sizes] of Object.entries(growth)) {
    const all = Object.values(sizes);
    const [first, last] = [all[0]!, all.at(-1)!];
    const operations = Object.keys(first);
    say(`\n${kind.padEnd(12)}${operations.map((operation) => operation.padStart(17)).join('')}`);
    for (const [contacts, times] of Object.entries(sizes))
      say(`${contacts.padEnd(12)}${operations.map((operation) => cell(times[operation]!)).join('')}`);
    say(`${'grown'.padEnd(12)}${operations.map((operation) => times(last[operation]!.ms / first[operation]!.ms)).join('')}`);
    say(`${'a row'.padEnd(12)}${operations.map((operation) => times(msOfRow(last[operation]!) / msOfRow(first[operation]!))).join('')}`);
  }
  say('\nms in the middle, one request at a time, and rows of a page; grown from the first size to the last');
}

const cell = ({ ms, rows }: Grown): string => `${ms.toFixed(2).padStart(9)} (${rows.toFixed(1).padStart(4)})`.padStart(17);
const times = (ratio: number): string => (Number.isFinite(ratio) ? `×${ratio.toFixed(2)}` : '–').padStart(17);
/** Of answers that are mostly empty it says nothing. */
const msOfRow = ({ ms, rows }: Grown): number => (rows < 1 ? Number.NaN : ms / rows);
