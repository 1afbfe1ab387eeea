import { ADMIN, type Role, rule } from '../../sdk/index.ts';

/** On the transfer of a leaving: an admin of the staff, who need not be one of contacts. */
export const TRANSFER_STAFF_ADMIN: Role = {
  name: 'TRANSFER_STAFF_ADMIN',
  bearer: 'EMPLOYEE',
  description: 'An admin with DIRECTORY for the whole organization, toward what changed hands when somebody left.',
};
const roles = [ADMIN, TRANSFER_STAFF_ADMIN];
const right = 'CONTACTS';

export const transfer = {
  read: rule('transfer.read', {
    roles,
    right,
    description:
      'Admins with the right CONTACTS that covers whose it was; of a leaving, admins with DIRECTORY for the whole organization (spec 3.15).',
  }),
  undo: rule('transfer.undo', {
    roles,
    right,
    description: 'Admins with the right CONTACTS that covers whose it was; a leaving is taken back by admins with DIRECTORY (spec 3.15).',
  }),
};
