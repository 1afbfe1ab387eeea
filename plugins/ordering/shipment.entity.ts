import { refs, tenantEntity } from '@guichet/sdk';
import { OrderLine } from './order.entity.ts';

/** What is packed goes out, or is unpacked; what has gone out is spoken of by whoever ships and by whoever takes it in. */
export const SHIPMENT_STATES = ['PACKED', 'UNPACKED', 'SHIPPED', 'DELIVERED', 'DISPUTED', 'RECEIVED', 'REPLACED'] as const;

/** Goods of an order that go out together. */
export const Shipment = tenantEntity(
  'plg_ordering.shipments',
  (t) => ({
    formId: t.idOf(() => refs.BusinessForm),
    carrier: t.text().nullable(),
    tracking: t.text().nullable(),
    state: t.oneOf(...SHIPMENT_STATES).default('SHIPPED'),
    /** When it was packed; null of what went out at once. */
    packedAt: t.timestamptz().nullable(),
    shippedAt: t.timestamptz().nullable(),
    shippedBy: t.idOf(() => refs.Employee).nullable(),
    /** When it was delivered, as whoever ships says. */
    deliveredAt: t.timestamptz().nullable(),
    /** When all of it was received, or counted as received. */
    receivedAt: t.timestamptz().nullable(),
    /** Whether it counts as received because nothing was said. */
    receivedItself: t.boolean().default(false),
  }),
  {
    checks: { shipments_gone: "(shipped_at is null) = (state in ('PACKED', 'UNPACKED'))" },
    indexes: {
      shipments_form: { columns: ['formId', 'id'] },
      shipments_open: { columns: ['shippedAt'], where: 'received_at is null' },
    },
  },
);

/** How many of an order's line are in a shipment, and what has become of them. */
export const ShipmentLine = tenantEntity(
  'plg_ordering.shipment_lines',
  (t) => ({
    formId: t.idOf(() => refs.BusinessForm),
    shipment: () => t.to(Shipment).ref(),
    orderLine: () => t.to(OrderLine).ref(),
    quantity: t.integer().check('quantity > 0'),
    received: t.integer().default(0).check('received >= 0'),
    disputed: t.integer().default(0).check('disputed >= 0 and received + disputed <= quantity'),
    reason: t.text().nullable(),
  }),
  {
    indexes: {
      shipment_lines_once: { columns: ['shipment', 'orderLine'], unique: true },
      shipment_lines_form: { columns: ['formId', 'id'] },
    },
  },
);

export const shipments = Shipment.table;
export const shipmentLines = ShipmentLine.table;
