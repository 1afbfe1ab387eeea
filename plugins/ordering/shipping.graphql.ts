import { exists, type GuichetBuilder, moveFields, type RowHandle, refuseSuspended, sql } from '@guichet/sdk';
import { disputesOf } from './dispute.graphql.ts';
import { orderLines, orders, reservations } from './order.entity.ts';
import { OrderState, orderMoves } from './order.moves.ts';
import { MOST_LINES } from './order.rules.ts';
import { ordering } from './permissions.ts';
import { OrderShipping, OrderShippingViewerCan, Shipment, ShipmentLine, ShipmentViewerCan, ShippingLine } from './refs.ts';
import { returnsOf } from './return.graphql.ts';
import { BUYER_ROLE, shippingRoles } from './roles.ts';
import { shipmentLines, shipments } from './shipment.entity.ts';
import { ShipmentState, shipmentMoves } from './shipment.moves.ts';
import { shippingMutations } from './shipping.mutations.ts';
import { MOST_SHIPMENTS } from './shipping.rules.ts';

const rule = ordering.shipping;

export function shippingTypes(builder: GuichetBuilder): void {
  builder.words(OrderState);
  builder.words(ShipmentState);
  declareOrder(builder);
  declareShipments(builder);
  builder.queryField('orders', (t) =>
    t.entityPages(OrderShipping, {
      description:
        'Orders that are shipped, the newest first: those that you read, also because they go to your site, and all of them for whoever ships.',
      rule,
      listedBy: () => [...rule.roles],
      check: refuseSuspended,
      where: (order) => sql`${order.ships}`,
    }),
  );
  shippingMutations(builder);
}

/** Where its form has ended without it, nothing is kept for it any more: what is not kept does not go out. */
const isKept = (order: RowHandle<typeof orders>) =>
  exists(order, { kept: reservations }, ({ kept }) => sql`${kept.form_id} = ${order.form_id} and ${kept.quantity} > 0`);

function declareOrder(builder: GuichetBuilder): void {
  builder.entity(ShippingLine, {
    description: 'A line of an order, as whoever ships it knows it.',
    roles: shippingRoles(builder, orderLines),
    listedFor: rule.roles,
    orders: { POSITION: { column: 'position', rule, description: 'In the customer’s order.' } },
    fields: (t) => ({
      id: t.globalId({ description: 'Global id.', rule }),
      name: t.column('name', { description: 'What was ordered.', rule }),
      sku: t.column('sku', { description: 'The seller’s own number.', rule }),
      unit: t.column('unit', { description: 'What a quantity of one is.', rule }),
      quantity: t.column('quantity', { description: 'How many were ordered.', rule }),
      shipped: t.column('shipped', { description: 'How many have gone out.', rule }),
      received: t.column('received', { description: 'How many have come.', rule }),
    }),
  });
  builder.entity(OrderShipping, {
    description: 'What becomes of the goods of an order, beside its form.',
    key: 'form_id',
    roles: [...shippingRoles(builder, orders), BUYER_ROLE],
    listedFor: rule.roles,
    present: (order) => sql`${order.ships}`,
    filters: { state: { compares: 'enum', column: 'state', values: 'OrderState', rule, description: 'By where it stands.' } },
    fields: (t) => ({
      id: t.globalId({ description: 'Global id.', rule }),
      number: t.column('number', { description: 'Number of its form.', rule }),
      state: t.column('state', { type: OrderState, description: 'Where it stands.', rule }),
      recipient: t.column('recipient', { description: 'Who is to have the goods, as the order says.', rule }),
      recipientPhone: t.column('recipient_phone', { description: 'Where they are called, as it was typed.', rule }),
      address: t.column('address', { description: 'Where the goods go.', rule }),
      site: t.column('site', {
        description: 'Which site of the company that is: contacts who look on there say what has come, as the customer does.',
        rule,
      }),
      cancelReason: t.column('cancel_reason', { description: 'Why it was cancelled.', rule }),
      lines: t.list(ShippingLine, {
        on: (order, line) => sql`${line.form_id} = ${order.form_id}`,
        description: 'What was ordered.',
        rule,
        atMost: MOST_LINES,
        order: { by: 'POSITION', direction: 'ASC' },
        proves: rule.roles,
      }),
      shipments: t.list(Shipment, {
        on: (order, shipment) => sql`${shipment.form_id} = ${order.form_id} and ${shipment.state} <> 'UNPACKED'`,
        description: 'What is packed or has gone out, the oldest first.',
        rule,
        atMost: MOST_SHIPMENTS,
        order: { by: 'CREATED_AT', direction: 'ASC' },
        proves: rule.roles,
      }),
      returns: returnsOf(t, rule),
      disputes: disputesOf(t),
      viewerCan: t.sameRow(OrderShippingViewerCan, { description: 'What you can do with it now.', rule }),
    }),
  });
  builder.entityPart(OrderShippingViewerCan, {
    description: 'What a seat can do with an order as it stands. What is decided about its form, the form’s own `viewerCan` says.',
    fields: (t) => moveFields(t, orderMoves, 'state', rule, { ship: isKept }),
  });
}

function declareShipments(builder: GuichetBuilder): void {
  builder.entity(ShipmentLine, {
    description: 'How many of a line are in a shipment, and what has become of them.',
    roles: shippingRoles(builder, shipmentLines),
    listedFor: rule.roles,
    fields: (t) => ({
      id: t.globalId({ description: 'Global id.', rule }),
      line: t.relation(ShippingLine, 'order_line_id', { description: 'The line of the order.', rule }),
      quantity: t.column('quantity', { description: 'How many are in it.', rule }),
      received: t.column('received', { description: 'How many of them have come.', rule }),
      disputed: t.column('disputed', { description: 'How many of them have not come, or not as they should.', rule }),
      reason: t.column('reason', { description: 'What the customer says of them.', rule }),
    }),
  });
  builder.entity(Shipment, {
    description: 'Goods of an order that go out together.',
    roles: shippingRoles(builder, shipments),
    listedFor: rule.roles,
    fields: (t) => ({
      id: t.globalId({ description: 'Global id.', rule }),
      carrier: t.column('carrier', { description: 'Who carries them.', rule }),
      tracking: t.column('tracking', { description: 'The carrier’s own number.', rule }),
      state: t.column('state', { type: ShipmentState, description: 'Where they stand.', rule }),
      packedAt: t.column('packed_at', { description: 'When they were packed; null of what went out at once.', rule }),
      shippedAt: t.column('shipped_at', { description: 'When they went out.', rule }),
      deliveredAt: t.column('delivered_at', { description: 'When they were delivered, as whoever ships says.', rule }),
      receivedAt: t.column('received_at', { description: 'When all of them had come.', rule }),
      receivedItself: t.column('received_itself', { description: 'They count as received because the customer said nothing.', rule }),
      lines: t.list(ShipmentLine, {
        on: (shipment, line) => sql`${line.shipment_id} = ${shipment.id}`,
        description: 'What is in it.',
        rule,
        atMost: MOST_LINES,
        order: { by: 'CREATED_AT', direction: 'ASC' },
        proves: rule.roles,
      }),
      viewerCan: t.sameRow(ShipmentViewerCan, { description: 'What you can do with it now.', rule }),
    }),
  });
  builder.entityPart(ShipmentViewerCan, {
    description: 'What a seat can do with a shipment as it stands. What has come, the order’s `viewerCan` says.',
    fields: (t) => moveFields(t, shipmentMoves, 'state', rule),
  });
}
