import { refs, tenantEntity } from '@guichet/sdk';
import { OrderLine } from './order.entity.ts';

export const RETURN_STATES = ['REQUESTED', 'APPROVED', 'SENT', 'ARRIVED', 'CREDITED', 'REFUSED'] as const;

/** Goods of an order that their customer gives back. */
export const OrderReturn = tenantEntity(
  'plg_ordering.returns',
  (t) => ({
    formId: t.idOf(() => refs.BusinessForm),
    state: t.oneOf(...RETURN_STATES).default('REQUESTED'),
    reason: t.text(),
    requestedAt: t.timestamptz(),
    /** What was said with the decision. */
    comment: t.text().nullable(),
    carrier: t.text().nullable(),
    tracking: t.text().nullable(),
    arrivedAt: t.timestamptz().nullable(),
    creditedAt: t.timestamptz().nullable(),
    creditedMinor: t.bigint().nullable(),
    currency: t.text(),
  }),
  { indexes: { returns_form: { columns: ['formId', 'id'] } } },
);

export const OrderReturnLine = tenantEntity(
  'plg_ordering.return_lines',
  (t) => ({
    formId: t.idOf(() => refs.BusinessForm),
    return: () => t.to(OrderReturn).ref(),
    orderLine: () => t.to(OrderLine).ref(),
    name: t.text(),
    quantity: t.integer().check('quantity > 0'),
  }),
  { indexes: { return_lines_once: { columns: ['return', 'orderLine'], unique: true } } },
);

export const returns = OrderReturn.table;
export const returnLines = OrderReturnLine.table;
