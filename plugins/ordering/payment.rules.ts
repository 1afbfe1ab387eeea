import { roundedRatio } from '@guichet/sdk';

export type PaymentState = 'UNPAID' | 'PART' | 'PAID' | 'REFUNDED';

/** What an order costs, and what has become of the money; in minor units. */
export interface Account {
  readonly totalMinor: number;
  /** Taken off for what came back. */
  readonly creditedMinor: number;
  /** What has come, less what went back. */
  readonly paidMinor: number;
  readonly refundedMinor: number;
}
/** What is still to be paid; below zero where more was paid than is owed. */
export const openOf = ({ totalMinor, creditedMinor, paidMinor }: Account): number => totalMinor - creditedMinor - paidMinor;

export function paymentStateOf(account: Account): PaymentState {
  const { paidMinor, refundedMinor, totalMinor, creditedMinor } = account;
  if (paidMinor === 0 && refundedMinor > 0) return 'REFUNDED';
  if (paidMinor === 0) return totalMinor > creditedMinor ? 'UNPAID' : 'PAID';
  return openOf(account) <= 0 ? 'PAID' : 'PART';
}

/**
 * What some units of a line are worth. Several returns of one line add up to what the line cost, however they are divided.
 * @param before how many of it were credited already
 */
export function creditOf(line: { readonly totalMinor: number; readonly quantity: number }, before: number, units: number): number {
  const worth = (count: number): number => roundedRatio(BigInt(line.totalMinor) * BigInt(count), BigInt(line.quantity));
  return worth(before + units) - worth(before);
}
