import { formsService, invalid, notFound, type UseCase } from '@guichet/sdk';
import { releaseCredit } from './credit.service.ts';
import { Order, OrderLine, Reservation } from './order.entity.ts';
import { holdOrder, type OrderMove } from './order.moves.ts';
import { closeChange } from './order-change-answer.service.ts';
import { tellOrder } from './order-live.service.ts';
import { ordering } from './permissions.ts';
import { Shipment, ShipmentLine } from './shipment.entity.ts';
import { orderShipped } from './shipping.events.ts';
import { MOST_SHIPMENTS, openOf, type SaidOfLine, saidOf, stateBy } from './shipping.rules.ts';
import { endReservations, lockProducts, unreserve } from './stock.service.ts';

/** Lines of an order, as it has them. */
export const linesOf = (use: UseCase, formId: string) => use.em.find(OrderLine, { formId }, { orderBy: { position: 'asc' } });
const at = (line: number, field: string): string[] => ['input', 'lines', String(line), field];

/** Holds the form first, as whoever acts on the form does, and then the order. @throws NotFound, FORBIDDEN, InvalidTransition */
export async function holdWithForm(use: UseCase, move: OrderMove, formId: string): Promise<void> {
  const forms = use.service(formsService);
  if (use.seat.kind === 'CONTACT') await forms.enterWindow(use);
  await use.find('OrderShipping', formId, ['input', 'orderId']);
  await forms.hold(use, formId);
  await holdOrder(use, move, formId);
}

/** The same for a customer who gives goods back: that is no move of the order. @throws NotFound, FORBIDDEN */
export async function holdForReturn(use: UseCase, formId: string): Promise<void> {
  const forms = use.service(formsService);
  if (use.seat.kind === 'CONTACT') await forms.enterWindow(use);
  const path = ['input', 'orderId'];
  await use.find('OrderShipping', formId, path);
  await forms.hold(use, formId);
  await use.authorize('OrderShipping', formId, ordering.giveBack, { path });
}

export interface ShippedLine {
  readonly lineId: string;
  readonly quantity: number;
}
export interface NewShipment {
  readonly orderId: string;
  readonly lines?: readonly ShippedLine[];
  readonly carrier?: string;
  readonly tracking?: string;
}

/** Goods go out: of each line no more than was ordered and has not gone yet. The order is held. @throws NotFound, ValidationFailed */
export async function createShipment(
  use: UseCase,
  { orderId: formId, lines: given, carrier, tracking }: NewShipment,
): Promise<{ shipment: string; order: string }> {
  if ((await use.em.count(Shipment, { formId })) >= MOST_SHIPMENTS) throw tooManyParts();
  const lines = await linesOf(use, formId);
  const asked =
    given ?? lines.flatMap(({ id: lineId, quantity, shipped }) => (quantity > shipped ? [{ lineId, quantity: quantity - shipped }] : []));
  const shipment = use.em.create(Shipment, {
    formId,
    carrier: carrier ?? null,
    tracking: tracking ?? null,
    shippedAt: use.now,
    shippedBy: use.seat.id,
  });
  const goods = new Map<string, number>();
  for (const [i, { lineId, quantity }] of asked.entries()) {
    const line = lines.find(({ id }) => id === lineId);
    if (!line || asked.findIndex((one) => one.lineId === lineId) < i) throw notFound({}, at(i, 'lineId'));
    if (line.shipped + quantity > line.quantity) throw tooMany(i);
    line.shipped += quantity;
    use.em.create(ShipmentLine, { formId, shipment: shipment.id, orderLine: lineId, quantity });
    const variantId = line.variantId ?? line.product.id;
    goods.set(variantId, (goods.get(variantId) ?? 0) + quantity);
  }
  await goOut(use, formId, goods);
  await settleState(use, formId, 'SHIPPED');
  const { contactId } = await use.em.findOneOrFail(Order, formId);
  if (contactId) await use.announce(orderShipped({ formId, contactId, tracking: tracking ?? null }));
  return { shipment: shipment.id, order: formId };
}
const tooManyParts = () =>
  invalid(['input', 'orderId'], 'TOO_MANY', {
    en: `An order goes out in at most ${MOST_SHIPMENTS} parts.`,
    'zh-CN': `一张订单最多分 ${MOST_SHIPMENTS} 批发货。`,
  });
const tooMany = (line: number) =>
  invalid(at(line, 'quantity'), 'TOO_MANY', { en: 'There are not as many of this line left.', 'zh-CN': '该行剩余数量不足。' });

/** What goes out is reserved no more. */
async function goOut(use: UseCase, formId: string, goods: ReadonlyMap<string, number>): Promise<void> {
  await lockProducts(use, [...goods.keys()]);
  for (const [variantId, quantity] of goods) {
    const kept = await use.em.findOneOrFail(Reservation, { formId, variantId });
    if (kept.quantity === quantity) use.em.remove(kept);
    else kept.quantity -= quantity;
    await unreserve(use, { variantId, quantity, way: 'OUT' });
  }
}

/** Writes down where the order stands by its lines; what is received whole is confirmed with its form. */
export async function settleState(use: UseCase, formId: string, what: string): Promise<void> {
  const order = await use.em.findOneOrFail(Order, formId);
  order.state = stateBy(await linesOf(use, formId));
  await tellOrder(use, what, formId);
  if (order.state !== 'RECEIVED') return;
  order.receivedAt = use.now;
  await use.em.flush();
  await use.service(formsService).confirm(use, formId);
}

/** Lines of shipments of an order, oldest first. */
export const shipmentLinesOf = (use: UseCase, formId: string) => use.em.find(ShipmentLine, { formId }, { orderBy: { id: 'asc' } });

/** Goods have come: those that are named, or all of which nothing was said. @throws NotFound, ValidationFailed */
export async function confirmReceipt(
  use: UseCase,
  { orderId: formId, lines: said }: { readonly orderId: string; readonly lines?: readonly SaidOfLine[] },
): Promise<{ order: string }> {
  const lines = await shipmentLinesOf(use, formId);
  const found = resolved(saidOf(lines, said));
  await receive(use, formId, found, false);
  return { order: formId };
}
/** @throws NotFound, ValidationFailed where it cannot be said */
export function resolved(found: ReturnType<typeof saidOf>): ReadonlyMap<string, number> {
  if (!('at' in found)) return found;
  if (found.field === 'lineId') throw notFound({}, at(found.at, 'lineId'));
  throw tooMany(found.at);
}

/** Counts of lines of shipments have come. */
export async function receive(use: UseCase, formId: string, counts: ReadonlyMap<string, number>, byItself: boolean): Promise<void> {
  const lines = await shipmentLinesOf(use, formId);
  const ordered = new Map((await linesOf(use, formId)).map((line) => [line.id, line]));
  for (const line of lines) {
    const count = counts.get(line.id) ?? 0;
    line.received += count;
    ordered.get(line.orderLine.id)!.received += count;
  }
  await closeShipments(use, formId, byItself);
  await settleState(use, formId, 'RECEIVED');
}

/** Shipments of which everything was received. */
export async function closeShipments(use: UseCase, formId: string, byItself: boolean): Promise<void> {
  const lines = await shipmentLinesOf(use, formId);
  for (const shipment of await use.em.find(Shipment, { formId, receivedAt: null })) {
    const own = lines.filter((line) => line.shipment.id === shipment.id);
    if (own.some(({ quantity, received }) => received < quantity)) continue;
    use.em.assign(shipment, { receivedAt: use.now, receivedItself: byItself });
  }
}

/** Nothing has gone out: goods go back to stock, and the form ends. The order is held. */
export async function cancelOrder(
  use: UseCase,
  { orderId: formId, reason }: { readonly orderId: string; readonly reason: string },
): Promise<{ order: string }> {
  await endReservations(use, formId, 'BACK');
  await closeChange(use, formId, 'WITHDRAWN');
  use.em.assign(await use.em.findOneOrFail(Order, formId), { state: 'CANCELLED', cancelReason: reason, changedFrom: null });
  await use.em.flush();
  await releaseCredit(use, formId);
  await tellOrder(use, 'CANCELLED', formId);
  await use.service(formsService).end(use, formId, reason);
  return { order: formId };
}

/** Goods of which nothing was said for long count as received, but for those that are disputed. The form is held first. */
export async function receiveByItself(use: UseCase, formId: string, shippedBefore: Date): Promise<void> {
  await use.service(formsService).hold(use, formId);
  const { state } = await use.em.findOneOrFail(Order, formId);
  if (state !== 'PART_SHIPPED' && state !== 'SHIPPED') return; // ended meanwhile
  const late = await use.em.find(Shipment, { formId, receivedAt: null, shippedAt: { $lte: shippedBefore } });
  const lines = (await shipmentLinesOf(use, formId)).filter((line) => late.some(({ id }) => id === line.shipment.id));
  const counts = new Map(lines.flatMap((line) => (openOf(line) > 0 ? [[line.id, openOf(line)] as const] : [])));
  if (counts.size) await receive(use, formId, counts, true);
}
