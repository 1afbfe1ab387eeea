import { announcement } from '@guichet/sdk';

// Told in the transaction of the act. Ids are UUIDs.

/** Goods of an order have gone out. */
export const orderShipped = announcement<{ formId: string; contactId: string; tracking: string | null }>('ordering.shipped');
/** Goods of an order were delivered, as whoever ships says. */
export const orderDelivered = announcement<{ formId: string; contactId: string }>('ordering.delivered');
/** A customer says that goods have not come as they should. */
export const receiptDisputed = announcement<{ formId: string; contactId: string }>('ordering.receiptDisputed');
