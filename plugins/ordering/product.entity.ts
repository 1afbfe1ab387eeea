import { tenantEntity } from '@guichet/sdk';

/**
 * What is sold. A row is a product, which is its own first variant, or a further variant of one, such as another size.
 *
 * `stock` is what can still be promised. An order takes it at once and it is `reserved`, a rejection gives it back; what lies in the
 * warehouse are the two together, until goods go out. Below zero `stock` is on backorder.
 */
export const Product = tenantEntity(
  'plg_ordering.products',
  (t) => ({
    version: t.version(),
    name: t.text(),
    sortName: t.nameKeyOf('name'),
    description: t.text().nullable(),
    unit: t.text(),
    priceMinor: t.bigint().nullable().check('price_minor > 0'),
    currency: t.text(),
    stock: t.bigint(),
    reserved: t.bigint().default(0).check('reserved >= 0'),
    withdrawnAt: t.timestamptz().nullable(),
    /** The product that it is a further variant of. */
    variantOfId: t.idOf('plg_ordering.products').nullable(),
    sku: t.text().nullable(),
    packMultiple: t.integer().default(1).check('pack_multiple > 0'),
    minimum: t.integer().default(1).check('minimum > 0'),
    taxRate: t.integer().default(0).check('tax_rate between 0 and 10000'),
    costMinor: t.bigint().nullable().check('cost_minor >= 0'),
    lowStock: t.bigint().nullable(),
  }),
  {
    indexes: {
      products_name: { columns: ['name', 'id'] },
      products_by_name: { columns: ['sortName', 'id'] },
      products_offered: { columns: ['-id'], where: 'withdrawn_at is null' },
      products_sku: { columns: ['sku'], unique: true, where: 'sku is not null' },
      products_variants: { columns: ['variantOfId', 'id'], where: 'variant_of_id is not null' },
    },
  },
);

export const products = Product.table;
