import { ADMIN, COLLEAGUE, EXTERNAL, rule } from '../../sdk/index.ts';

export const serviceWindow = {
  read: rule('window.read', { roles: [COLLEAGUE, EXTERNAL], description: 'Employees, and contacts who are members of the window.' }),
  open: rule('window.open', {
    roles: [ADMIN],
    right: 'WINDOW',
    whole: true,
    description: 'Admins with the right WINDOW for the whole organization (spec 5.1).',
  }),
  inviteMany: rule('window.inviteMany', {
    roles: [ADMIN],
    right: 'CONTACTS',
    description: 'Several contacts at once: admins with the right CONTACTS (spec 2.3, 3.14).',
  }),
};
