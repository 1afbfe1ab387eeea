import { bigint, integer, table, text, timestamptz, uuid } from '@guichet/sdk';

/** What an order adds to the form that the core keeps. */
export const orders = table('plg_ordering.orders', {
  columns: {
    form_id: uuid().references('business_forms'),
    note: text().nullable(),
    total_minor: bigint(),
    currency: text(),
    received_at: timestamptz().nullable(),
  },
  key: ['form_id'],
});

/** Lines as they were ordered: name, unit and price stay what the customer saw. */
export const orderLines = table('plg_ordering.order_lines', {
  columns: {
    form_id: uuid().references('business_forms'),
    position: integer(),
    product_id: uuid().references('plg_ordering.products'),
    name: text(),
    unit: text(),
    unit_price_minor: bigint(),
    currency: text(),
    quantity: integer().check('? > 0'),
  },
  indexes: { order_lines_form: { columns: ['form_id', 'position'], unique: true } },
});

export const orderTables = { 'plg_ordering.orders': orders, 'plg_ordering.order_lines': orderLines };
