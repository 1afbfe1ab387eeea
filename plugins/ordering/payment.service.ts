import { formsService, invalid, type UseCase } from '@guichet/sdk';
import { chargeAgain } from './credit.service.ts';
import { Order } from './order.entity.ts';
import { emitPayment } from './order-live.service.ts';
import { Payment } from './payment.entity.ts';
import { openOf, paymentStateOf } from './payment.rules.ts';
import { ordering } from './permissions.ts';

/** Of one order: as many as are shown with it. */
export const MOST_PAYMENTS = 50;

type OrderRow = InstanceType<typeof Order.class>;

/** Writes down where the payment of an order stands by its sums, and what its company owes for it. The form is held. @param isMoreOrdered the limit holds then. @throws OrderingCreditExceeded */
export async function settlePayment(use: UseCase, order: OrderRow, isMoreOrdered = false): Promise<void> {
  use.em.assign(order, { paymentState: paymentStateOf(order) });
  await chargeAgain(use, order, isMoreOrdered);
}

/** Holds the form, as whoever acts on an order does, and asks whether the seat writes payments down. @throws NotFound, FORBIDDEN */
export async function holdAccount(use: UseCase, formId: string): Promise<void> {
  const path = ['input', 'orderId'];
  await use.find('OrderAccount', formId, path);
  await use.service(formsService).begin(use, formId);
  await use.authorize('OrderAccount', formId, ordering.payment, { path });
}

export interface NewPayment {
  readonly orderId: string;
  readonly kind: 'PAYMENT' | 'REFUND';
  readonly amount: { readonly amount: number; readonly currency: string };
  readonly reference?: string;
}
/** Writes down that money has come, or has gone back; never more than is open, or has come. @throws ValidationFailed */
export async function recordPayment(use: UseCase, given: NewPayment): Promise<{ order: string; payment: string }> {
  const { orderId: formId, kind, amount, reference } = given;
  const order = await use.em.findOneOrFail(Order, formId);
  if (amount.currency !== order.currency) throw otherCurrency();
  if (amount.amount > (kind === 'REFUND' ? order.paidMinor : payable(order))) throw tooMuch();
  if ((await use.em.count(Payment, { formId })) >= MOST_PAYMENTS) throw tooMany();
  const { id } = use.em.create(Payment, {
    ...{ formId, kind, amountMinor: amount.amount, currency: amount.currency, reference: reference ?? null },
    ...{ recordedAt: use.now, recordedBy: use.seat.id },
  });
  order.paidMinor += kind === 'REFUND' ? -amount.amount : amount.amount;
  if (kind === 'REFUND') order.refundedMinor += amount.amount;
  await settlePayment(use, order);
  if (order.ships) emitPayment(use, 'PAYMENT', order);
  return { order: formId, payment: id };
}
/** Of an order that has come to nothing nothing is to be paid. */
const payable = (order: OrderRow): number => (order.state === 'REJECTED' || order.state === 'CANCELLED' ? 0 : Math.max(openOf(order), 0));

const otherCurrency = () =>
  invalid(['input', 'amount', 'currency'], 'ONE_CURRENCY', { en: 'The order has another currency.', 'zh-CN': '与订单货币不一致。' });
const tooMuch = () =>
  invalid(['input', 'amount', 'amount'], 'TOO_MUCH', {
    en: 'This is more than is open, or has been paid.',
    'zh-CN': '金额超出应付或已付金额。',
  });
const tooMany = () =>
  invalid(['input', 'orderId'], 'TOO_MANY', {
    en: `An order has at most ${MOST_PAYMENTS} payments.`,
    'zh-CN': `一张订单最多 ${MOST_PAYMENTS} 笔收付款。`,
  });
