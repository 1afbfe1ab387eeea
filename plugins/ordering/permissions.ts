import { ADMIN, COLLEAGUE, EXTERNAL, OWNER, OWNERS_SUPERVISOR, PARTICIPANT, rule } from '@guichet/sdk';

export const ordering = {
  catalogue: rule('ordering.catalogue', {
    roles: [COLLEAGUE, EXTERNAL],
    description: 'Employees, and contacts who are members of the open window.',
  }),
  manage: rule('ordering.manage', {
    roles: [ADMIN],
    right: 'PLUGINS',
    whole: true,
    description: 'Admins with the right PLUGINS for the whole organization.',
  }),
  order: rule('ordering.order', {
    roles: [ADMIN, OWNER, OWNERS_SUPERVISOR, PARTICIPANT, EXTERNAL],
    right: 'FORMS',
    description: 'Those who read the form, and the customer who ordered.',
  }),
  place: rule('ordering.place', {
    roles: [ADMIN, OWNER, OWNERS_SUPERVISOR, EXTERNAL],
    right: 'CONTACTS',
    description: 'Contacts who are members of the open window, and on their behalf whoever may hand a form in for them.',
  }),
};
