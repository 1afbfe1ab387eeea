import type { SchemaDoor } from '../../sdk/index.ts';
import { APPROVER_REASONS } from './form.refusals.ts';

/** Enums of forms: clients are told to have a default branch (api 1). */
export function declareFormWords(door: SchemaDoor): void {
  door.enum('BusinessFormState', 'Where a form stands, for those inside.', {
    DRAFT: 'Not submitted yet.',
    IN_REVIEW: 'Somebody inside has a task.',
    AWAITING_CONFIRMATION: 'Approved; the customer has the last word.',
    NEEDS_CORRECTION: 'Back with the submitter.',
    COMPLETED: 'Done.',
    REJECTED: 'Refused.',
    WITHDRAWN: 'Taken back by the submitter.',
    ENDED: 'Ended by an admin.',
  });
  door.enum('FormTaskState', 'Where a task stands.', {
    OPEN: 'It waits.',
    DECIDED: 'It was decided.',
    HANDED_OVER: 'Somebody else has it now.',
    CANCELLED: 'It is not needed any more.',
  });
  door.enum('FormDecision', 'What the holder of a task decided.', { APPROVED: 'Approved.', REJECTED: 'Rejected.' });
  door.enum('FormHistoryKind', 'What happened to a form.', {
    SUBMITTED: 'The customer submitted it.',
    CLAIMED: 'Somebody took the task that nobody held.',
    APPROVED: 'A holder approved.',
    REJECTED: 'A holder rejected it.',
    CONFIRMATION_ASKED: 'The customer was asked to confirm.',
    CONFIRMED: 'The customer confirmed.',
    COMPLETED: 'It is done.',
  });
  door.enum('ApproverReason', 'Why an employee cannot be the next approver.', APPROVER_REASONS);
}
