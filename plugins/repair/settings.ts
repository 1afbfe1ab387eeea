import { input, type UseCase } from '@guichet/sdk';
import { z } from 'zod';

const CURRENCIES = new Set(Intl.supportedValuesOf('currency'));
const NO_CURRENCY = input.fault('NOT_A_CURRENCY', {
  en: 'This is no currency of ISO 4217, such as CNY.',
  'zh-CN': '这不是 ISO 4217 货币代码，例如 CNY。',
});

const hours = (usual: number) => z.number().positive().max(2_000).default(usual);
/** Settings of each organization. */
export const repairSettings = z.strictObject({
  /** Working hours from triage to the first visit's end, by priority. */
  slaHours: z
    .strictObject({ LOW: hours(80), NORMAL: hours(40), HIGH: hours(16), URGENT: hours(4) })
    .default({ LOW: 80, NORMAL: 40, HIGH: 16, URGENT: 4 }),
  /** Reasons of a visit on hold for which the deadline stops. */
  slaStopsFor: z.array(z.enum(['PARTS', 'CUSTOMER', 'ESCALATED'])).default(['PARTS', 'CUSTOMER']),
  /** Days that a quote is good for. */
  quoteDays: z.number().int().min(1).max(365).default(14),
  /** Days of silence after which work that is done counts as confirmed; 0: never. */
  confirmsItselfAfterDays: z.number().int().min(0).max(365).default(7),
  /** Days after the confirmation in which the customer may open the repair again. */
  guaranteeDays: z.number().int().min(0).max(3_650).default(90),
  /** Every repair that is asked for is confirmed by a signature, and not by silence; otherwise those of machines that say so. */
  signatureRequired: z.boolean().default(false),
  /** What an hour of work costs the customer where it is charged, in minor units; null: nothing is said of it. */
  hourlyRate: z
    .strictObject({
      amount: z.number().int().min(0).max(1_000_000_000),
      currency: z.string().refine((code) => CURRENCIES.has(code), NO_CURRENCY),
    })
    .nullable()
    .default(null),
  /** What a technician answers before a visit is finished. */
  checklist: z.array(z.string().trim().min(1).max(200)).max(30).default([]),
  /** Whoever stands before a machine may report by its sticker that it needs a repair, without an account. */
  reportsWithoutAccount: z.boolean().default(false),
  /** Photos that a finished visit must have. */
  leastPhotos: z.number().int().min(0).max(10).default(0),
});
export type RepairSettings = z.infer<typeof repairSettings>;

export const settingsOf = async (use: UseCase): Promise<RepairSettings> => (await use.settings('repair')) as RepairSettings;
