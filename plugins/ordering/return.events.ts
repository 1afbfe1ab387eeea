import { announcement } from '@guichet/sdk';
import type { ReturnState } from './return.moves.ts';

// Told in the transaction of the act. Ids are UUIDs.

/** A customer asks to give goods back. */
export const returnRequested = announcement<{ formId: string; contactId: string }>('ordering.returnRequested');
/** Goods that a customer gives back have moved. */
export const returnMoved = announcement<{ formId: string; contactId: string; state: ReturnState }>('ordering.returnMoved');
