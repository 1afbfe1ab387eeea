import type { UseCase } from '@guichet/sdk';
import { z } from 'zod';

/** Settings of each organization. */
export const orderingSettings = z.strictObject({
  /** Take orders for more than there is in stock. */
  allowBackorder: z.boolean().default(true),
  /** Days that an order keeps its goods from others until it is approved; null: without an end. */
  reservationDays: z.number().int().min(1).max(365).nullable().default(null),
  /** Orders are shipped, in parts where need be, between their approval and their receipt. */
  shipping: z.boolean().default(false),
  /** Days after which goods count as received of which the customer says nothing; null: never. */
  receiptDays: z.number().int().min(1).max(365).nullable().default(null),
  /** Prices have tax in them; otherwise it is added to them. */
  pricesIncludeTax: z.boolean().default(true),
  /**
   * Basis points of what goods are sold for, without tax, that are to be left over what they cost the seller. Below it whoever keeps prices or
   * answers for the owner approves an order last; null: no such limit.
   */
  leastMargin: z.number().int().min(0).max(10_000).nullable().default(null),
});
export type OrderingSettings = z.infer<typeof orderingSettings>;

export const settingsOf = async (use: UseCase): Promise<OrderingSettings> => (await use.settings('ordering')) as OrderingSettings;
