import { words } from '../../../sdk/index.ts';

/** Kind of entry on timelines. */
export const COMPANY_ACCESS = 'COMPANY_ACCESS';

export const CompanyAccess = words('CompanyAccess', 'Whose forms a contact reads at the window (spec 2.2).', {
  SELF: 'Its own.',
  COMPANY: 'Also those of the other contacts of its company.',
});
