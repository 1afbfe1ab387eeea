import { integer, table } from '../../sdk/index.ts';

/** How many contacts an organization has, the bin not counted: one row each, whose lock makes adds take turns (spec 3.5). */
export const contactQuotas = table('contact_quotas', {
  columns: {
    used: integer().default('0').check('? >= 0'),
    /** What the operator has set instead of the limit that follows from the certification. */
    limit_override: integer().nullable().check('? >= 0'),
  },
  key: [],
});
