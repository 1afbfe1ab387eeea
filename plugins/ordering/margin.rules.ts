/** A line as it was ordered, and what its goods cost the seller today; null where nobody has said so. */
export interface MarginLine {
  readonly quantity: number;
  readonly totalMinor: number;
  readonly taxMinor: number;
  readonly costMinor: number | null;
}
/**
 * Whether too little is left over what goods cost: of all lines whose cost is known, together.
 * @param least in basis points of what they are sold for without tax
 */
export function isThin(lines: readonly MarginLine[], least: number): boolean {
  const known = lines.filter(({ costMinor }) => costMinor !== null);
  const sum = (of: (line: MarginLine) => bigint): bigint => known.reduce((all, line) => all + of(line), 0n);
  const sold = sum(({ totalMinor, taxMinor }) => BigInt(totalMinor - taxMinor));
  const cost = sum(({ costMinor, quantity }) => BigInt(costMinor!) * BigInt(quantity));
  return (sold - cost) * 10_000n < sold * BigInt(least);
}
