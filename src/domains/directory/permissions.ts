import { ADMIN, COLLEAGUE, EXTERNAL, type Role, rule, SELF } from '../../sdk/index.ts';

/** Toward a conflict of phones in which a contact takes part: an admin of contacts, who need not be one of the staff. */
export const DIRECTORY_CONTACT_ADMIN: Role = {
  name: 'DIRECTORY_CONTACT_ADMIN',
  bearer: 'EMPLOYEE',
  description: 'An admin with CONTACTS for the whole organization, toward a conflict of phones in which a contact takes part.',
};

export const directory = {
  read: rule('directory.read', { roles: [COLLEAGUE], description: 'Every employee of the organization (spec 2.3b).' }),
  personal: rule('directory.personal', {
    roles: [SELF, ADMIN],
    right: 'DIRECTORY',
    description: 'The employee, and admins with the right DIRECTORY that covers all departments of the employee (spec 2.3b).',
  }),
  manage: rule('directory.manage', {
    roles: [ADMIN],
    right: 'DIRECTORY',
    description: 'Admins with the right DIRECTORY that covers the department, or all departments of the employee (spec 10.1).',
  }),
  import: rule('directory.import', {
    roles: [ADMIN],
    right: 'DIRECTORY',
    whole: true,
    description: 'Admins with the right DIRECTORY for the whole organization (spec 2.3b).',
  }),
  conflict: rule('directory.conflict', {
    roles: [ADMIN, DIRECTORY_CONTACT_ADMIN],
    right: 'DIRECTORY',
    description:
      'Admins for the whole organization: with DIRECTORY where an employee takes part, with CONTACTS where a contact does (spec 3.3).',
  }),
  portal: rule('directory.portal', {
    roles: [EXTERNAL],
    description: 'The contacts whom the employee answers for: the name, nothing else.',
  }),
};
