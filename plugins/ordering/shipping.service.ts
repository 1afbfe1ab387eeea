import { formsService, invalid, notFound, type UseCase } from '@guichet/sdk';
import { releaseCredit } from './credit.service.ts';
import { Order, OrderLine } from './order.entity.ts';
import { holdOrder, type OrderMove } from './order.moves.ts';
import { closeChange } from './order-change-answer.service.ts';
import { tellOrder } from './order-live.service.ts';
import { unpackAll } from './packing.service.ts';
import { ordering } from './permissions.ts';
import { Shipment, ShipmentLine } from './shipment.entity.ts';
import { openOf, type SaidOfLine, saidOf, shipmentStateBy, stateBy } from './shipping.rules.ts';
import { endReservations } from './stock.service.ts';

/** Lines of an order, as it has them. */
export const linesOf = (use: UseCase, formId: string) => use.em.find(OrderLine, { formId }, { orderBy: { position: 'asc' } });
/** Where a line is named in what was given. */
export const placeOf = (line: number, field: string): string[] => ['input', 'lines', String(line), field];
export const tooMany = (line: number) =>
  invalid(placeOf(line, 'quantity'), 'TOO_MANY', { en: 'There are not as many of this line left.', 'zh-CN': '该行剩余数量不足。' });

/** Holds the form first, as whoever acts on the form does, and then the order. @throws NotFound, FORBIDDEN, InvalidTransition */
export async function holdWithForm(use: UseCase, move: OrderMove, formId: string): Promise<void> {
  const forms = use.service(formsService);
  if (use.seat.kind === 'CONTACT') await forms.enterWindow(use);
  await use.find('OrderShipping', formId, ['input', 'orderId']);
  await forms.begin(use, formId);
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

/** Lines of what has gone out of an order, oldest first. */
export async function shipmentLinesOf(use: UseCase, formId: string) {
  const gone = new Set((await use.em.find(Shipment, { formId, shippedAt: { $ne: null } })).map(({ id }) => id));
  return (await use.em.find(ShipmentLine, { formId }, { orderBy: { id: 'asc' } })).filter(({ shipment }) => gone.has(shipment.id));
}

/** Goods have come: those that are named, or all of which nothing was said. @throws NotFound, ValidationFailed */
export async function confirmReceipt(
  use: UseCase,
  { orderId: formId, lines: said }: { readonly orderId: string; readonly lines?: readonly SaidOfLine[] },
): Promise<{ order: string }> {
  const lines = await shipmentLinesOf(use, formId);
  const found = resolved(saidOf(lines, said));
  if (found.size === 0) throw nothingOpen();
  await receive(use, formId, found, false);
  return { order: formId };
}
const nothingOpen = () =>
  invalid(['input', 'orderId'], 'NOTHING_OPEN', {
    en: 'All that has gone out has come, or is disputed.',
    'zh-CN': '已发出的商品均已确认收货或存在异议。',
  });
/** @throws NotFound, ValidationFailed where it cannot be said */
export function resolved(found: ReturnType<typeof saidOf>): ReadonlyMap<string, number> {
  if (!('at' in found)) return found;
  if (found.field === 'lineId') throw notFound({}, placeOf(found.at, 'lineId'));
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
  await settleShipments(use, formId, byItself);
  await settleState(use, formId, 'RECEIVED');
}

/** Writes down where shipments stand by their lines. */
export async function settleShipments(use: UseCase, formId: string, byItself: boolean): Promise<void> {
  const lines = await shipmentLinesOf(use, formId);
  for (const shipment of await use.em.find(Shipment, { formId, shippedAt: { $ne: null }, receivedAt: null })) {
    const own = lines.filter((line) => line.shipment.id === shipment.id);
    shipment.state = shipmentStateBy(own, shipment.deliveredAt ?? null);
    if (shipment.state === 'RECEIVED') use.em.assign(shipment, { receivedAt: use.now, receivedItself: byItself });
  }
}

/** Nothing has gone out: goods go back to stock, and the form ends. The order is held. */
export async function cancelOrder(
  use: UseCase,
  { orderId: formId, reason }: { readonly orderId: string; readonly reason: string },
): Promise<{ order: string }> {
  await endReservations(use, formId, 'BACK');
  await closeChange(use, formId, 'WITHDRAWN');
  await unpackAll(use, formId);
  use.em.assign(await use.em.findOneOrFail(Order, formId), { state: 'CANCELLED', cancelReason: reason, changedFrom: null });
  await use.em.flush();
  await releaseCredit(use, formId);
  await tellOrder(use, 'CANCELLED', formId);
  await use.service(formsService).end(use, formId, reason);
  return { order: formId };
}

/** Goods of which nothing was said for long count as received, but for those that are disputed. The form is held first. */
export async function receiveByItself(use: UseCase, formId: string, before: Date): Promise<void> {
  await use.service(formsService).hold(use, formId);
  const { state } = await use.em.findOneOrFail(Order, formId);
  if (state !== 'PART_SHIPPED' && state !== 'SHIPPED') return; // ended meanwhile
  const open = await use.em.find(Shipment, { formId, receivedAt: null, shippedAt: { $lte: before } });
  const late = new Set(open.flatMap(({ id, deliveredAt }) => (deliveredAt && deliveredAt > before ? [] : [id])));
  const lines = (await shipmentLinesOf(use, formId)).filter(({ shipment }) => late.has(shipment.id));
  const counts = new Map(lines.flatMap((line) => (openOf(line) > 0 ? [[line.id, openOf(line)] as const] : [])));
  if (counts.size) await receive(use, formId, counts, true);
}
