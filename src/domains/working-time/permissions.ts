import { ADMIN, COLLEAGUE, rule } from '../../sdk/index.ts';

/** The organization's working calendar (spec 6.11). */
export const workingTime = {
  read: rule('workingTime.read', { roles: [COLLEAGUE], description: 'When people work: every employee.' }),
  edit: rule('workingTime.edit', {
    roles: [ADMIN],
    right: 'FORMS',
    whole: true,
    description: 'When people work: admins with the right FORMS for the whole organization, whose forms fall due by it.',
  }),
};
