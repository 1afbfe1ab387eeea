import { invalid, type UseCase } from '@guichet/sdk';
import { closeDisputes, openDispute } from './dispute.service.ts';
import { Order, Reservation } from './order.entity.ts';
import { tellOrder } from './order-live.service.ts';
import { receiptDisputed } from './shipping.events.ts';
import { type SaidOfLine, saidOf } from './shipping.rules.ts';
import { linesOf, receive, resolved, settleShipments, settleState, shipmentLinesOf } from './shipping.service.ts';
import { lockProducts, takeStock } from './stock.service.ts';

export interface Disputing {
  readonly orderId: string;
  readonly lines: readonly SaidOfLine[];
  readonly reason: string;
  /** Uploads of the seat. */
  readonly photoIds?: readonly string[];
}
/** Goods have not come, or not as they should: they do not count as received by themselves. @throws NotFound, ValidationFailed */
export async function disputeReceipt(
  use: UseCase,
  { orderId: formId, lines: said, reason, photoIds = [] }: Disputing,
): Promise<{ order: string }> {
  const ordered = new Map((await linesOf(use, formId)).map((line) => [line.id, line]));
  const shipped = await shipmentLinesOf(use, formId);
  const found = resolved(saidOf(shipped, said));
  const lines = shipped.flatMap((line) => {
    const quantity = found.get(line.id);
    if (quantity === undefined) return [];
    use.em.assign(line, { disputed: line.disputed + quantity, reason });
    const { name, unit } = ordered.get(line.orderLine.id)!;
    return [{ name, unit, quantity }];
  });
  await settleShipments(use, formId, false);
  await openDispute(use, { formId, lines, reason, photoIds });
  const { contactId } = await use.em.findOneOrFail(Order, formId);
  await tellOrder(use, 'DISPUTED', formId);
  if (contactId) await use.announce(receiptDisputed({ formId, contactId }));
  return { order: formId };
}

/**
 * Ends all disputes of an order: disputed goods are to be shipped once more, from stock, or are let be and count as received.
 * @throws ValidationFailed where nothing is disputed, or there is not enough to send it anew
 */
export async function settleDispute(
  use: UseCase,
  { orderId: formId, shipAnew }: { readonly orderId: string; readonly shipAnew: boolean },
): Promise<{ order: string }> {
  const disputed = (await shipmentLinesOf(use, formId)).filter((line) => line.disputed > 0);
  if (disputed.length === 0)
    throw invalid(['input', 'orderId'], 'NOTHING_DISPUTED', { en: 'Nothing of it is disputed.', 'zh-CN': '没有待处理的争议。' });
  await closeDisputes(use, formId, shipAnew ? 'SHIPPED_ANEW' : 'LET_BE');
  if (shipAnew) await shipOnceMore(use, formId, disputed);
  else {
    const counts = new Map(disputed.map((line) => [line.id, line.disputed]));
    for (const line of disputed) line.disputed = 0;
    await receive(use, formId, counts, false);
    return { order: formId };
  }
  await settleShipments(use, formId, false);
  await settleState(use, formId, 'DISPUTE_SETTLED');
  return { order: formId };
}

/** The order ends before they were settled: nothing of it is disputed any more, and nothing more has come. It is held. */
export async function endDisputes(use: UseCase, formId: string): Promise<void> {
  await closeDisputes(use, formId, 'ENDED');
  for (const line of await shipmentLinesOf(use, formId)) line.disputed = 0;
  await settleShipments(use, formId, false);
  await use.em.flush();
}

type Disputed = Awaited<ReturnType<typeof shipmentLinesOf>>;
async function shipOnceMore(use: UseCase, formId: string, disputed: Disputed): Promise<void> {
  const ordered = new Map((await linesOf(use, formId)).map((line) => [line.id, line]));
  const again = disputed.map((line) => {
    const { variantId, product, name } = ordered.get(line.orderLine.id)!;
    return { variantId: variantId ?? product.id, quantity: line.disputed, name };
  });
  await lockProducts(
    use,
    again.map(({ variantId }) => variantId),
  );
  await takeStock(use, again, { placeOf: () => ['input', 'shipAnew'] });
  for (const { variantId, quantity } of again) {
    const kept = await use.em.findOne(Reservation, { formId, variantId });
    if (kept) kept.quantity += quantity;
    else use.em.create(Reservation, { formId, variantId, quantity, until: null });
  }
  for (const line of disputed) {
    ordered.get(line.orderLine.id)!.shipped -= line.disputed;
    if (line.quantity === line.disputed) use.em.remove(line);
    else use.em.assign(line, { quantity: line.quantity - line.disputed, disputed: 0 });
  }
  await use.em.flush();
}
