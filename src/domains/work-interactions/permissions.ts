import { PARTICIPANT, rule } from '../../sdk/index.ts';

/** What colleagues share (spec 4.5). */
export const workInteraction = {
  read: rule('workInteraction.read', {
    roles: [PARTICIPANT],
    description: 'Two colleagues, what both take part in: nobody else, whatever their rights.',
  }),
};
