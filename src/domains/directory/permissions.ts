import { ADMIN, COLLEAGUE, EXTERNAL, rule, SELF } from '../../sdk/index.ts';

export const directory = {
  read: rule('directory.read', { roles: [COLLEAGUE], description: 'Every employee of the organization (spec 2.3b).' }),
  personal: rule('directory.personal', {
    roles: [SELF, ADMIN],
    right: 'DIRECTORY',
    description: 'The employee, and admins with the right DIRECTORY (spec 2.3b).',
  }),
  manage: rule('directory.manage', {
    roles: [ADMIN],
    right: 'DIRECTORY',
    description: 'Admins with the right DIRECTORY, within the departments that it covers (spec 10.1).',
  }),
  import: rule('directory.import', {
    roles: [ADMIN],
    right: 'DIRECTORY',
    whole: true,
    description: 'Admins with the right DIRECTORY for the whole organization (spec 2.3b).',
  }),
  portal: rule('directory.portal', {
    roles: [EXTERNAL],
    description: 'The contacts whom the employee answers for: the name, nothing else.',
  }),
};
