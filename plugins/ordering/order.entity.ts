import { refs, tenantEntity } from '@guichet/sdk';
import { Product } from './product.entity.ts';

/** What an order adds to the form that the core keeps. */
export const Order = tenantEntity('plg_ordering.orders', (t) => ({
  formId: t.idOf(() => refs.BusinessForm).primary(),
  note: t.text().nullable(),
  totalMinor: t.bigint(),
  currency: t.text(),
  receivedAt: t.timestamptz().nullable(),
}));

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
  }),
  { indexes: { order_lines_form: { columns: ['formId', 'position'], unique: true } } },
);

export const orders = Order.table;
export const orderLines = OrderLine.table;
