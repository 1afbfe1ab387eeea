import { ADMIN, COLLEAGUE, EXTERNAL, OWNER, OWNERS_SUPERVISOR, PARTICIPANT, type Role, rule, SHAREE } from '../../sdk/index.ts';

const right = 'CONTACTS';
const editors: readonly Role[] = [ADMIN, OWNER, OWNERS_SUPERVISOR];
/** Whoever finds a contact in lists. */
export const insiders: readonly Role[] = [...editors, SHAREE];

/** Toward a request to share a contact. */
export const SHARE_ASKER: Role = { name: 'SHARE_ASKER', bearer: 'EMPLOYEE', description: 'The employee who asks for the share.' };

/** Requests to share a contact (spec 3.4). */
export const shareRequest = {
  ask: rule('shareRequest.ask', { roles: [COLLEAGUE], description: 'Every employee who was told that a phone is known.' }),
  read: rule('shareRequest.read', {
    roles: [...editors, SHARE_ASKER],
    right,
    description: 'Whoever may share the contact, and the employee who asks.',
  }),
  contact: rule('shareRequest.contact', {
    roles: insiders,
    right,
    description: 'Whoever finds the contact: the employee who asks, once the contact is shared with them.',
  }),
  decide: rule('shareRequest.decide', { roles: editors, right, description: 'Whoever may share the contact.' }),
};

/** The matrix of spec 2.3, act by act. */
export const contact = {
  seen: rule('contact.seen', {
    roles: [...insiders, COLLEAGUE, PARTICIPANT, EXTERNAL],
    right,
    description: 'Every employee who has its id, and the contact itself: the name, and that it is a contact.',
  }),
  insiders: rule('contact.insiders', {
    roles: insiders,
    right,
    description: 'Owner, the owner’s supervisors, sharees, and admins with the right CONTACTS.',
  }),
  own: rule('contact.own', {
    roles: [...insiders, EXTERNAL],
    right,
    description: 'Whoever answers for the contact, and the contact itself.',
  }),
  company: rule('contact.company', {
    roles: [...insiders, EXTERNAL, PARTICIPANT],
    right,
    description: 'Whoever answers for the contact, the contact itself, and those who take part in one of its forms.',
  }),
  lists: rule('contact.lists', {
    roles: insiders,
    right,
    description: 'Every employee; each finds the contacts that they answer for, that are shared with them, or that their right covers.',
  }),
  add: rule('contact.add', { roles: [COLLEAGUE], description: 'Every employee of the organization (spec 3.1).' }),
  edit: rule('contact.edit', {
    roles: editors,
    right,
    description: 'Edit, tag, share, change the owner: the owner, the owner’s supervisors, and admins with the right CONTACTS.',
  }),
  actFor: rule('contact.actFor', {
    roles: editors,
    right,
    description: 'Hand a form in on its behalf: the owner, the owner’s supervisors, and admins with the right CONTACTS (spec 6.12).',
  }),
  bulk: rule('contact.bulk', {
    roles: [ADMIN],
    right,
    description: 'Bulk acts: admins with the right CONTACTS, on the contacts that it covers (spec 2.3, 3.14).',
  }),
  delete: rule('contact.delete', { roles: [ADMIN], right, description: 'Admins with the right CONTACTS alone (spec 3.8).' }),
  message: rule('contact.message', { roles: [...insiders, COLLEAGUE], right, description: 'Every employee of the organization.' }),
  call: rule('contact.call', {
    roles: insiders,
    right,
    description: 'Phone, ding, confidential chat, and logging check-ins, visits and calls: whoever answers for the contact, and sharees.',
  }),
  settings: rule('contact.settings', {
    roles: [ADMIN],
    right,
    whole: true,
    description: 'Fields and tags: admins with the right CONTACTS for the whole organization.',
  }),
  vocabulary: rule('contact.vocabulary', { roles: [COLLEAGUE], description: 'The organization’s tags: every employee.' }),
};
