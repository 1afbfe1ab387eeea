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
    /** IANA name: what happens at an hour or on a day of the organization is read as of this zone (spec 6.11). */
    timeZone: t.text().default('Asia/Shanghai'),
    isDemo: t.boolean().default(false),
    /** When the plan that it was made from was carried out to the end; null where there is none. */
    furnishedAt: t.timestamptz().nullable(),
    createdAt: t.timestamptz(),
  }),
  { decidesSeats: ['certification'] },
);

/** Each decision of the operator about a certification, the first included; the last one holds (spec 10.3). */
export const Certification = tenantEntity(
  'certifications',
  (t) => ({
    at: t.timestamptz(),
    level: t.oneOf(...CERTIFICATION_LEVELS),
    /** Why; empty where the organization was founded with it. */
    reason: t.text(),
  }),
  { appendOnly: true },
);

export const organizations = Organization.table;
export const certifications = Certification.table;
