import type { OrderState } from './order.moves.ts';
import type { ShipmentState } from './shipment.moves.ts';

/** Parts that an order goes out in at the most: as many as are shown with it. */
export const MOST_SHIPMENTS = 20;

/** How far a line of an order has come. */
export interface LineProgress {
  readonly quantity: number;
  readonly shipped: number;
  readonly received: number;
}
/** Where an order stands whose goods are on their way. */
export function stateBy(lines: readonly LineProgress[]): OrderState {
  if (lines.every(({ quantity, received }) => received === quantity)) return 'RECEIVED';
  if (lines.every(({ quantity, shipped }) => shipped === quantity)) return 'SHIPPED';
  return lines.some(({ shipped }) => shipped > 0) ? 'PART_SHIPPED' : 'CONFIRMED';
}

/** What a customer says of a line of a shipment. */
export interface SaidOfLine {
  readonly lineId: string;
  readonly quantity?: number | null;
}
export interface OpenLine {
  readonly id: string;
  readonly quantity: number;
  readonly received: number;
  readonly disputed: number;
}
/** Where goods stand that have gone out together, by what was said of them. */
export function shipmentStateBy(lines: readonly Omit<OpenLine, 'id'>[], deliveredAt: Date | null): ShipmentState {
  if (lines.length === 0) return 'REPLACED';
  if (lines.every(({ quantity, received }) => received === quantity)) return 'RECEIVED';
  if (lines.some(({ disputed }) => disputed > 0)) return 'DISPUTED';
  return deliveredAt ? 'DELIVERED' : 'SHIPPED';
}
/** How many nothing was said of yet. */
export const openOf = ({ quantity, received, disputed }: OpenLine): number => quantity - received - disputed;

/** What is said of which line: of all that is open, where nothing is named. @returns how many by lines, or the place of what cannot be */
export function saidOf(
  lines: readonly OpenLine[],
  said: readonly SaidOfLine[] | undefined,
): ReadonlyMap<string, number> | { readonly at: number; readonly field: 'lineId' | 'quantity' } {
  const open = new Map(lines.map((line) => [line.id, openOf(line)]));
  if (!said) return new Map([...open].filter(([, quantity]) => quantity > 0));
  const sums = new Map<string, number>();
  for (const [at, { lineId, quantity }] of said.entries()) {
    if (!open.has(lineId)) return { at, field: 'lineId' };
    const sum = (sums.get(lineId) ?? 0) + (quantity ?? open.get(lineId)!);
    if (sum > open.get(lineId)! || sum === 0) return { at, field: 'quantity' };
    sums.set(lineId, sum);
  }
  return sums;
}
