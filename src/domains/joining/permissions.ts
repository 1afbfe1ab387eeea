import { ADMIN, COLLEAGUE, type Role, rule } from '../../sdk/index.ts';

/** Toward a link: the employee who shares it. */
export const LINK_SHARER: Role = { name: 'LINK_SHARER', bearer: 'EMPLOYEE', description: 'The employee who made the link.' };

const right = 'WINDOW';
const admins = { roles: [ADMIN], right, whole: true } as const;

/** Links to the window, and who applies by them (spec 5.5, 5.6). */
export const joining = {
  share: rule('joining.share', { roles: [COLLEAGUE], description: 'Every employee of the organization (spec 5.5).' }),
  link: rule('joining.link', {
    roles: [ADMIN, LINK_SHARER],
    right,
    whole: true,
    description: 'The employee who made the link, and admins with the right WINDOW for the whole organization.',
  }),
  read: rule('joining.read', {
    ...admins,
    description: 'Who applied: admins with the right WINDOW for the whole organization (spec 5.6).',
  }),
  decide: rule('joining.decide', { ...admins, description: 'Admins with the right WINDOW for the whole organization (spec 5.6).' }),
};
