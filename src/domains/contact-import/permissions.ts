import { ADMIN, rule } from '../../sdk/index.ts';

export const contactImport = {
  manage: rule('contactImport.manage', {
    roles: [ADMIN],
    right: 'CONTACTS',
    whole: true,
    description: 'Taking contacts in by a table: admins with the right CONTACTS for the whole organization (spec 2.3).',
  }),
};
