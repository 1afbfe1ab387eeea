import { announcement } from '@guichet/sdk';

// Told in the transaction of the act. Ids are UUIDs.

/** Something else was proposed to a customer in the place of their order. */
export const changeProposed = announcement<{ formId: string; contactId: string }>('ordering.changeProposed');
export type ChangeOutcome = 'ACCEPT' | 'REFUSE' | 'CANCEL' | 'LAPSED';
/** The customer has answered, or has not in time. */
export const changeAnswered = announcement<{ formId: string; proposedBy: string; answer: ChangeOutcome }>('ordering.changeAnswered');
