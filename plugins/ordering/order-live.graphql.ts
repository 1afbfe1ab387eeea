import { encodeGlobalId, type GuichetBuilder } from '@guichet/sdk';
import { orderTopic, stockTopic } from './order-live.service.ts';
import { ordering } from './permissions.ts';
import { OrderShipping, ProductVariant } from './refs.ts';

/** What is followed live: orders by both sides, and by whoever keeps the catalogue what runs low. */
export function liveTypes(builder: GuichetBuilder): void {
  const rule = ordering.shipping;
  builder.live('orderChanged', {
    description: 'Orders that are shipped, live: something has happened to one that you may see.',
    rule,
    topic: orderTopic,
    event: 'OrderChangedEvent',
    eventDescription:
      'Something has happened to an order. `kind` says what: the state that it has come to, or `CHANGED`, `CHANGE_REFUSED`, `CHANGE_WITHDRAWN`, `PACKED`, `UNPACKED`, `DELIVERED`, `DISPUTED`, `DISPUTE_SETTLED`.',
    stream: ({ id, kind, organizationId }) => ({
      stream: kind === 'CONTACT' ? id : organizationId,
      payload: ({ subjectId }) => ({ orderId: subjectId }),
    }),
    fields: (t) => ({
      orderId: t.id({ description: 'Id of the order.', rule, resolve: ({ orderId }) => encodeGlobalId('OrderShipping', orderId) }),
      order: t.loaded(OrderShipping, 'orderId', { description: 'The order as it is now.', rule }),
    }),
  });
  const { manage } = ordering;
  builder.live('stockLow', {
    description: 'What runs low, live: an order has left no more of it than its `lowStock`.',
    rule: manage,
    topic: stockTopic,
    event: 'StockLowEvent',
    eventDescription: 'An order has left no more of a variant than its `lowStock`.',
    allows: ({ rights }) => rights.get('PLUGINS') === 'ALL',
    stream: ({ organizationId }) => ({ stream: organizationId, payload: ({ subjectId }) => ({ variantId: subjectId }) }),
    fields: (t) => ({
      variantId: t.id({
        description: 'Id of the variant.',
        rule: manage,
        resolve: ({ variantId }) => encodeGlobalId('ProductVariant', variantId),
      }),
      variant: t.loaded(ProductVariant, 'variantId', { description: 'The variant as it is now.', rule: manage }),
    }),
  });
}
