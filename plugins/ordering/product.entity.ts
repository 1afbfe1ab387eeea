import { tenantEntity } from '@guichet/sdk';

/** What is sold. An order takes its stock at once and a rejection gives it back; below zero it is on backorder. */
export const Product = tenantEntity(
  'plg_ordering.products',
  (t) => ({
    version: t.version(),
    name: t.text(),
    sortName: t.nameKeyOf('name'),
    description: t.text().nullable(),
    unit: t.text(),
    priceMinor: t.bigint().check('price_minor > 0'),
    currency: t.text(),
    stock: t.bigint(),
    withdrawnAt: t.timestamptz().nullable(),
  }),
  {
    indexes: {
      products_name: { columns: ['name', 'id'] },
      products_by_name: { columns: ['sortName', 'id'] },
      products_offered: { columns: ['-id'], where: 'withdrawn_at is null' },
    },
  },
);

export const products = Product.table;
