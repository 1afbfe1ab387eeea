import type { Seat, Switchboard } from '@guichet/sdk';
import DataLoader from 'dataloader';
import { readCatalogue } from './catalogue-reading.ts';
import { offers } from './offer.service.ts';
import { type Priced, stepsOf } from './price.rules.ts';

interface LoadingContext {
  readonly seat: Seat;
  readonly now: Date;
  readonly switchboard: Switchboard;
  loader<T>(name: string, make: () => T): T;
}
/** What one unit costs from some quantity on. */
export interface PriceStep {
  readonly fromQuantity: number;
  readonly price: { readonly amount: number; readonly currency: string };
}

/** What a seat pays by quantity: audiences are the core's to know, so it is asked once for all variants of an answer. */
export const pricesOf = (context: LoadingContext, variantId: string): Promise<readonly PriceStep[]> =>
  context
    .loader('ordering.prices', () => {
      const contactId = context.seat.kind === 'CONTACT' ? context.seat.id : undefined;
      return new DataLoader<string, readonly PriceStep[]>((ids) =>
        readCatalogue(context, async (reading) => {
          const found = await offers(reading, contactId, ids);
          return ids.map((id) => (found.has(id) ? shown(found.get(id)!) : []));
        }),
      );
    })
    .load(variantId);

const shown = (variant: Priced): PriceStep[] =>
  stepsOf(variant).map(({ fromQuantity, price }) => ({ fromQuantity, price: { amount: price.priceMinor, currency: variant.currency } }));
