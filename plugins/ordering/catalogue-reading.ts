import { type AudienceFacts, contactAudience, organizationData, type Seat, type Switchboard, type UseCase } from '@guichet/sdk';
import { listPrices, priceListAudience, priceLists } from './price-list.entity.ts';
import { products } from './product.entity.ts';

const statementsOf = (use: UseCase) => use.on(products, priceLists, priceListAudience, listPrices);

/** Where the catalogue and its prices are read: in a use case, or for an answer. */
export interface CatalogueReading {
  readonly on: ReturnType<typeof statementsOf>;
  readonly now: Date;
  facts(contactId: string): Promise<AudienceFacts>;
}
export const readingOf = (use: UseCase): CatalogueReading => ({
  on: statementsOf(use),
  now: use.now,
  facts: (contactId) => use.service(contactAudience).factsOf(use, contactId),
});

interface Asking {
  readonly seat: Seat;
  readonly now: Date;
  readonly switchboard: Switchboard;
}
const TABLES = {
  'plg_ordering.products': products,
  'plg_ordering.price_lists': priceLists,
  'plg_ordering.price_list_audience': priceListAudience,
  'plg_ordering.list_prices': listPrices,
} as const;
/** Reads in a transaction of its own that writes nothing. */
export const readCatalogue = <T>({ seat, now, switchboard }: Asking, work: (reading: CatalogueReading) => Promise<T>): Promise<T> =>
  switchboard.service(organizationData).read(seat.organizationId, (transaction) =>
    work({
      on: transaction.on(TABLES) as never,
      now,
      facts: (contactId) => switchboard.service(contactAudience).factsIn(transaction, contactId),
    }),
  );
