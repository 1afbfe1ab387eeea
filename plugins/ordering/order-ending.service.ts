import { invalid, type UseCase } from '@guichet/sdk';
import { closeDisputes } from './dispute.service.ts';
import { Order } from './order.entity.ts';
import { moveByItself } from './order.moves.ts';
import { closeChange } from './order-change-answer.service.ts';
import { endReservations } from './stock.service.ts';

/** Its form has ended on its way. What was approved is on its way too, unless it is shipped by parts: then what has not gone stays. */
export async function endOrder(use: UseCase, formId: string, wasApproved: boolean): Promise<void> {
  const order = await use.em.findOneOrFail(Order, formId);
  if (use.seat.kind === 'CONTACT') refuseGone(order);
  await endReservations(use, formId, wasApproved && !order.ships ? 'OUT' : 'BACK');
  await use.em.flush();
  await closeChange(use, formId, 'WITHDRAWN');
  await closeDisputes(use, formId, 'ENDED');
  await moveByItself(use, formId, 'end');
}

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
const refuseGone = ({ state }: Shipped): void => {
  if (state === 'PART_SHIPPED' || state === 'SHIPPED')
    throw invalid(['input', 'formId'], 'SHIPPED', {
      en: 'Goods of it have gone out: say what has come, and what has not.',
      'zh-CN': '已有货物发出，请确认收货或提出异议。',
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
