import { ADMIN, COLLEAGUE, EXTERNAL, OWNER, OWNERS_SUPERVISOR, PARTICIPANT, type Role, rule, SHAREE } from '../../sdk/index.ts';

/** On a task: the employee who holds or held it. */
export const FORM_ASSIGNEE: Role = { name: 'FORM_ASSIGNEE', bearer: 'EMPLOYEE', description: 'The employee who holds or held the task.' };
/** On a task that nobody holds: an admin with FORMS for the whole organization, who may take it. */
export const FORM_CLAIMANT: Role = {
  name: 'FORM_CLAIMANT',
  bearer: 'EMPLOYEE',
  description: 'An admin with FORMS, toward a task that nobody holds.',
};

/** Toward a template: a contact with a form that was made from it. */
export const FORM_SUBMITTER: Role = {
  name: 'FORM_SUBMITTER',
  bearer: 'CONTACT',
  description: 'A contact with a form that was made from the template.',
};

/** Toward a form among colleagues: the employee who has handed it in does what a customer does with theirs. */
export const FORM_AUTHOR: Role = {
  name: 'FORM_AUTHOR',
  bearer: 'EMPLOYEE',
  description: 'The employee who handed the form in among colleagues.',
};

/** Toward a form of another contact of the same company, whose forms the organization has given it: reads the customer's part, and acts on none. */
export const FORM_COMPANY_READER: Role = {
  name: 'FORM_COMPANY_READER',
  bearer: 'CONTACT',
  description: 'A contact of the same company, to whom the organization gave the forms of its other contacts.',
};

/** Toward a draft: the employee whose it is; a contact toward its own bears EXTERNAL. */
export const FORM_DRAFTER: Role = { name: 'FORM_DRAFTER', bearer: 'EMPLOYEE', description: 'The employee whose draft it is.' };
/** On a stand-in: whose turns they are, and who has them. */
export const FORM_STOOD_FOR: Role = {
  name: 'FORM_STOOD_FOR',
  bearer: 'EMPLOYEE',
  description: 'The employee for whom somebody stands in.',
};
export const FORM_STAND_IN: Role = { name: 'FORM_STAND_IN', bearer: 'EMPLOYEE', description: 'The employee who stands in.' };

const READERS = [ADMIN, OWNER, OWNERS_SUPERVISOR, PARTICIPANT];
const right = 'FORMS';

/** Spec 2.3b. */
export const form = {
  read: rule('form.read', { roles: READERS, right, description: 'Those inside who may read a form: values, tasks, history.' }),
  outline: rule('form.outline', {
    roles: [...READERS, SHAREE],
    right,
    description: 'Also sharees of the contact: number, kind, state and dates.',
  }),
  common: rule('form.common', {
    roles: [...READERS, SHAREE, EXTERNAL, FORM_COMPANY_READER],
    right,
    description: 'Also the customer, and those of its company who read its forms: what both sides see of a form.',
  }),
  ofContact: rule('form.ofContact', {
    roles: [...READERS, SHAREE, EXTERNAL],
    right: 'CONTACTS',
    description: 'Whoever answers for a contact or takes part in a form of its, and the contact: each finds the forms that they may read.',
  }),
  answers: rule('form.answers', {
    roles: [...READERS, EXTERNAL, FORM_COMPANY_READER],
    right,
    description: 'Those who read the form, the customer who filled it in, and those of its company who read its forms.',
  }),
  confirm: rule('form.confirm', { roles: [EXTERNAL, FORM_AUTHOR], description: 'The customer; among colleagues whoever handed it in.' }),
  /** The customer's own acts on a form of theirs. */
  correct: rule('form.correct', {
    roles: [EXTERNAL, FORM_AUTHOR],
    description: 'The customer, and among colleagues whoever handed it in: correct, dispute, withdraw.',
  }),
  comment: rule('form.comment', {
    roles: [...READERS, EXTERNAL],
    right,
    description: 'Those who read the form, and its customer: comment on it, remind whoever has the turn.',
  }),
  govern: rule('form.govern', { roles: [ADMIN], right, description: 'Admins with FORMS over the form: move it, end it.' }),
  submit: rule('form.submit', {
    roles: [ADMIN, OWNER, OWNERS_SUPERVISOR, COLLEAGUE, EXTERNAL],
    right: 'CONTACTS',
    description:
      'Contacts who are members of an open service window, on their behalf whoever may hand a form in for them, and employees among themselves.',
  }),
  draft: rule('form.draft', { roles: [FORM_DRAFTER, EXTERNAL], description: 'Whoever has begun a form: their own drafts alone.' }),
  drafted: rule('form.drafted', { roles: [FORM_DRAFTER], description: 'The employee whose draft it is.' }),
  copy: rule('form.copy', {
    roles: [PARTICIPANT, EXTERNAL],
    description: 'Whoever has handed the form in: the customer, or an employee on its behalf.',
  }),
  list: rule('form.list', { roles: READERS, right, description: 'Those inside, each the forms that they may read.' }),
  ofCompany: rule('form.ofCompany', {
    roles: [FORM_COMPANY_READER],
    description: 'Contacts to whom the organization gave the forms of their company’s other contacts.',
  }),
  followed: rule('form.followed', {
    roles: [EXTERNAL, FORM_COMPANY_READER],
    description: 'The customer, and those of its company who read its forms.',
  }),
  giveCompany: rule('form.giveCompany', {
    roles: [ADMIN],
    right: 'CONTACTS',
    whole: true,
    description:
      'Admins with CONTACTS for the whole organization: a company’s contacts may be anybody’s, and whoever reads their forms is outside.',
  }),
  mine: rule('form.mine', { roles: [EXTERNAL], description: 'The customer, their own forms.' }),
  templates: rule('form.templates', {
    roles: [ADMIN, COLLEAGUE, EXTERNAL, FORM_SUBMITTER],
    right,
    description: 'Employees what is published, contacts what they may submit or have submitted, and all of it admins with FORMS.',
  }),
  designed: rule('form.designed', {
    roles: [ADMIN, COLLEAGUE],
    right,
    description: 'Employees; of what was never published, admins with FORMS for the whole organization.',
  }),
  design: rule('form.design', {
    roles: [ADMIN],
    right,
    whole: true,
    description: 'Admins with FORMS for the whole organization.',
  }),
};
export const task = {
  read: rule('task.read', {
    roles: [...READERS, FORM_ASSIGNEE, FORM_CLAIMANT],
    right,
    description: 'Those who read the form, and who holds, held or may take the task.',
  }),
  inbox: rule('task.inbox', {
    roles: [FORM_ASSIGNEE, FORM_CLAIMANT],
    right,
    description: 'Every employee, their own tasks; admins with FORMS also those that nobody holds.',
  }),
  decide: rule('task.decide', { roles: [FORM_ASSIGNEE], description: 'The employee whose open task it is.' }),
  govern: rule('task.govern', { roles: [ADMIN], right, description: 'Admins with FORMS over the form: give a task to somebody else.' }),
  claim: rule('task.claim', { roles: [FORM_CLAIMANT], right, description: 'Admins with FORMS, a task that nobody holds.' }),
};
export const standIn = {
  read: rule('standIn.read', {
    roles: [ADMIN, FORM_STOOD_FOR, FORM_STAND_IN],
    right,
    whole: true,
    description: 'Both whom it concerns, and admins with FORMS for the whole organization.',
  }),
  name: rule('standIn.name', {
    roles: [COLLEAGUE],
    description: 'Every employee for themself; for others admins with FORMS, the act looks.',
  }),
  remove: rule('standIn.remove', {
    roles: [ADMIN, FORM_STOOD_FOR],
    right,
    whole: true,
    description: 'Whose turns they are, and admins with FORMS for the whole organization.',
  }),
};
