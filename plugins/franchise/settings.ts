import type { UseCase } from '@guichet/sdk';
import { z } from 'zod';

const country = z.string().regex(/^[A-Z]{2}$/);
const days = (most: number) => z.number().int().min(0).max(most);

/** Settings of each organization. What the law asks for is said here by country, since it changes and no two agree. */
export const franchiseSettings = z.strictObject({
  /** Days between a written disclosure and signing, by country. Where a country is not named, nothing can be disclosed for it. */
  disclosureDays: z.record(country, days(365)).default({ CN: 30, US: 14 }),
  /** Days after signing on which the applicant may rescind, as contracts agree on it, by country; none where it is not named. */
  coolingOffDays: z.record(country, days(365)).default({ CN: 7 }),
  /** Days after the first contract of a brand within which it is filed with the authorities, by country; not named: it is not. */
  filingDays: z.record(country, days(365)).default({ CN: 15 }),
  /** Days that an applicant may be silent while it is their turn. */
  silenceDays: z.number().int().min(1).max(365).default(30),
  /** Days that a territory is kept where the committee agrees and nobody has said until when. */
  holdDays: z.number().int().min(1).max(730).default(90),
  /** Months after a rejection before the same person may apply for the brand again. */
  reapplyMonths: days(60).default(6),
  /** Days that means and documents of an applicant are kept when an application is over without a store. */
  retentionDays: z.number().int().min(1).max(3650).default(180),
  /** Days before a document expires when people are told. */
  expiryNoticeDays: z.number().int().min(1).max(365).default(30),
  /** What a store needs before it opens, and how many days after the days to rescind. */
  openingTasks: z
    .array(z.strictObject({ title: z.string().min(1).max(200), days: days(730) }))
    .min(1)
    .max(50)
    .default([
      { title: 'Fit out the store', days: 45 },
      { title: 'Train the staff', days: 60 },
      { title: 'Inspect before opening', days: 75 },
    ]),
});
export type FranchiseSettings = z.infer<typeof franchiseSettings>;

export const settingsOf = async (use: UseCase): Promise<FranchiseSettings> => (await use.settings('franchise')) as FranchiseSettings;
