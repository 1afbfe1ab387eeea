import { ADMIN, rule } from '../../sdk/index.ts';

export const staffSync = {
  manage: rule('staffSync.manage', {
    roles: [ADMIN],
    right: 'DIRECTORY',
    whole: true,
    description: 'Admins with the right DIRECTORY for the whole organization (spec 10.4).',
  }),
};
