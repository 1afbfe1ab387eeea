import { refs, tenantEntity } from '@guichet/sdk';
import { Product } from './product.entity.ts';

/** Where an order that is shipped stands, beside its form. */
export const ORDER_STATES = [
  'IN_APPROVAL',
  'EXPIRED',
  'CHANGE_PROPOSED',
  'NEEDS_CORRECTION',
  'CONFIRMED',
  'PART_SHIPPED',
  'SHIPPED',
  'RECEIVED',
  'REJECTED',
  'CANCELLED',
] as const;

/** What an order adds to the form that the core keeps. */
export const Order = tenantEntity(
  'plg_ordering.orders',
  (t) => ({
    formId: t.idOf(() => refs.BusinessForm).primary(),
    note: t.text().nullable(),
    totalMinor: t.bigint(),
    currency: t.text(),
    receivedAt: t.timestamptz().nullable(),
    taxMinor: t.bigint().default(0),
    /** Whether its stock is among what is reserved; orders of 0.1 have taken theirs alone. */
    reserves: t.boolean().default(false),
    /** Whether it is shipped in parts, as the setting was when it was placed. */
    ships: t.boolean().default(false),
    state: t.oneOf(...ORDER_STATES).default('IN_APPROVAL'),
    number: t.text().nullable(),
    contactId: t.idOf(() => refs.Contact).nullable(),
    /** Where the goods go: for whoever ships them, who need not know the contact. */
    recipient: t.text().nullable(),
    recipientPhone: t.text().nullable(),
    address: t.text().nullable(),
    /** Which site of the company that is: those who look on there say what has come too. */
    site: t.text().nullable(),
    cancelReason: t.text().nullable(),
    /** Money that has come less what went back, what went back, and what was taken off for goods that came back. */
    paidMinor: t.bigint().default(0).check('paid_minor >= 0'),
    refundedMinor: t.bigint().default(0).check('refunded_minor >= 0'),
    creditedMinor: t.bigint().default(0).check('credited_minor between 0 and total_minor'),
    paymentState: t.oneOf('UNPAID', 'PART', 'PAID', 'REFUNDED').default('UNPAID'),
    /** The company of the contact on the day of the order, and what of its credit the order takes; null in orders of before there was any. */
    companyId: t.uuid().nullable(),
    chargedMinor: t.bigint().default(0),
    /** Where it stood before something else was proposed; null where nothing is. */
    changedFrom: t.oneOf('IN_APPROVAL', 'CONFIRMED').nullable(),
  }),
  { indexes: { orders_site: { columns: ['companyId', 'site', '-formId'], where: 'site is not null' } } },
);

/** Lines as they were ordered: name, unit and price stay what the customer saw. */
export const OrderLine = tenantEntity(
  'plg_ordering.order_lines',
  (t) => ({
    formId: t.idOf(() => refs.BusinessForm),
    position: t.integer(),
    product: () => t.to(Product).ref(),
    name: t.text(),
    unit: t.text(),
    unitPriceMinor: t.bigint(),
    currency: t.text(),
    quantity: t.integer().check('quantity > 0'),
    /** Which variant of the product; lines of 0.1 have the product itself. */
    variantId: t.idOf(() => Product).nullable(),
    sku: t.text().nullable(),
    taxRate: t.integer().default(0),
    taxMinor: t.bigint().default(0),
    /** With tax; lines of 0.1 have quantity times price. */
    totalMinor: t.bigint().nullable(),
    /** The list that the price was taken from, and its version; null: the price for all. */
    priceListId: t.uuid().nullable(),
    priceListVersion: t.integer().nullable(),
    shipped: t.integer().default(0).check('shipped between 0 and quantity'),
    received: t.integer().default(0).check('received between 0 and shipped'),
    /** Given back or asked to be, and of these credited. */
    returned: t.integer().default(0).check('returned between 0 and received'),
    credited: t.integer().default(0).check('credited between 0 and returned'),
  }),
  { indexes: { order_lines_form: { columns: ['formId', 'position'], unique: true } } },
);

/** Stock that is kept for an order until goods go out; without an end where `until` is null. None are kept where its approval is still to take them. */
export const Reservation = tenantEntity(
  'plg_ordering.reservations',
  (t) => ({
    formId: t.idOf(() => refs.BusinessForm),
    variantId: t.idOf(() => Product),
    quantity: t.bigint().check('quantity >= 0'),
    until: t.timestamptz().nullable(),
  }),
  {
    indexes: {
      reservations_form: { columns: ['formId', 'variantId'], unique: true },
      reservations_variant: { columns: ['variantId'] },
      reservations_until: { columns: ['until'], where: 'until is not null' },
    },
  },
);

export const orders = Order.table;
export const orderLines = OrderLine.table;
export const reservations = Reservation.table;
