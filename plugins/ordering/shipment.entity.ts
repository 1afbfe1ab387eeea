import { refs, tenantEntity } from '@guichet/sdk';
import { OrderLine } from './order.entity.ts';

/** Goods of an order that have gone out together. */
export const Shipment = tenantEntity(
  'plg_ordering.shipments',
  (t) => ({
    formId: t.idOf(() => refs.BusinessForm),
    carrier: t.text().nullable(),
    tracking: t.text().nullable(),
    shippedAt: t.timestamptz(),
    shippedBy: t.idOf(() => refs.Employee),
    /** When all of it was received, or counted as received. */
    receivedAt: t.timestamptz().nullable(),
    /** Whether it counts as received because nothing was said. */
    receivedItself: t.boolean().default(false),
  }),
  {
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
