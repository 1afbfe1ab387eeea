import { bigint, integer, table, text, timestamptz } from '@guichet/sdk';

/** What is sold. An order takes its stock at once and a rejection gives it back; below zero it is on backorder. */
export const products = table('plg_ordering.products', {
  columns: {
    version: integer().default('1'),
    name: text(),
    description: text().nullable(),
    unit: text(),
    price_minor: bigint().check('? > 0'),
    currency: text(),
    stock: bigint(),
    withdrawn_at: timestamptz().nullable(),
  },
  indexes: {
    products_name: { columns: ['name', 'id'] },
    products_offered: { columns: ['-id'], where: 'withdrawn_at is null' },
  },
});

export const productTables = { 'plg_ordering.products': products };
