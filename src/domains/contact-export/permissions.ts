import { ADMIN, rule } from '../../sdk/index.ts';

export const contactExport = {
  export: rule('contactExport.export', {
    roles: [ADMIN],
    right: 'CONTACTS',
    description: 'Writing contacts into a file: admins with the right CONTACTS, each those that the right covers (spec 2.3, 3.13).',
  }),
};
