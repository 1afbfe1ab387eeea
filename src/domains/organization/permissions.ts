import { ADMIN, COLLEAGUE, EXTERNAL, rule } from '../../sdk/index.ts';

export const organization = {
  read: rule('organization.read', { roles: [COLLEAGUE, EXTERNAL], description: 'Everybody who has a seat in the organization.' }),
  insiders: rule('organization.insiders', { roles: [COLLEAGUE], description: 'Every employee.' }),
  plugins: rule('organization.plugins', {
    roles: [ADMIN],
    right: 'PLUGINS',
    whole: true,
    description: 'Admins with the right PLUGINS for the whole organization.',
  }),
};
