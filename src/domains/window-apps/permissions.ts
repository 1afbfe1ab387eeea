import { ADMIN, COLLEAGUE, EXTERNAL, rule } from '../../sdk/index.ts';

export const windowApps = {
  read: rule('windowApps.read', {
    roles: [COLLEAGUE, EXTERNAL],
    description: 'Employees, and contacts at the open window to whom the tile is shown (spec 2.3b, 5.8).',
  }),
  manage: rule('windowApps.manage', {
    roles: [ADMIN],
    right: 'WINDOW',
    whole: true,
    description: 'Tiles of the window: admins with the right WINDOW for the whole organization (spec 5.7).',
  }),
  open: rule('windowApps.open', {
    roles: [EXTERNAL],
    description: 'Contacts at the open window to whom the tile is shown (spec 5.7).',
  }),
};
