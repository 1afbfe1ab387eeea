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
  OPEN: 'It waits.',
  DECIDED: 'It was decided.',
  HANDED_OVER: 'Somebody else has it now.',
  CANCELLED: 'It is not needed any more.',
});
export const FormDecision = words('FormDecision', 'What the holder of a task decided.', { APPROVED: 'Approved.', REJECTED: 'Rejected.' });
export const FormHistoryKind = words('FormHistoryKind', 'What happened to a form.', {
  SUBMITTED: 'The customer submitted it.',
  CLAIMED: 'Somebody took the task that nobody held.',
  APPROVED: 'A holder approved.',
  REJECTED: 'A holder rejected it.',
  CONFIRMATION_ASKED: 'The customer was asked to confirm.',
  CONFIRMED: 'The customer confirmed.',
  COMPLETED: 'It is done.',
  REASSIGNED: 'An open task went to somebody else, or to whoever takes it: its holder left, or is back.',
  ENDED: 'It was ended on its way, because the contact is gone for good.',
});
const ApproverReason = words('ApproverReason', 'Why an employee cannot be the next approver.', APPROVER_REASONS);

/** Enums of forms: clients are told to have a default branch (api 1). */
export function formWords(builder: GuichetBuilder): void {
  for (const ref of [BusinessFormState, CustomerFormState, FormTaskState, FormDecision, FormHistoryKind, ApproverReason])
    builder.words(ref);
}
