import { tenantEntity } from '@guichet/sdk';
import { Product } from './product.entity.ts';

/** Prices for some customers, or for all, in a period. Without an audience it is for nobody. */
export const PriceList = tenantEntity('plg_ordering.price_lists', (t) => ({
  /** Raised by every change of the list or its prices: order lines keep it. */
  version: t.version(),
  name: t.text(),
  isForAll: t.boolean().default(false),
  startsAt: t.timestamptz().nullable(),
  endsAt: t.timestamptz().nullable(),
}));

/** Whom a price list is for: by ids alone, so that what is gone is nobody. */
export const PriceListAudience = tenantEntity(
  'plg_ordering.price_list_audience',
  (t) => ({
    priceList: () => t.to(PriceList).ref(),
    kind: t.oneOf('TAG', 'COMPANY', 'CONTACT'),
    subjectId: t.uuid(),
  }),
  { indexes: { price_list_audience_once: { columns: ['priceList', 'subjectId'], unique: true } } },
);

/** What a variant costs in a list from some quantity on. */
export const ListPrice = tenantEntity(
  'plg_ordering.list_prices',
  (t) => ({
    priceList: () => t.to(PriceList).ref(),
    variantId: t.idOf(() => Product),
    fromQuantity: t.integer().check('from_quantity > 0'),
    priceMinor: t.bigint().check('price_minor > 0'),
    currency: t.text(),
  }),
  {
    indexes: {
      list_prices_step: { columns: ['variantId', 'priceList', 'fromQuantity'], unique: true },
      list_prices_list: { columns: ['priceList', 'id'] },
    },
  },
);

export const priceLists = PriceList.table;
export const priceListAudience = PriceListAudience.table;
export const listPrices = ListPrice.table;
