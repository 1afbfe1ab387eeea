import { refs, tenantEntity } from '@guichet/sdk';

export const CHANGE_STATES = ['PROPOSED', 'ACCEPTED', 'REFUSED', 'WITHDRAWN', 'LAPSED'] as const;

/** What was proposed in the place of an order, and what became of it. */
export const OrderChange = tenantEntity(
  'plg_ordering.order_changes',
  (t) => ({
    formId: t.idOf(() => refs.BusinessForm),
    /** Counted from 1 in its order: what the customer answers to. */
    number: t.integer(),
    state: t.oneOf(...CHANGE_STATES).default('PROPOSED'),
    reason: t.text().nullable(),
    validUntil: t.timestamptz(),
    proposedBy: t.idOf(() => refs.Employee),
    answeredAt: t.timestamptz().nullable(),
    answer: t.text().nullable(),
    totalMinor: t.bigint(),
    taxMinor: t.bigint(),
    currency: t.text(),
  }),
  {
    indexes: {
      order_changes_number: { columns: ['formId', 'number'], unique: true },
      order_changes_open: { columns: ['formId'], unique: true, where: "state = 'PROPOSED'" },
      order_changes_until: { columns: ['validUntil'], where: "state = 'PROPOSED'" },
    },
  },
);

/** A line as it is and as it is to be: it stays when the order's own line goes. */
export const OrderChangeLine = tenantEntity(
  'plg_ordering.order_change_lines',
  (t) => ({
    formId: t.idOf(() => refs.BusinessForm),
    change: () => t.to(OrderChange).ref(),
    position: t.integer(),
    lineId: t.uuid(),
    name: t.text(),
    unit: t.text(),
    fromQuantity: t.integer(),
    fromUnitPriceMinor: t.bigint(),
    quantity: t.integer().check('quantity >= 0'),
    unitPriceMinor: t.bigint(),
    taxMinor: t.bigint(),
    totalMinor: t.bigint(),
    currency: t.text(),
    priceListId: t.uuid().nullable(),
    priceListVersion: t.integer().nullable(),
  }),
  { indexes: { order_change_lines_change: { columns: ['change', 'position'], unique: true } } },
);

export const orderChanges = OrderChange.table;
export const orderChangeLines = OrderChangeLine.table;
