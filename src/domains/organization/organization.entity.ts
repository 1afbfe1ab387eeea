import { boolean, oneOf, table, text, timestamptz } from '../../sdk/index.ts';

export const CERTIFICATION_LEVELS = ['TEAM', 'BASIC', 'INTERMEDIATE', 'ADVANCED'] as const;
export type CertificationLevel = (typeof CERTIFICATION_LEVELS)[number];

/** Tenants. Nothing crosses from one to another (spec 1). */
export const organizations = table('organizations', {
  decidesSeats: ['certification'],
  columns: {
    name: text(),
    certification: oneOf(...CERTIFICATION_LEVELS),
    /** ISO 3166 code: numbers without a country code are read as of this country (spec 3.2). */
    country: text().default(`'CN'`),
    is_demo: boolean().default('false'),
    /** When the plan that it was made from was carried out to the end; null where there is none. */
    furnished_at: timestamptz().nullable(),
    created_at: timestamptz(),
  },
  key: [],
});
