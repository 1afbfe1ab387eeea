import { ADMIN, COLLEAGUE, EXTERNAL, type Role, rule } from '../../sdk/index.ts';

/** Toward the window: a contact that is let in, while it serves. A suspended one shows its members the notice and nothing else (spec 5.2). */
export const WINDOW_GUEST: Role = {
  name: 'WINDOW_GUEST',
  bearer: 'CONTACT',
  description: 'A contact that is let in at the window, while it serves.',
};

export const serviceWindow = {
  read: rule('window.read', { roles: [COLLEAGUE, EXTERNAL], description: 'Employees, and contacts who are members of the window.' }),
  inside: rule('window.inside', {
    roles: [COLLEAGUE, WINDOW_GUEST],
    description: 'Employees, and contacts who are members of the window, while it serves (spec 5.2).',
  }),
  staff: rule('window.staff', { roles: [COLLEAGUE], description: 'Every employee of the organization.' }),
  leave: rule('window.leave', { roles: [EXTERNAL], description: 'Contacts who are members of the window (spec 5.4).' }),
  manage: rule('window.manage', {
    roles: [ADMIN],
    right: 'WINDOW',
    whole: true,
    description: 'What the window shows: admins with the right WINDOW for the whole organization (spec 5.3).',
  }),
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
