import type { UseCase } from '@guichet/sdk';
import { z } from 'zod';

/** Settings of each organization. */
export const orderingSettings = z.strictObject({
  /** Take orders for more than there is in stock. */
  allowBackorder: z.boolean().default(true),
});
export type OrderingSettings = z.infer<typeof orderingSettings>;

export const settingsOf = async (use: UseCase): Promise<OrderingSettings> => (await use.settings('ordering')) as OrderingSettings;
