import { announcement } from '@guichet/sdk';

// Told in the transaction of the act. Ids are UUIDs.

/** Somebody wants to order something that others of the company are to approve. */
export const approvalAsked = announcement<{ requestId: string; companyId: string }>('ordering.approvalAsked');
/** One of them has decided. */
export const requestDecided = announcement<{ requestId: string; contactId: string; isApproved: boolean }>('ordering.requestDecided');
