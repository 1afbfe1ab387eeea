/** What a variant costs in one list that is for the customer, from some quantity on. */
export interface ListedPrice {
  readonly listId: string;
  readonly listVersion: number;
  /** How closely the list is meant for the customer: see `NEARNESS`. */
  readonly nearness: number;
  readonly fromQuantity: number;
  readonly priceMinor: number;
  readonly currency: string;
}
/** A list for a contact goes before one for the company, that before one for a tag, and all before what is for everybody. */
export const NEARNESS = { CONTACT: 3, COMPANY: 2, TAG: 1, ALL: 0 } as const;

/** What has a price of its own, and perhaps others in lists. */
export interface Priced {
  /** For everybody, at any quantity; null where only lists have prices. */
  readonly priceMinor: number | null;
  readonly currency: string;
  readonly listed?: readonly ListedPrice[];
}
/** What one unit costs, in the currency of the variant. Of which list: null for the price for all. */
export interface Price {
  readonly priceMinor: number;
  readonly list: { readonly id: string; readonly version: number } | null;
}

/**
 * The price of one unit where so many are bought: the nearest lists count alone, in each of them the highest step that is reached, and among
 * lists that are equally near the lowest price. Prices in another currency than the variant's do not count. Nothing is free for want of a price.
 */
export function priceFor(variant: Priced, quantity: number): Price | undefined {
  const listed = (variant.listed ?? []).filter(({ currency }) => currency === variant.currency);
  const steps = reached(listed, quantity);
  const nearest = Math.max(...steps.map(({ nearness }) => nearness), -1);
  const found: Price[] = steps
    .filter(({ nearness }) => nearness === nearest)
    .map(({ priceMinor, listId, listVersion }) => ({ priceMinor, list: { id: listId, version: listVersion } }));
  if (nearest <= NEARNESS.ALL && variant.priceMinor !== null) found.unshift({ priceMinor: variant.priceMinor, list: null });
  return found.reduce<Price | undefined>((best, one) => (best && best.priceMinor <= one.priceMinor ? best : one), undefined);
}

/** In each list the highest step that the quantity reaches. */
function reached(listed: readonly ListedPrice[], quantity: number): ListedPrice[] {
  const best = new Map<string, ListedPrice>();
  for (const step of listed) {
    const before = best.get(step.listId);
    if (step.fromQuantity <= quantity && (!before || before.fromQuantity < step.fromQuantity)) best.set(step.listId, step);
  }
  return [...best.values()];
}

/** The steps as a customer sees them: each quantity from which one unit costs something else. */
export function stepsOf(variant: Priced): { readonly fromQuantity: number; readonly price: Price }[] {
  const starts = [...new Set([1, ...(variant.listed ?? []).map(({ fromQuantity }) => fromQuantity)])].sort((a, b) => a - b);
  const steps = starts.flatMap((fromQuantity) => {
    const price = priceFor(variant, fromQuantity);
    return price ? [{ fromQuantity, price }] : [];
  });
  return steps.filter(({ price }, i) => price.priceMinor !== steps[i - 1]?.price.priceMinor);
}
