import { invalid, type UseCase, versionConflict } from '@guichet/sdk';
import { ordering } from './permissions.ts';
import { ListPrice, PriceList, PriceListAudience } from './price-list.entity.ts';
import { Product } from './product.entity.ts';

export interface GivenAudience {
  readonly isForAll?: boolean;
  readonly tagIds?: readonly string[];
  readonly companyIds?: readonly string[];
  readonly contactIds?: readonly string[];
  readonly startsAt?: Date;
  readonly endsAt?: Date;
}
interface Named extends GivenAudience {
  readonly name?: string;
}
const KINDS = { tagIds: ['TAG', 'Tag'], companyIds: ['COMPANY', 'Company'], contactIds: ['CONTACT', 'Contact'] } as const;
const FIELDS = Object.keys(KINDS) as (keyof typeof KINDS)[];
/** As many as a list shows. */
const MOST_SUBJECTS = 100;

/** @throws NotFound for whom the seat cannot come to */
export async function findAudience(use: UseCase, given: GivenAudience): Promise<void> {
  for (const field of FIELDS) {
    const ids = given[field] ?? [];
    if (ids.length) await use.findAll(KINDS[field][1], ids, (at) => ['input', field, String(at)]);
  }
}

/** @returns the list's id. @throws ValidationFailed */
export async function addPriceList(
  use: UseCase,
  { name, isForAll = false, startsAt, endsAt, ...of }: Named & { name: string },
): Promise<string> {
  const list = use.em.create(PriceList, { name, isForAll, startsAt: startsAt ?? null, endsAt: endsAt ?? null });
  refusePeriod(list.startsAt, list.endsAt);
  await setAudience(use, list.id, of);
  return list.id;
}

function refusePeriod(startsAt: Date | null | undefined, endsAt: Date | null | undefined): void {
  if (startsAt && endsAt && startsAt >= endsAt)
    throw invalid(['input', 'endsAt'], 'OUT_OF_RANGE', { en: 'It ends after it begins.', 'zh-CN': '结束时间须晚于开始时间。' });
}

/** Each kind that is given is given whole. */
async function setAudience(use: UseCase, priceList: string, given: GivenAudience): Promise<void> {
  for (const field of FIELDS) {
    if (!given[field]) continue;
    const [kind] = KINDS[field];
    for (const row of await use.em.find(PriceListAudience, { priceList, kind })) use.em.remove(row);
    await use.em.flush();
    for (const subjectId of new Set(given[field])) use.em.create(PriceListAudience, { priceList, kind, subjectId });
  }
  if ((await use.em.count(PriceListAudience, { priceList })) > MOST_SUBJECTS)
    throw invalid(['input'], 'TOO_MANY', {
      en: `A list is for at most ${MOST_SUBJECTS} tags, companies and contacts.`,
      'zh-CN': `价目表最多适用于 ${MOST_SUBJECTS} 个标签、企业和联系人。`,
    });
}

interface Held {
  readonly priceListId: string;
  readonly expectedVersion: number;
}
/** Finds and locks a price list. @throws NotFound, FORBIDDEN */
export const holdPriceList = (use: UseCase, { priceListId }: Held): Promise<void> =>
  use.authorize('PriceList', priceListId, ordering.price, { path: ['input', 'priceListId'] });

/** For when all that the input names is found: what is not there is told before another's edit is. The list is held. @throws VersionConflict */
export async function expectVersion(use: UseCase, { priceListId, expectedVersion }: Held): Promise<void> {
  const { version } = await use.em.findOneOrFail(PriceList, priceListId);
  if (version !== expectedVersion)
    throw versionConflict({ current: { type: 'PriceList', uuid: priceListId } }, ['input', 'expectedVersion']);
}

/** What is left out stays. */
export async function updatePriceList(
  use: UseCase,
  { priceListId, expectedVersion: _, ...given }: Held & Named,
): Promise<{ priceList: string }> {
  const { name, isForAll, startsAt, endsAt } = given;
  const list = await use.em.findOneOrFail(PriceList, priceListId);
  for (const [key, value] of Object.entries({ name, isForAll, startsAt, endsAt }))
    if (value !== undefined) use.em.assign(list, { [key]: value });
  refusePeriod(list.startsAt, list.endsAt);
  await setAudience(use, priceListId, given);
  await raise(use, list);
  return { priceList: priceListId };
}
/** What hangs on a list has changed: its version tells it, also where its own row is as before. */
async function raise(use: UseCase, list: { readonly id: string; readonly version: number }): Promise<void> {
  await use.em.flush();
  await use
    .on(PriceList)
    .updateTable('plg_ordering.price_lists')
    .set((of) => ({ version: of('version', '+', 1) }))
    .where('id', '=', list.id)
    .execute();
}

export interface GivenPrice {
  readonly variantId: string;
  readonly fromQuantity?: number | null;
  readonly price?: { readonly amount: number; readonly currency: string } | null;
}
/** @throws NotFound for a variant that the seat cannot come to */
export const findVariants = (use: UseCase, prices: readonly GivenPrice[]): Promise<void> =>
  use.findAll(
    'ProductVariant',
    prices.map(({ variantId }) => variantId),
    (at) => ['input', 'prices', String(at), 'variantId'],
  );

/** The list is locked. @throws ValidationFailed for a price in another currency than the variant's */
export async function setListPrices(
  use: UseCase,
  { priceListId, prices }: Held & { readonly prices: readonly GivenPrice[] },
): Promise<{ priceList: string }> {
  const ids = prices.map(({ variantId }) => variantId);
  const variants = new Map((await use.em.find(Product, { id: ids })).map((one) => [one.id, one]));
  const known = await use.em.find(ListPrice, { priceList: priceListId, variantId: ids });
  const steps = new Map(known.map((one) => [`${one.variantId} ${one.fromQuantity}`, one]));
  for (const [i, { variantId, fromQuantity: from, price }] of prices.entries()) {
    const fromQuantity = from ?? 1;
    if (price && price.currency !== variants.get(variantId)!.currency) throw otherCurrency(i);
    const step = steps.get(`${variantId} ${fromQuantity}`);
    if (step && price) use.em.assign(step, { priceMinor: price.amount, currency: price.currency });
    else if (step) use.em.remove(step);
    else if (price) {
      const { amount: priceMinor, currency } = price;
      steps.set(
        `${variantId} ${fromQuantity}`,
        use.em.create(ListPrice, { priceList: priceListId, variantId, fromQuantity, priceMinor, currency }),
      );
    }
  }
  await raise(use, await use.em.findOneOrFail(PriceList, priceListId));
  return { priceList: priceListId };
}
const otherCurrency = (at: number) =>
  invalid(['input', 'prices', String(at), 'price', 'currency'], 'ONE_CURRENCY', {
    en: 'A variant has prices in one currency.',
    'zh-CN': '同一规格须使用同一货币定价。',
  });
