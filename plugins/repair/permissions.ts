import { ADMIN, COLLEAGUE, EXTERNAL, OWNER, OWNERS_SUPERVISOR, PARTICIPANT, type Role, rule, TIMELINE_READERS } from '@guichet/sdk';
import { DISPATCHER, ON_DUTY, PARTS_KEEPER, QUOTER, TECHNICIAN, TRIAGER } from './roles.ts';

/** Those inside who read a repair through its form. */
export const FORM_READERS: readonly Role[] = [ADMIN, OWNER, OWNERS_SUPERVISOR, PARTICIPANT];
/** Those who work at the desk. */
export const DESK: readonly Role[] = [TRIAGER, QUOTER, DISPATCHER];
const INSIDE: readonly Role[] = [...FORM_READERS, ...DESK, PARTS_KEEPER];

export const repair = {
  read: rule('repair.read', {
    roles: [...INSIDE, TECHNICIAN, EXTERNAL],
    right: 'FORMS',
    description: 'Those who read the form, the desk, the technician, and the customer.',
  }),
  inside: rule('repair.inside', {
    roles: [...INSIDE, TECHNICIAN],
    right: 'FORMS',
    description: 'The same without the customer.',
  }),
  desk: rule('repair.desk', {
    roles: [...INSIDE],
    right: 'FORMS',
    description: 'Those who read the form, and the desk: not the technician, and not the customer.',
  }),
  rated: rule('repair.rated', {
    roles: [...INSIDE, EXTERNAL],
    right: 'FORMS',
    description: 'The customer who rated, and those inside but the technician, who is not to know who it was.',
  }),
  siteContact: rule('repair.siteContact', {
    roles: [...FORM_READERS, ...DESK, ON_DUTY, EXTERNAL],
    right: 'FORMS',
    description: 'The customer, those who read the form, the desk, and the technician from dispatch until the visit is over.',
  }),
  form: rule('repair.form', {
    roles: [...FORM_READERS, EXTERNAL],
    right: 'FORMS',
    description: 'Those who read the form, and the customer.',
  }),
  customer: rule('repair.customer', { roles: [EXTERNAL], description: 'The customer who asked for the repair.' }),
  request: rule('repair.request', {
    roles: [ADMIN, OWNER, OWNERS_SUPERVISOR, EXTERNAL],
    right: 'CONTACTS',
    description: 'Contacts who are members of the open window, and on their behalf whoever may hand a form in for them.',
  }),
  triage: rule('repair.triage', { roles: [OWNER, TRIAGER], description: 'The contact’s owner, and whoever triages.' }),
  quote: rule('repair.quote', { roles: [QUOTER], description: 'Whoever makes quotes.' }),
  dispatch: rule('repair.dispatch', { roles: [DISPATCHER], description: 'Whoever plans visits.' }),
  work: rule('repair.work', { roles: [TECHNICIAN], description: 'The technician of the visit.' }),
  asset: rule('repair.asset', {
    roles: [ADMIN, ...DESK, OWNER, OWNERS_SUPERVISOR, TECHNICIAN, EXTERNAL],
    right: 'PLUGINS',
    description:
      'Admins of plugins, the desk, the owner of the contact whose it is and the owner’s supervisors, its technician, and the customer.',
  }),
  keepAssets: rule('repair.keepAssets', {
    roles: [ADMIN, TRIAGER],
    right: 'PLUGINS',
    whole: true,
    description: 'Admins of plugins, and whoever triages.',
  }),
  colleague: rule('repair.colleague', { roles: [COLLEAGUE], description: 'Every employee.' }),
  parts: rule('repair.parts', { roles: [PARTS_KEEPER], description: 'Whoever keeps the stock of parts.' }),
  timeline: rule('repair.timeline', { roles: TIMELINE_READERS, right: 'CONTACTS', description: 'Who reads the contact’s timeline.' }),
};
