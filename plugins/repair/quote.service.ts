import { refusalType, type UseCase } from '@guichet/sdk';
import { runOn, standStill } from './deadline.service.ts';
import { MOST, refusePast } from './most.rules.ts';
import { moveOrder, type Order, orderOf } from './order.service.ts';
import { RepairQuote } from './quote.entity.ts';
import { settingsOf } from './settings.ts';
import { RepairVisit } from './visit.entity.ts';
import { stepTo } from './visit.service.ts';

export const quoteExpired = refusalType<{ validUntil: string }>('RepairQuoteExpired', {
  description: 'The quote was good until then: ask for another one.',
  message: { en: 'This quote is not good any more.', 'zh-CN': '该报价已过期。' },
  fields: { validUntil: { type: 'DateTime', description: 'Until when it was good.' } },
});

export interface Quoted {
  readonly repairId: string;
  readonly price: { readonly amount: number; readonly currency: string };
  readonly cost?: number;
  readonly text: string;
  /** Working time that the price has in it. */
  readonly labourMinutes?: number;
  readonly validUntil?: Date;
}
const DAY = 86_400_000;

/** A visit in the middle of the work waits for the customer. */
async function restVisit(use: UseCase, order: Order): Promise<void> {
  const visit = await use.em.findOne(RepairVisit, { order: order.id, state: ['EN_ROUTE', 'ON_SITE', 'IN_PROGRESS', 'ON_HOLD'] as never });
  if (!visit) return;
  visit.holdReason = 'CUSTOMER';
  if (visit.state !== 'ON_HOLD') stepTo(use, visit, 'ON_HOLD');
}
export const openQuote = (use: UseCase, orderId: string) => use.em.findOne(RepairQuote, { order: orderId, state: 'OPEN' });

/** @returns the quote's id */
export async function makeQuote(use: UseCase, { repairId, price, cost, text, labourMinutes, validUntil }: Quoted): Promise<string> {
  const order = await orderOf(use, repairId);
  refusePast(MOST.quotes, await use.em.count(RepairQuote, { order: repairId }), 'repairId');
  const before = await openQuote(use, repairId);
  if (before) before.state = 'REPLACED';
  await use.em.flush(); // one is open at a time
  const { quoteDays } = await settingsOf(use);
  const { id } = use.em.create(RepairQuote, {
    order: repairId,
    state: 'OPEN',
    priceMinor: price.amount,
    currency: price.currency,
    costMinor: cost ?? null,
    text,
    labourMinutes: labourMinutes ?? null,
    createdAt: use.now,
    validUntil: validUntil ?? new Date(use.now.getTime() + quoteDays * DAY),
  });
  await restVisit(use, order);
  await standStill(use, order);
  moveOrder(use, order, 'QUOTED');
  return id;
}

/** Where the repair goes on: at the visit that waits, or to the planning. */
async function isAtVisit(use: UseCase, orderId: string): Promise<boolean> {
  return (await use.em.findOne(RepairVisit, { order: orderId, state: 'ON_HOLD' })) !== null;
}

/** @throws RepairQuoteExpired */
export async function answerQuote(use: UseCase, given: { repairId: string; accept: boolean; reason?: string }): Promise<void> {
  const order = await orderOf(use, given.repairId);
  const quote = await openQuote(use, given.repairId);
  if (!quote) throw new Error('A repair that is quoted has no open quote.');
  if (quote.validUntil <= use.now) throw quoteExpired({ validUntil: quote.validUntil.toISOString() }, ['input', 'repairId']);
  use.em.assign(quote, { state: given.accept ? 'ACCEPTED' : 'REFUSED', answeredAt: use.now, answerReason: given.reason ?? null });
  await runOn(use, order);
  const accepted = (await isAtVisit(use, order.id)) ? 'IN_PROGRESS' : 'QUOTE_ACCEPTED';
  moveOrder(use, order, given.accept ? accepted : 'QUOTE_REFUSED');
}

/** Nobody has answered in time: the repair is where it was before. */
export async function expireQuote(use: UseCase, quoteId: string): Promise<void> {
  const quote = await use.em.findOneOrFail(RepairQuote, quoteId);
  const order = await orderOf(use, quote.order.id);
  if (quote.state !== 'OPEN' || quote.validUntil > use.now || order.state !== 'QUOTED') return;
  quote.state = 'EXPIRED';
  await runOn(use, order);
  moveOrder(use, order, (await isAtVisit(use, order.id)) ? 'IN_PROGRESS' : 'TRIAGED');
}
