import { tenantEntity } from '../../sdk/index.ts';

export const CERTIFICATION_LEVELS = ['TEAM', 'BASIC', 'INTERMEDIATE', 'ADVANCED'] as const;
export type CertificationLevel = (typeof CERTIFICATION_LEVELS)[number];

/** Tenants. Nothing crosses from one to another (spec 1). */
export const Organization = tenantEntity(
  'organizations',
  (t) => ({
    organizationId: t.organization(),
    name: t.text(),
    certification: t.oneOf(...CERTIFICATION_LEVELS),
    /** ISO 3166 code: numbers without a country code are read as of this country (spec 3.2). */
    country: t.text().default('CN'),
    isDemo: t.boolean().default(false),
    /** When the plan that it was made from was carried out to the end; null where there is none. */
    furnishedAt: t.timestamptz().nullable(),
    createdAt: t.timestamptz(),
  }),
  { decidesSeats: ['certification'] },
);

export const organizations = Organization.table;
