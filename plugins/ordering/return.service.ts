import { invalid, notFound, type UseCase } from '@guichet/sdk';
import { Order, OrderLine } from './order.entity.ts';
import { emitOrder } from './order-live.service.ts';
import { creditOf } from './payment.rules.ts';
import { settlePayment } from './payment.service.ts';
import { Product } from './product.entity.ts';
import { OrderReturn, OrderReturnLine } from './return.entity.ts';
import { returnMoved, returnRequested } from './return.events.ts';
import { lockProducts } from './stock.service.ts';

/** Of one order: as many as are shown with it. */
export const MOST_RETURNS = 20;
const at = (line: number, field: string): string[] => ['input', 'lines', String(line), field];

export interface NewReturn {
  readonly orderId: string;
  readonly lines: readonly { readonly lineId: string; readonly quantity: number }[];
  readonly reason: string;
}
/** Asks to give goods back that have come: of each line no more than has, whatever was asked for before. The order is held. @throws NotFound, ValidationFailed */
export async function requestReturn(
  use: UseCase,
  { orderId: formId, lines: asked, reason }: NewReturn,
): Promise<{ order: string; return: string }> {
  const order = await use.em.findOneOrFail(Order, formId);
  if ((await use.em.count(OrderReturn, { formId })) >= MOST_RETURNS) throw tooManyReturns();
  const lines = await use.em.find(OrderLine, { formId });
  const made = use.em.create(OrderReturn, { formId, reason, requestedAt: use.now, currency: order.currency });
  for (const [i, { lineId, quantity }] of asked.entries()) {
    const line = lines.find(({ id }) => id === lineId);
    if (!line || asked.findIndex((one) => one.lineId === lineId) < i) throw notFound({}, at(i, 'lineId'));
    if (quantity > line.received - line.returned) throw tooMany(i);
    line.returned += quantity;
    use.em.create(OrderReturnLine, { formId, return: made.id, orderLine: lineId, name: line.name, quantity });
  }
  emitOrder(use, 'RETURN_REQUESTED', order);
  if (order.contactId) await use.announce(returnRequested({ formId, contactId: order.contactId }));
  return { order: formId, return: made.id };
}
const tooManyReturns = () =>
  invalid(['input', 'orderId'], 'TOO_MANY', {
    en: `Of an order goods are given back at most ${MOST_RETURNS} times.`,
    'zh-CN': `一张订单最多退货 ${MOST_RETURNS} 次。`,
  });
const tooMany = (line: number) =>
  invalid(at(line, 'quantity'), 'TOO_MANY', {
    en: 'Not as many of this line have come that are not given back already.',
    'zh-CN': '超出该行可退数量。',
  });

const linesOf = (use: UseCase, returnId: string) => use.em.find(OrderReturnLine, { return: returnId }, { orderBy: { id: 'asc' } });

/** Moves a return that is held, and tells both sides. */
async function move(use: UseCase, id: string, to: Partial<InstanceType<typeof OrderReturn.class>>): Promise<{ return: string }> {
  const of = await use.em.findOneOrFail(OrderReturn, id);
  use.em.assign(of, to);
  const { formId, state } = of;
  const order = await use.em.findOneOrFail(Order, formId);
  emitOrder(use, `RETURN_${state}`, order);
  if (order.contactId) await use.announce(returnMoved({ formId, contactId: order.contactId, state }));
  return { return: id };
}

export const approveReturn = (use: UseCase, id: string, comment?: string) => move(use, id, { state: 'APPROVED', comment: comment ?? null });

/** What is not taken back stays the customer's, and may be asked for again. */
export async function refuseReturn(use: UseCase, id: string, comment?: string): Promise<{ return: string }> {
  for (const { orderLine, quantity } of await linesOf(use, id)) (await use.em.findOneOrFail(OrderLine, orderLine.id)).returned -= quantity;
  return move(use, id, { state: 'REFUSED', comment: comment ?? null });
}
export const sendReturn = (use: UseCase, id: string, { carrier, tracking }: { readonly carrier?: string; readonly tracking?: string }) =>
  move(use, id, { state: 'SENT', carrier: carrier ?? null, tracking: tracking ?? null });

/** @param restock they are as good as new, and can be sold again */
export async function receiveReturn(use: UseCase, id: string, restock: boolean): Promise<{ return: string }> {
  if (restock) await putBack(use, id);
  return move(use, id, { state: 'ARRIVED', arrivedAt: use.now });
}
async function putBack(use: UseCase, id: string): Promise<void> {
  const goods = new Map<string, number>();
  for (const { orderLine, quantity } of await linesOf(use, id)) {
    const { variantId, product } = await use.em.findOneOrFail(OrderLine, orderLine.id);
    goods.set(variantId ?? product.id, (goods.get(variantId ?? product.id) ?? 0) + quantity);
  }
  await lockProducts(use, [...goods.keys()]);
  for (const [variantId, quantity] of goods)
    await use
      .on(Product)
      .updateTable('plg_ordering.products')
      .set((of) => ({ stock: of('stock', '+', quantity), version: of('version', '+', 1) }))
      .where('id', '=', variantId)
      .execute();
}

/** Takes what the goods cost off the order: several returns of a line add up to what it cost. */
export async function creditReturn(use: UseCase, id: string): Promise<{ return: string }> {
  const { formId } = await use.em.findOneOrFail(OrderReturn, id);
  let creditedMinor = 0;
  for (const { orderLine, quantity } of await linesOf(use, id)) {
    const line = await use.em.findOneOrFail(OrderLine, orderLine.id);
    creditedMinor += creditOf(
      { totalMinor: line.totalMinor ?? line.unitPriceMinor * line.quantity, quantity: line.quantity },
      line.credited,
      quantity,
    );
    line.credited += quantity;
  }
  const order = await use.em.findOneOrFail(Order, formId);
  order.creditedMinor += creditedMinor;
  await settlePayment(use, order);
  return move(use, id, { state: 'CREDITED', creditedAt: use.now, creditedMinor });
}
