import { formsService, invalid, type UseCase } from '@guichet/sdk';
import { releaseCredit } from './credit.service.ts';
import { Order, OrderLine } from './order.entity.ts';
import { OrderChange, OrderChangeLine } from './order-change.entity.ts';
import { changeAnswered } from './order-change.events.ts';
import { tellOrder } from './order-live.service.ts';
import { settlePayment } from './payment.service.ts';
import { endReservations, hasReservations, lockProducts, reserve, takeStock } from './stock.service.ts';

export type ChangeAnswer = 'ACCEPT' | 'REFUSE' | 'CANCEL';
type State = 'ACCEPTED' | 'REFUSED' | 'WITHDRAWN' | 'LAPSED';

/** What is proposed now. */
const proposalOf = (use: UseCase, formId: string) => use.em.findOne(OrderChange, { formId, state: 'PROPOSED' });

/** Ends what is proposed, if anything is. */
export async function closeChange(use: UseCase, formId: string, state: State): Promise<void> {
  const change = await proposalOf(use, formId);
  if (!change) return;
  use.em.assign(change, { state, answeredAt: use.now });
  await use.em.flush();
}

/** An approval would be of something that the customer is just asked to change. */
export async function refuseProposed(use: UseCase, formId: string): Promise<void> {
  if (await proposalOf(use, formId))
    throw invalid(['input', 'taskId'], 'CHANGE_PROPOSED', {
      en: 'A change of it was proposed to the customer: wait for the answer, or take the proposal back.',
      'zh-CN': '已向客户建议修改该订单，请等待答复或撤回建议。',
    });
}

export interface GivenAnswer {
  readonly orderId: string;
  readonly change: number;
  readonly answer: ChangeAnswer;
  readonly comment?: string;
}
/** The customer’s answer to what they have seen, in time. The order is held. @throws ValidationFailed */
export async function answerChange(
  use: UseCase,
  { orderId: formId, change: number, answer, comment }: GivenAnswer,
): Promise<{ order: string }> {
  const change = await proposalOf(use, formId);
  if (change?.number !== number) throw overtaken('change');
  if (change.validUntil <= use.now) throw overtaken('orderId');
  use.em.assign(change, { state: answer === 'ACCEPT' ? 'ACCEPTED' : 'REFUSED', answeredAt: use.now, answer: comment ?? null });
  await ANSWERED[answer](use, formId, change.id);
  await use.announce(changeAnswered({ formId, proposedBy: change.proposedBy, answer }));
  return { order: formId };
}
const overtaken = (field: string) =>
  invalid(['input', field], 'CHANGE_OVER', {
    en: 'This proposal does not stand any more: look at the order anew.',
    'zh-CN': '该建议已失效，请重新查看订单。',
  });

const ANSWERED: Readonly<Record<ChangeAnswer, (use: UseCase, formId: string, change: string) => Promise<void>>> = {
  ACCEPT: (use, formId, change) => applyChange(use, formId, change),
  REFUSE: async (use, formId) => {
    use.em.assign(await use.em.findOneOrFail(Order, formId), { state: 'NEEDS_CORRECTION' });
    await tellOrder(use, 'CHANGE_REFUSED', formId);
  },
  CANCEL: async (use, formId) => {
    const reason = 'The customer gave the order up.';
    await endReservations(use, formId, 'BACK');
    use.em.assign(await use.em.findOneOrFail(Order, formId), { state: 'CANCELLED', cancelReason: reason, changedFrom: null });
    await use.em.flush();
    await releaseCredit(use, formId);
    await tellOrder(use, 'CANCELLED', formId);
    await use.service(formsService).end(use, formId, reason);
  },
};

/** The order is what was proposed: its lines and sums, and what is kept for it. @throws ValidationFailed where the goods have gone to others */
async function applyChange(use: UseCase, formId: string, changeId: string): Promise<void> {
  const order = await use.em.findOneOrFail(Order, formId);
  const change = await use.em.findOneOrFail(OrderChange, changeId);
  const lines = await use.em.find(OrderLine, { formId }, { orderBy: { position: 'asc' } });
  const kept = await use.em.find(OrderChangeLine, { change: changeId }, { orderBy: { position: 'asc' } });
  const wanted = kept.flatMap(({ lineId, quantity }) => {
    const line = lines.find(({ id }) => id === lineId)!;
    return quantity > 0 ? [{ variantId: line.variantId ?? line.product.id, quantity, name: line.name }] : [];
  });
  await lockProducts(use, [...new Set(lines.map(({ variantId, product }) => variantId ?? product.id))]);
  await endReservations(use, formId, 'BACK');
  const isConfirmed = order.changedFrom === 'CONFIRMED';
  const taken = await takeStock(use, wanted, { placeOf: () => ['input', 'orderId'], mayWait: !isConfirmed });
  await reserve(use, formId, taken, isConfirmed);
  for (const { lineId, quantity, unitPriceMinor, taxMinor, totalMinor, priceListId, priceListVersion } of kept) {
    const line = lines.find(({ id }) => id === lineId)!;
    if (quantity === 0) use.em.remove(line);
    else use.em.assign(line, { quantity, unitPriceMinor, taxMinor, totalMinor, priceListId, priceListVersion });
  }
  const { totalMinor, taxMinor } = change;
  use.em.assign(order, { totalMinor, taxMinor, state: order.changedFrom ?? 'IN_APPROVAL', changedFrom: null });
  await settlePayment(use, order, true);
  await tellOrder(use, 'CHANGED', formId);
}

/** The order stands as it was. It is held. */
export async function withdrawChange(use: UseCase, formId: string): Promise<{ order: string }> {
  await closeChange(use, formId, 'WITHDRAWN');
  const order = await use.em.findOneOrFail(Order, formId);
  const isKept = order.changedFrom === 'CONFIRMED' || (await hasReservations(use, formId));
  use.em.assign(order, { state: isKept ? (order.changedFrom ?? 'IN_APPROVAL') : 'EXPIRED', changedFrom: null });
  await tellOrder(use, 'CHANGE_WITHDRAWN', formId);
  return { order: formId };
}
