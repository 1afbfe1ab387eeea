import { refs, tenantEntity } from '@guichet/sdk';
import { Product } from './product.entity.ts';

/** What a customer has chosen and not ordered yet: one cart a contact, however many windows are open. */
export const Cart = tenantEntity('plg_ordering.carts', (t) => ({
  contactId: t.idOf(() => refs.Contact).primary(),
  /** Raised by every change, and by the order that is made of it. */
  version: t.integer().default(1),
  pricedAt: t.timestamptz().nullable(),
  /** Sums of the lines as they were priced last; null where a line cannot be ordered. */
  totalMinor: t.bigint().nullable(),
  taxMinor: t.bigint().nullable(),
  currency: t.text().nullable(),
}));

/** Why a line cannot be ordered. */
export const LINE_FAULTS = ['WITHDRAWN', 'NO_PRICE', 'ONE_CURRENCY', 'BELOW_MINIMUM', 'NOT_A_MULTIPLE', 'OUT_OF_STOCK'] as const;

/** A line as it was priced last: the prices that its customer has seen. */
export const CartLine = tenantEntity(
  'plg_ordering.cart_lines',
  (t) => ({
    contactId: t.idOf(() => refs.Contact),
    variantId: t.idOf(() => Product),
    quantity: t.integer().check('quantity > 0'),
    unitPriceMinor: t.bigint().nullable(),
    totalMinor: t.bigint().nullable(),
    currency: t.text().nullable(),
    fault: t.oneOf(...LINE_FAULTS).nullable(),
  }),
  { indexes: { cart_lines_once: { columns: ['contactId', 'variantId'], unique: true } } },
);

export const carts = Cart.table;
export const cartLines = CartLine.table;
