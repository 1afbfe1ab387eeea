import { invalid, notFound, type UseCase } from '@guichet/sdk';
import { Order, Reservation } from './order.entity.ts';
import { tellOrder } from './order-live.service.ts';
import { packedOf } from './packing.service.ts';
import { Shipment, ShipmentLine } from './shipment.entity.ts';
import { orderDelivered, orderShipped } from './shipping.events.ts';
import { MOST_SHIPMENTS } from './shipping.rules.ts';
import { linesOf, placeOf, settleState, tooMany } from './shipping.service.ts';
import { lockProducts, unreserve } from './stock.service.ts';

export interface ShippedLine {
  readonly lineId: string;
  readonly quantity: number;
}
export interface Carriage {
  readonly carrier?: string;
  readonly tracking?: string;
}
export interface NewShipment extends Carriage {
  readonly orderId: string;
  readonly lines?: readonly ShippedLine[];
  /** It stays in the house until it is sent. */
  readonly pack?: boolean;
}
export interface Moved {
  readonly shipment: string;
  readonly order: string;
}

/** Goods go out, or are packed first: of each line no more than was ordered and is neither packed nor gone. The order is held. @throws NotFound, ValidationFailed */
export async function createShipment(
  use: UseCase,
  { orderId: formId, lines: given, pack = false, carrier, tracking }: NewShipment,
): Promise<Moved> {
  if ((await use.em.count(Shipment, { formId, state: { $ne: 'UNPACKED' } })) >= MOST_SHIPMENTS) throw tooManyParts();
  const packed = await packedOf(use, formId);
  const left = new Map(
    (await linesOf(use, formId)).map(({ id, quantity, shipped }) => [id, quantity - shipped - (packed.get(id) ?? 0)] as const),
  );
  const asked = given ?? [...left].flatMap(([lineId, quantity]) => (quantity > 0 ? [{ lineId, quantity }] : []));
  if (asked.length === 0) throw nothingLeft();
  for (const [i, { lineId, quantity }] of asked.entries()) {
    if (!left.has(lineId) || asked.findIndex((one) => one.lineId === lineId) < i) throw notFound({}, placeOf(i, 'lineId'));
    if (quantity > left.get(lineId)!) throw tooMany(i);
  }
  const by = { carrier: carrier ?? null, tracking: tracking ?? null };
  const { id } = use.em.create(Shipment, { formId, ...by, ...(pack ? { state: 'PACKED', packedAt: use.now } : gone(use)) });
  for (const { lineId, quantity } of asked) use.em.create(ShipmentLine, { formId, shipment: id, orderLine: lineId, quantity });
  if (pack) await tellOrder(use, 'PACKED', formId);
  else await goOut(use, formId, { lines: asked, tracking: by.tracking });
  return { shipment: id, order: formId };
}
const gone = ({ now, seat }: UseCase) => ({ state: 'SHIPPED', shippedAt: now, shippedBy: seat.id }) as const;
const tooManyParts = () =>
  invalid(['input', 'orderId'], 'TOO_MANY', {
    en: `An order goes out in at most ${MOST_SHIPMENTS} parts.`,
    'zh-CN': `一张订单最多分 ${MOST_SHIPMENTS} 批发货。`,
  });
const nothingLeft = () =>
  invalid(['input', 'lines'], 'NOTHING_LEFT', {
    en: 'All that is left of it is packed: send that, or unpack it.',
    'zh-CN': '剩余商品均已打包，请发出已打包的货物或取消打包。',
  });

/** What is packed goes out. It is held. @param by as it was said when it was packed, where it is not said now */
export async function sendShipment(use: UseCase, id: string, { carrier, tracking }: Carriage): Promise<Moved> {
  const shipment = await use.em.findOneOrFail(Shipment, id);
  const { formId } = shipment;
  use.em.assign(shipment, { ...gone(use), carrier: carrier ?? shipment.carrier, tracking: tracking ?? shipment.tracking });
  const packed = await use.em.find(ShipmentLine, { shipment: id });
  const lines = packed.map(({ orderLine, quantity }) => ({ lineId: orderLine.id, quantity }));
  await goOut(use, formId, { lines, tracking: shipment.tracking ?? null });
  return { shipment: id, order: formId };
}

/** What is packed stays, as goods that can be packed. It is held. */
export async function unpackShipment(use: UseCase, id: string): Promise<Moved> {
  const shipment = await use.em.findOneOrFail(Shipment, id);
  shipment.state = 'UNPACKED';
  await tellOrder(use, 'UNPACKED', shipment.formId);
  return { shipment: id, order: shipment.formId };
}

/** Whoever ships says that goods were delivered; the customer says whether they have come. It is held. */
export async function deliverShipment(use: UseCase, id: string): Promise<Moved> {
  const shipment = await use.em.findOneOrFail(Shipment, id);
  const { formId } = shipment;
  use.em.assign(shipment, { state: 'DELIVERED', deliveredAt: use.now });
  await tellOrder(use, 'DELIVERED', formId);
  const { contactId } = await use.em.findOneOrFail(Order, formId);
  if (contactId) await use.announce(orderDelivered({ formId, contactId }));
  return { shipment: id, order: formId };
}

/** Goods leave the house: they are out of stock, and the customer is told. */
async function goOut(
  use: UseCase,
  formId: string,
  { lines: going, tracking }: { readonly lines: readonly ShippedLine[]; readonly tracking: string | null },
): Promise<void> {
  const ordered = new Map((await linesOf(use, formId)).map((line) => [line.id, line]));
  const goods = new Map<string, number>();
  for (const { lineId, quantity } of going) {
    const line = ordered.get(lineId)!;
    line.shipped += quantity;
    const variantId = line.variantId ?? line.product.id;
    goods.set(variantId, (goods.get(variantId) ?? 0) + quantity);
  }
  await takeOut(use, formId, goods);
  await settleState(use, formId, 'SHIPPED');
  const { contactId } = await use.em.findOneOrFail(Order, formId);
  if (contactId) await use.announce(orderShipped({ formId, contactId, tracking }));
}

/** What goes out is reserved no more. @throws ValidationFailed where it was not: what is kept for others does not go out */
async function takeOut(use: UseCase, formId: string, goods: ReadonlyMap<string, number>): Promise<void> {
  await lockProducts(use, [...goods.keys()]);
  for (const [variantId, quantity] of goods) {
    const kept = await use.em.findOne(Reservation, { formId, variantId });
    if (!kept || kept.quantity < quantity) throw notKept();
    if (kept.quantity === quantity) use.em.remove(kept);
    else kept.quantity -= quantity;
    await unreserve(use, { variantId, quantity, way: 'OUT' });
  }
}
const notKept = () =>
  invalid(['input'], 'NOT_KEPT', { en: 'These goods are kept for the order no more.', 'zh-CN': '该订单的货物已不再预留。' });
