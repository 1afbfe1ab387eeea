// The words of forms and tasks, as they stand in the database and in the schema.

export const FORM_STATES = [
  'DRAFT',
  'IN_REVIEW',
  'AWAITING_CONFIRMATION',
  'NEEDS_CORRECTION',
  'COMPLETED',
  'REJECTED',
  'WITHDRAWN',
  'ENDED',
] as const;
export const CUSTOMER_STATES = [
  'DRAFT',
  'RECEIVED',
  'IN_PROGRESS',
  'NEEDS_YOUR_CORRECTION',
  'AWAITING_YOUR_CONFIRMATION',
  'COMPLETED',
  'REJECTED',
  'WITHDRAWN',
  'ENDED',
] as const;
export const TASK_STATES = ['OPEN', 'WAITING', 'DECIDED', 'HANDED_OVER', 'CANCELLED'] as const;
export const TASK_KINDS = ['APPROVAL', 'OPINION'] as const;
export const DECISIONS = ['APPROVED', 'REJECTED', 'RETURNED', 'ANSWERED'] as const;
export const FORM_EVENTS = [
  'SUBMITTED',
  'CLAIMED',
  'APPROVED',
  'REJECTED',
  'RETURNED',
  'RESUBMITTED',
  'HANDED_OVER',
  'APPROVER_ADDED',
  'CONSULTED',
  'ANSWERED',
  'COMMENTED',
  'COMMENTED_TO_CUSTOMER',
  'REMINDED',
  'CONFIRMATION_ASKED',
  'CONFIRMED',
  'CONFIRMED_ITSELF',
  'DISPUTED',
  'COMPLETED',
  'WITHDRAWN',
  'REASSIGNED',
  'ESCALATED',
  'VALUES_CHANGED',
  'JUMPED',
  'PAUSED',
  'RESUMED',
  'ENDED',
] as const;
