import { type GuichetBuilder, words } from '../../sdk/index.ts';
import { APPROVER_REASONS } from './form.refusals.ts';

export const BusinessFormState = words('BusinessFormState', 'Where a form stands, for those inside.', {
  DRAFT: 'Not submitted yet.',
  IN_REVIEW: 'Somebody inside has a task.',
  AWAITING_CONFIRMATION: 'Approved; the customer has the last word.',
  NEEDS_CORRECTION: 'Back with the submitter.',
  COMPLETED: 'Done.',
  REJECTED: 'Refused.',
  WITHDRAWN: 'Taken back by the submitter.',
  ENDED: 'Ended on its way.',
});
export const CustomerFormState = words('CustomerFormState', 'Where a form stands, for the customer (spec 6.3).', {
  DRAFT: 'Not submitted yet.',
  RECEIVED: 'It has arrived.',
  IN_PROGRESS: 'Somebody is at it.',
  NEEDS_YOUR_CORRECTION: 'Something must be corrected.',
  AWAITING_YOUR_CONFIRMATION: 'Please confirm.',
  COMPLETED: 'Done.',
  REJECTED: 'Refused.',
  WITHDRAWN: 'Taken back.',
  ENDED: 'Ended.',
});
export const FormTaskState = words('FormTaskState', 'Where a task stands.', {
  OPEN: 'Somebody has the turn.',
  WAITING: 'Somebody else comes first.',
  DECIDED: 'It was decided.',
  HANDED_OVER: 'Somebody else has it now.',
  CANCELLED: 'It is not needed any more.',
});
export const FormDecision = words('FormDecision', 'What the holder of a task decided.', {
  APPROVED: 'Approved.',
  REJECTED: 'Rejected.',
  RETURNED: 'Returned for correction, or to an earlier holder.',
  ANSWERED: 'The opinion that was asked for was given.',
});
export const FormTaskKind = words('FormTaskKind', 'What a task asks of its holder.', {
  APPROVAL: 'To decide.',
  OPINION: 'To say what they think; somebody else decides.',
});
export const FormHistoryKind = words('FormHistoryKind', 'What happened to a form.', {
  SUBMITTED: 'It was submitted.',
  CLAIMED: 'Somebody took the task that nobody held.',
  BEGUN: 'Somebody inside began to work on it, by an act of its app.',
  APPROVED: 'A holder approved.',
  REJECTED: 'A holder rejected it.',
  RETURNED: 'A holder returned it: to an earlier holder, or to the submitter for correction.',
  RESUBMITTED: 'The submitter has corrected it.',
  HANDED_OVER: 'A holder gave the turn to somebody else.',
  APPROVER_ADDED: 'A holder added an approver, before or after their own turn.',
  CONSULTED: 'A holder asked somebody for an opinion.',
  ANSWERED: 'Somebody gave the opinion that they were asked for.',
  COMMENTED: 'Somebody inside said something to the others inside.',
  COMMENTED_TO_CUSTOMER: 'Somebody inside said something to the customer.',
  COMMENTED_BY_CUSTOMER: 'The customer said something to those inside; among colleagues whoever handed it in.',
  REMINDED: 'Whoever has the turn was reminded.',
  CONFIRMATION_ASKED: 'The customer was asked to confirm.',
  CONFIRMED: 'The customer confirmed.',
  CONFIRMED_ITSELF: 'The customer left the confirmation open for as long as the template allows: it confirmed itself.',
  DISPUTED: 'The customer did not confirm, and said why.',
  COMPLETED: 'It is done.',
  WITHDRAWN: 'The submitter took it back.',
  REASSIGNED: 'An open task went to somebody else: an admin gave it to them, or its holder left, or is back.',
  ESCALATED: 'A turn was overdue: it came before the supervisors of its holder, who have one as well.',
  VALUES_CHANGED: 'A holder filled in or changed fields of their step, or the submitter corrected what they had handed in.',
  JUMPED: 'An admin moved it to another place on its way.',
  PAUSED: 'It rests: its contact is in the bin.',
  RESUMED: 'It goes on: its contact was restored.',
  ENDED: 'It was ended on its way: by an admin, or because the contact is gone for good.',
});
const ApproverReason = words('ApproverReason', 'Why an employee cannot be the next approver.', APPROVER_REASONS);

/** Enums of forms: clients are told to have a default branch (api 1). */
export function formWords(builder: GuichetBuilder): void {
  for (const ref of [BusinessFormState, CustomerFormState, FormTaskState, FormDecision, FormTaskKind, FormHistoryKind, ApproverReason])
    builder.words(ref);
}
