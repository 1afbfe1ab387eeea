import { ADMIN, rule } from '../../sdk/index.ts';

export const windowPreview = {
  look: rule('windowPreview.look', {
    roles: [ADMIN],
    right: 'WINDOW',
    whole: true,
    description: 'What one contact sees at the window: admins with the right WINDOW for the whole organization (spec 5.3).',
  }),
};
