import type { UseCase } from '@guichet/sdk';
import { z } from 'zod';

const MOST_MINOR = 9_007_199_254_740_991;

/** Settings of each organization. */
export const contractSettings = z.strictObject({
  /** From which amounts, in minor units, finance reviews contracts in a currency; in a currency that is not named it reviews all. */
  financeFrom: z.record(z.string().regex(/^[A-Z]{3}$/), z.number().int().min(0).max(MOST_MINOR)).default({ CNY: 10_000_000 }),
  /** Kinds of contract that legal does not review, where finance does. */
  withoutLegal: z.array(z.string().min(1).max(40)).max(100).default([]),
  /** Days before its last day, beside the days of notice, when a contract is said to be expiring. */
  expiringDays: z.number().int().min(1).max(365).default(30),
  /** Whether every contract needs somebody who signs for the seal, as the last inside. */
  needsSeal: z.boolean().default(false),
  /** Whether anybody may ask over HTTP, without an account, if a document was signed. */
  verifiesPublicly: z.boolean().default(false),
});
export type ContractSettings = z.infer<typeof contractSettings>;

export const settingsOf = async (use: UseCase): Promise<ContractSettings> => (await use.settings('contract')) as ContractSettings;
