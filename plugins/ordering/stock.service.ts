import { invalid, type UseCase } from '@guichet/sdk';
import { Order, OrderLine, Reservation } from './order.entity.ts';
import type { FrozenLine } from './order.rules.ts';
import { stockTopic } from './order-live.service.ts';
import { Product } from './product.entity.ts';
import { settingsOf } from './settings.ts';
import { isToldShort } from './stock-source.ts';

const DAY = 86_400_000;

/** Everybody locks products in the order of their ids, so that no two acts wait for each other. */
export const lockProducts = (use: UseCase, ids: readonly string[]): Promise<unknown> =>
  use.on(Product).selectFrom('plg_ordering.products').select('id').where('id', 'in', ids).orderBy('id').forNoKeyUpdate().execute();

type Wanted = Pick<FrozenLine, 'variantId' | 'quantity' | 'name'>;
/** How many of a variant are kept for an order. */
export interface Kept {
  readonly variantId: string;
  readonly quantity: number;
}
export interface Taking {
  /** Where a line stands in the input. */
  readonly placeOf?: (line: number) => string[];
  /**
   * The order is still to be decided about: of a variant that is not there as often as its customer wants, and of which they are not told how
   * many there are, nothing is taken yet. Whoever approves it takes it, or learns that it is not there.
   */
  readonly mayWait?: boolean;
}
const inLines = (line: number): string[] => ['input', 'lines', String(line), 'quantity'];

/**
 * The last unit goes to one order, however many come at once: whoever finds too little is refused by the update itself. Somebody may be about
 * to overwrite the stock that they have read, so it raises the version. The variants are locked.
 * @returns what was taken of each variant
 * @throws ValidationFailed where there is not enough
 */
export async function takeStock(
  use: UseCase,
  lines: readonly Wanted[],
  { placeOf = inLines, mayWait = false }: Taking = {},
): Promise<Kept[]> {
  const kept: Kept[] = [];
  for (const [variantId, quantity] of inAll(lines)) {
    const isTaken = await take(use, variantId, quantity);
    if (!isTaken && !(mayWait && !isToldShort(await stockOf(use, variantId), quantity))) throw outOfStock(lines, variantId, placeOf);
    kept.push({ variantId, quantity: isTaken ? quantity : 0 });
  }
  return kept;
}
async function take(use: UseCase, variantId: string, quantity: number): Promise<boolean> {
  const { allowBackorder } = await settingsOf(use);
  const left = await use
    .on(Product)
    .updateTable('plg_ordering.products')
    .set((of) => ({ stock: of('stock', '-', quantity), reserved: of('reserved', '+', quantity), version: of('version', '+', 1) }))
    .where('id', '=', variantId)
    .$if(!allowBackorder, (query) => query.where('stock', '>=', quantity))
    .returning(['stock', 'low_stock'])
    .executeTakeFirst();
  if (!left) return false;
  if (left.low_stock !== null && left.stock <= left.low_stock && left.stock + quantity > left.low_stock)
    use.emit({ stream: use.organizationId, topic: stockTopic, kind: 'LOW', subjectId: variantId });
  return true;
}
async function stockOf(use: UseCase, variantId: string): Promise<number> {
  const found = use.on(Product).selectFrom('plg_ordering.products').select('stock').where('id', '=', variantId);
  return (await found.executeTakeFirstOrThrow()).stock;
}
function outOfStock(lines: readonly Wanted[], variantId: string, placeOf: (line: number) => string[]): Error {
  const last = lines.findLastIndex((line) => line.variantId === variantId);
  const { name } = lines[last]!;
  return invalid(placeOf(last), 'OUT_OF_STOCK', { en: `There is not as much of ${name} left.`, 'zh-CN': `${name} 库存不足。` });
}

/** Keeps what was taken for an order, for the days of the setting, or for good. */
export async function reserve(use: UseCase, formId: string, kept: readonly Kept[], isForGood = false): Promise<void> {
  const { reservationDays } = await settingsOf(use);
  const until = reservationDays === null || isForGood ? null : new Date(use.now.getTime() + reservationDays * DAY);
  for (const { variantId, quantity } of kept) use.em.create(Reservation, { formId, variantId, quantity, until });
}
/** How many of each variant, where an order has it in several lines. */
function inAll(lines: readonly Omit<Wanted, 'name'>[]): ReadonlyMap<string, number> {
  const sums = new Map<string, number>();
  for (const { variantId, quantity } of lines) sums.set(variantId, (sums.get(variantId) ?? 0) + quantity);
  return sums;
}

/** Whether anything is kept for an order. */
export const hasReservations = async (use: UseCase, formId: string): Promise<boolean> => (await use.em.count(Reservation, { formId })) > 0;

/** Whether reserved goods go back to what can be promised, or out of the house. */
type Way = 'BACK' | 'OUT';

/**
 * Ends what is reserved for an order, once however often it is asked.
 * @param dueAt ends only what has run out by then: an approval may have kept it for good since it was found
 * @returns whether anything was
 */
export async function endReservations(use: UseCase, formId: string, way: Way, dueAt?: Date): Promise<boolean> {
  const { reserves } = await use.em.findOneOrFail(Order, formId);
  if (!reserves) return endOfOldOrder(use, formId, way);
  const kept = await use
    .on(Reservation)
    .selectFrom('plg_ordering.reservations')
    .select('variant_id')
    .where('form_id', '=', formId)
    .execute();
  if (kept.length === 0) return false;
  await lockProducts(
    use,
    kept.map(({ variant_id }) => variant_id),
  );
  const ended = await use
    .on(Reservation)
    .deleteFrom('plg_ordering.reservations')
    .where('form_id', '=', formId)
    .$if(dueAt !== undefined, (query) => query.where('until', '<=', dueAt!))
    .returning(['variant_id', 'quantity'])
    .execute();
  for (const { variant_id, quantity } of ended) if (quantity > 0) await unreserve(use, { variantId: variant_id, quantity, way });
  return ended.length > 0;
}

/** Takes a quantity from what is reserved of a variant, which is locked. */
export const unreserve = (
  use: UseCase,
  { variantId, quantity, way }: { readonly variantId: string; readonly quantity: number; readonly way: Way },
): Promise<unknown> =>
  use
    .on(Product)
    .updateTable('plg_ordering.products')
    .set((of) => ({
      reserved: of('reserved', '-', quantity),
      stock: of('stock', '+', way === 'BACK' ? quantity : 0),
      version: of('version', '+', 1),
    }))
    .where('id', '=', variantId)
    .execute();

/** Orders of 0.1 have taken their stock without reserving it. */
async function endOfOldOrder(use: UseCase, formId: string, way: Way): Promise<boolean> {
  if (way === 'OUT') return false;
  const lines = await use.em.find(OrderLine, { formId });
  await lockProducts(
    use,
    lines.map(({ product }) => product.id),
  );
  for (const { product, quantity } of lines)
    await use
      .on(Product)
      .updateTable('plg_ordering.products')
      .set((of) => ({ stock: of('stock', '+', quantity), version: of('version', '+', 1) }))
      .where('id', '=', product.id)
      .execute();
  return true;
}

/**
 * What an approval needs: all goods that have not gone out, reserved without an end. What waits for them, or was kept too long, is taken now.
 * @throws ValidationFailed where they are not there
 */
export async function keepForGood(use: UseCase, formId: string): Promise<void> {
  const { reserves } = await use.em.findOneOrFail(Order, formId);
  if (!reserves) return;
  const held = await use
    .on(Reservation)
    .updateTable('plg_ordering.reservations')
    .set({ until: null })
    .where('form_id', '=', formId)
    .returning(['variant_id', 'quantity'])
    .execute();
  const kept = new Map(held.map(({ variant_id, quantity }) => [variant_id, quantity]));
  const lines = (await use.em.find(OrderLine, { formId }, { orderBy: { position: 'asc' } })).map(
    ({ product, variantId, quantity, shipped, name }) => ({ variantId: variantId ?? product.id, quantity: quantity - shipped, name }),
  );
  const missing = [...inAll(lines)].flatMap(([variantId, quantity]) => {
    const wanted = quantity - (kept.get(variantId) ?? 0);
    return wanted > 0 ? [{ variantId, quantity: wanted, name: lines.find((line) => line.variantId === variantId)!.name }] : [];
  });
  if (missing.length === 0) return;
  await lockProducts(
    use,
    missing.map(({ variantId }) => variantId),
  );
  const taken = await takeStock(use, missing, { placeOf: () => ['input', 'taskId'] });
  await reserve(
    use,
    formId,
    taken.filter(({ variantId }) => !kept.has(variantId)),
    true,
  );
  for (const { variantId, quantity } of taken.filter((one) => kept.has(one.variantId)))
    await use
      .on(Reservation)
      .updateTable('plg_ordering.reservations')
      .set((of) => ({ quantity: of('quantity', '+', quantity) }))
      .where('form_id', '=', formId)
      .where('variant_id', '=', variantId)
      .execute();
}
