import { tenantEntity } from '../../sdk/index.ts';

/** How many contacts an organization has, the bin not counted: one row each, whose lock makes adds take turns (spec 3.5). */
export const ContactQuota = tenantEntity('contact_quotas', (t) => ({
  organizationId: t.organization(),
  used: t.integer().default(0).check('used >= 0'),
  /** What the operator has set instead of the limit that follows from the certification. */
  limitOverride: t.integer().nullable().check('limit_override >= 0'),
}));

export const contactQuotas = ContactQuota.table;
