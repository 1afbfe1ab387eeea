import { heldByAll } from '@guichet/sdk';
import { CASHIER, ordering, SHIPPER } from './permissions.ts';

export const SHIPPER_ROLE = heldByAll(SHIPPER, ({ rights }) => rights.get('ORDERING_FULFIL') === 'ALL');
export const CASHIER_ROLE = heldByAll(CASHIER, ({ rights }) => rights.get('ORDERING_PAYMENT') === 'ALL');
/** Roles that hang on the form of an order. */
export const OF_FORM = ordering.shipping.roles.filter((role) => role !== SHIPPER);
