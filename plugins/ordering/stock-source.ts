import { organizationData, registrationPoint, type Seat, type Switchboard } from '@guichet/sdk';
import DataLoader from 'dataloader';
import { Product } from './product.entity.ts';

export interface Asking {
  readonly seat: Seat;
  readonly switchboard: Switchboard;
}
/** Where stock is known: remote by nature, so it is asked once for all products of an answer. */
export interface StockSource {
  /** @param productIds UUIDs. @returns what can still be ordered, in their order; null where it is not known. */
  available(asking: Asking, productIds: readonly string[]): Promise<readonly (number | null)[]>;
}
/** Another plugin registers the source that is asked instead of the built-in one. */
export const stockSources = registrationPoint<StockSource>('ordering.stockSources');

/** Reads the plugin's own table. What is on backorder can still be ordered, but there is none of it. */
export const tableStockSource: StockSource = {
  available: async ({ seat, switchboard }, productIds) => {
    const rows = await switchboard
      .service(organizationData)
      .read(seat.organizationId, (transaction) =>
        transaction
          .on({ 'plg_ordering.products': Product.table })
          .selectFrom('plg_ordering.products')
          .select(['id', 'stock'])
          .where('id', 'in', productIds)
          .execute(),
      );
    const stock = new Map(rows.map((row) => [row.id, Math.max(row.stock, 0)]));
    return productIds.map((id) => stock.get(id) ?? null);
  },
};

interface LoadingContext extends Asking {
  loader<T>(name: string, make: () => T): T;
}
/** Customers learn whether there is enough, not how the business goes: where there are so many, there may be any number. */
const MOST_TOLD = 10;
/** Whether a customer may be told that there are not as many: only where they are told how many there are. */
export const isToldShort = (stock: number, quantity: number): boolean => stock < Math.min(quantity, MOST_TOLD);
const told = ({ seat }: Asking, available: number | null): number | null =>
  seat.kind === 'CONTACT' && available !== null ? Math.min(available, MOST_TOLD) : available;

/** One question to the source for each level of an answer. */
export const availabilityOf = async (context: LoadingContext, productId: string): Promise<number | null> =>
  told(context, await availableOf(context, productId));

const availableOf = (context: LoadingContext, productId: string): Promise<number | null> =>
  context
    .loader('ordering.availability', () => {
      const [source = tableStockSource] = context.switchboard.registered(stockSources);
      return new DataLoader<string, number | null>(async (ids) => [...(await source.available(context, ids))]);
    })
    .load(productId);
