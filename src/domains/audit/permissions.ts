import { ADMIN, rule } from '../../sdk/index.ts';

export const audit = {
  read: rule('audit.read', {
    roles: [ADMIN],
    right: 'AUDIT',
    description: 'Admins with the right AUDIT; one for departments sees what was done by their employees (spec 11.1).',
  }),
};
