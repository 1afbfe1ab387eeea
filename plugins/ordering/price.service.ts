import type { CatalogueReading } from './catalogue-reading.ts';
import { type ListedPrice, NEARNESS } from './price.rules.ts';

/**
 * Prices of lists that are for a customer at this moment.
 * @param contactId undefined: nobody in particular, so only what is for everybody counts
 * @returns them by variants
 */
export async function listedPrices(
  reading: CatalogueReading,
  contactId: string | undefined,
  variantIds: readonly string[],
): Promise<ReadonlyMap<string, readonly ListedPrice[]>> {
  const lists = await listsFor(reading, contactId);
  if (lists.size === 0 || variantIds.length === 0) return new Map();
  const found = await reading.on
    .selectFrom('plg_ordering.list_prices')
    .select(['price_list_id', 'variant_id', 'from_quantity', 'price_minor', 'currency'])
    .where('variant_id', 'in', variantIds)
    .where('price_list_id', 'in', [...lists.keys()])
    .execute();
  const prices = new Map<string, ListedPrice[]>();
  for (const { price_list_id: listId, variant_id, from_quantity: fromQuantity, price_minor: priceMinor, currency } of found) {
    const price = { listId, ...lists.get(listId)!, fromQuantity, priceMinor, currency };
    prices.set(variant_id, [...(prices.get(variant_id) ?? []), price]);
  }
  return prices;
}

type List = Pick<ListedPrice, 'listVersion' | 'nearness'>;

/** Lists in their period, with how closely they are meant for the customer. */
async function listsFor(reading: CatalogueReading, contactId: string | undefined): Promise<ReadonlyMap<string, List>> {
  const subjects = contactId ? await subjectsOf(reading, contactId) : [];
  const found = await reading.on
    .selectFrom('plg_ordering.price_lists as list')
    .leftJoin('plg_ordering.price_list_audience as named', (join) =>
      join.onRef('named.price_list_id', '=', 'list.id').on('named.subject_id', 'in', subjects.length ? subjects : [NOBODY]),
    )
    .select(['list.id', 'list.version', 'list.is_for_all', 'named.kind'])
    .where((of) => of.or([of('list.starts_at', 'is', null), of('list.starts_at', '<=', reading.now)]))
    .where((of) => of.or([of('list.ends_at', 'is', null), of('list.ends_at', '>', reading.now)]))
    .where((of) => of.or([of('list.is_for_all', '=', true), of('named.kind', 'is not', null)]))
    .execute();
  const lists = new Map<string, List>();
  for (const { id, version: listVersion, kind } of found) {
    const nearness = Math.max(NEARNESS[kind ?? 'ALL'], lists.get(id)?.nearness ?? NEARNESS.ALL);
    lists.set(id, { listVersion, nearness });
  }
  return lists;
}
const NOBODY = '00000000-0000-0000-0000-000000000000';

async function subjectsOf(reading: CatalogueReading, contactId: string): Promise<readonly string[]> {
  const { companyId, tagIds } = await reading.facts(contactId);
  return [contactId, ...(companyId ? [companyId] : []), ...tagIds];
}
