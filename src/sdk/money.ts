/** An amount of money: whole minor units of its currency, such as fen or cents. */
export interface Amount {
  readonly minor: number;
  /** ISO 4217. */
  readonly currency: string;
}
/** Share of an amount in basis points: 1,300 are 13 %. */
export type BasisPoints = number;
const WHOLE: BasisPoints = 10_000;

/**
 * Divides whole numbers and rounds to the nearest one, halves away from zero: as invoices are rounded, and as people expect of 0.5.
 * @throws RangeError where the divisor is not above zero, or no number holds the outcome exactly
 *
 * @example
 * roundedRatio(5n, 2n); // 3
 * roundedRatio(-5n, 2n); // -3
 */
export function roundedRatio(dividend: bigint, divisor: bigint): number {
  if (divisor <= 0n) throw new RangeError('The divisor is not above zero.');
  const size = dividend < 0n ? -dividend : dividend;
  const rounded = (2n * size + divisor) / (2n * divisor);
  return exact(dividend < 0n ? -rounded : rounded);
}

/**
 * The amount of some units at a unit price, in minor units.
 * @throws RangeError where no number holds it exactly: `isExact` tells beforehand
 */
export const timesQuantity = (unitMinor: number, quantity: number): number => exact(BigInt(unitMinor) * BigInt(quantity));

/** A sum in minor units. @throws RangeError where no number holds it exactly */
export const sumOfMinor = (amounts: readonly number[]): number => exact(amounts.reduce((sum, minor) => sum + BigInt(minor), 0n));

/** Whether a number holds this amount exactly: above it, minor units would be lost without a word. */
export const isExact = (minor: bigint): boolean => minor <= BigInt(Number.MAX_SAFE_INTEGER) && minor >= BigInt(Number.MIN_SAFE_INTEGER);

function exact(minor: bigint): number {
  if (!isExact(minor)) throw new RangeError('No number holds this amount exactly.');
  return Number(minor);
}

/** What one line costs, with its tax. */
export interface TaxedLine {
  readonly netMinor: number;
  readonly taxMinor: number;
  readonly grossMinor: number;
}
/**
 * Tax of one line, rounded once and for this line alone; a total is the sum of its lines, so that what stands on each line adds up.
 * @param minor what the line costs, in minor units: with tax in it (`isIncluded`) or before tax
 * @throws RangeError for a rate below zero, and where no number holds the outcome exactly
 *
 * @example
 * taxedLine({ minor: 11_300, rate: 1_300, isIncluded: true }); // { netMinor: 10000, taxMinor: 1300, grossMinor: 11300 }
 */
export function taxedLine({
  minor,
  rate,
  isIncluded,
}: {
  readonly minor: number;
  readonly rate: BasisPoints;
  readonly isIncluded: boolean;
}): TaxedLine {
  if (rate < 0) throw new RangeError('A rate of tax is not below zero.');
  const taxMinor = roundedRatio(BigInt(minor) * BigInt(rate), BigInt(isIncluded ? WHOLE + rate : WHOLE));
  if (isIncluded) return { netMinor: minor - taxMinor, taxMinor, grossMinor: minor };
  return { netMinor: minor, taxMinor, grossMinor: sumOfMinor([minor, taxMinor]) };
}

/** A share of an amount, rounded as `roundedRatio` rounds. @example shareOf(1_005, 5_000) // 503 */
export const shareOf = (minor: number, share: BasisPoints): number => roundedRatio(BigInt(minor) * BigInt(share), BigInt(WHOLE));
