import { invalid, type UseCase } from '@guichet/sdk';
import { endDisputes } from './disputing.service.ts';
import { Order } from './order.entity.ts';
import { moveByItself } from './order.moves.ts';
import { closeChange } from './order-change-answer.service.ts';
import { endReservations } from './stock.service.ts';

/**
 * Its form has ended on its way. What was approved is on its way too, unless it is shipped by parts: then what has not gone stays.
 * @throws ValidationFailed where the customer takes back what has gone out; an admin ends it for what can neither go nor come
 */
export async function endOrder(use: UseCase, formId: string, wasApproved: boolean): Promise<void> {
  const order = await use.em.findOneOrFail(Order, formId);
  if (use.seat.kind === 'CONTACT') refuseGone(order, 'formId');
  await endReservations(use, formId, wasApproved && !order.ships ? 'OUT' : 'BACK');
  await use.em.flush();
  await closeChange(use, formId, 'WITHDRAWN');
  await endDisputes(use, formId);
  await moveByItself(use, formId, 'end');
}

/** Its form was rejected. @throws ValidationFailed where goods have gone out: what has happened is not decided about */
export async function rejectOrder(use: UseCase, formId: string): Promise<void> {
  refuseGone(await use.em.findOneOrFail(Order, formId), 'taskId');
  await endReservations(use, formId, 'BACK');
  await closeChange(use, formId, 'WITHDRAWN');
  await moveByItself(use, formId, 'reject');
}

/**
 * Its form is to be decided about once more: until then nothing of it goes out.
 * @throws ValidationFailed where its customer disputes all of it, who disputes goods; or goods have gone out
 */
export async function reopenOrder(use: UseCase, formId: string): Promise<void> {
  const order = await use.em.findOneOrFail(Order, formId);
  if (!order.ships) return;
  if (use.seat.kind === 'CONTACT') throw disputedByLine();
  refuseGone(order, 'formId');
  if (order.changedFrom) order.changedFrom = 'IN_APPROVAL';
  await use.em.flush();
  await moveByItself(use, formId, 'reopen');
}
const disputedByLine = () =>
  invalid(['input', 'formId'], 'DISPUTED_BY_LINE', {
    en: 'Say by `disputeReceipt` which goods have not come, or not as they should, once they have gone out.',
    'zh-CN': '请在发货后通过收货异议逐行说明哪些商品未到或有问题。',
  });

/** Its form is complete. Without a confirmation nobody has said that it came. */
export async function completeOrder(use: UseCase, formId: string): Promise<void> {
  const order = await use.em.findOneOrFail(Order, formId);
  if (order.ships) return completeShipped(use, order);
  await endReservations(use, formId, 'OUT');
  if (use.seat.kind === 'CONTACT') order.receivedAt = use.now;
}

interface Shipped {
  readonly formId: string;
  readonly state: string;
}
const GONE = ['PART_SHIPPED', 'SHIPPED', 'RECEIVED'];
const refuseGone = ({ state }: Shipped, field: 'formId' | 'taskId'): void => {
  if (GONE.includes(state))
    throw invalid(['input', field], 'SHIPPED', {
      en: 'Goods of it have gone out: what has come, and what has not, is said by line.',
      'zh-CN': '已有货物发出，请逐行确认收货或提出异议。',
    });
};

/** Of what is shipped the receipt is told line by line; the form is confirmed with the last of them. */
async function completeShipped(use: UseCase, { formId, state }: Shipped): Promise<void> {
  if (use.seat.kind === 'CONTACT' && state !== 'RECEIVED')
    throw invalid(['input', 'formId'], 'NOT_RECEIVED', {
      en: 'Say by `confirmReceipt` what has come: with the last of it the order is complete.',
      'zh-CN': '请通过确认收货逐批确认，全部收货后订单完成。',
    });
  await keepConfirmed(use, formId);
}
/** A template without a confirmation is complete with its approval: goods are still to go out. */
const keepConfirmed = (use: UseCase, formId: string): Promise<void> => moveByItself(use, formId, 'approve');
