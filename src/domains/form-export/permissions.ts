import { ADMIN, rule } from '../../sdk/index.ts';

export const formExport = {
  export: rule('formExport.export', {
    roles: [ADMIN],
    right: 'FORMS',
    description: 'Writing forms into a file: admins with the right FORMS, each those that the right covers (spec 6.6).',
  }),
};
