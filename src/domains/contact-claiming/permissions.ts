import { ADMIN, COLLEAGUE, rule } from '../../sdk/index.ts';

const right = 'CONTACTS';

/** Claiming contacts that nobody answers for (spec 3.18). */
export const claiming = {
  read: rule('claiming.read', { roles: [COLLEAGUE], description: 'Who may claim, and how many: every employee.' }),
  settings: rule('claiming.settings', {
    roles: [ADMIN],
    right,
    whole: true,
    description: 'Who may claim, and how many: admins with the right CONTACTS for the whole organization.',
  }),
  claim: rule('claiming.claim', {
    roles: [COLLEAGUE],
    description: 'Employees of the departments that an admin allows; each act looks.',
  }),
};
