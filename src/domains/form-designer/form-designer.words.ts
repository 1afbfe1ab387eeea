import { words } from '../../sdk/index.ts';

export const FormComparison = words('FormComparison', 'How a condition compares the value of a field.', {
  EQ: 'It is this, or has it among its choices.',
  NE: 'It is not this; what is not filled in is nothing.',
  LT: 'It is less, or earlier.',
  LTE: 'It is at most this.',
  GT: 'It is more, or later.',
  GTE: 'It is at least this.',
  IN: 'It is one of these choices, or has one of them.',
  FILLED: 'Something was filled in.',
  EMPTY: 'Nothing was filled in.',
});
export const FormFieldReaders = words('FormFieldReaders', 'Who reads a field of a form (spec 6.9).', {
  EVERYBODY: 'The customer and those inside.',
  STAFF: 'Those inside alone: it never reaches the customer.',
});
export const FormStepMode = words('FormStepMode', 'Of several approvers of a step, who must approve.', {
  ALL: 'All of them, in any order.',
  ANY: 'One of them.',
  IN_ORDER: 'All of them, one after the other.',
});
export const FormCcTime = words('FormCcTime', 'When somebody is shown a form without having to act.', {
  START: 'When it is submitted.',
  END: 'When it has ended.',
  BOTH: 'When it is submitted, and when it has ended.',
});
export const FormWithdrawal = words('FormWithdrawal', 'Until when the submitter may take a form back (spec 6.13).', {
  NEVER: 'Not at all.',
  UNTIL_FIRST_DECISION: 'Until somebody inside has acted.',
  WHILE_RUNNING: 'As long as it is on its way.',
});
export const FormAudienceContacts = words('FormAudienceContacts', 'Which contacts see and submit a form (spec 6.1).', {
  ALL: 'All members of the window.',
  SOME: 'Those with certain tags, and those who are named.',
  NONE: 'None.',
});
export const FormApproverKind = words('FormApproverKind', 'How an approver of a fixed route is found.', {
  EMPLOYEE: 'A certain employee.',
  OWNER: 'Whoever answers for the contact.',
  OWNERS_SUPERVISOR: 'The supervisor of whoever answers for the contact.',
  RIGHT: 'Whoever holds an admin right for the whole organization.',
  DEPARTMENT_SUPERVISORS: 'The supervisors of a department.',
});
export const ALL_WORDS = [
  FormComparison,
  FormFieldReaders,
  FormStepMode,
  FormCcTime,
  FormWithdrawal,
  FormAudienceContacts,
  FormApproverKind,
];
