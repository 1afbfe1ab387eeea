import {
  type GuichetBuilder,
  type InputMaker,
  invalidTransition,
  type PayloadFields,
  submitRefusals,
  types,
  type UseCase,
} from '@guichet/sdk';
import { MOST_PHOTOS } from './dispute.service.ts';
import { disputeReceipt, settleDispute } from './disputing.service.ts';
import { MOST_LINES, MOST_UNITS } from './order.rules.ts';
import { ordering } from './permissions.ts';
import { OrderShipping, Shipment, ShipmentLine, ShippingLine } from './refs.ts';
import { createShipment, deliverShipment, type Moved, sendShipment, unpackShipment } from './sending.service.ts';
import { holdShipment } from './shipment.moves.ts';
import { cancelOrder, confirmReceipt, holdWithForm } from './shipping.service.ts';

const rule = ordering.shipping;

export function shippingMutations(builder: GuichetBuilder): void {
  declareShipping(builder);
  declarePacked(builder);
  declareSettling(builder);
  declareReceiving(builder);
}

/** @throws NotFound for a line that the seat cannot come to */
export const findLines = (use: UseCase, lines: readonly { readonly lineId: string }[]): Promise<void> =>
  use.findAll(
    'ShippingLine',
    lines.map(({ lineId }) => lineId),
    (at) => ['input', 'lines', String(at), 'lineId'],
  );
export const orderId = (t: InputMaker) =>
  t.globalId(OrderShipping, { description: 'The order, as `orders` and `Order.shipping` name it.' });
export const ofOrder = (t: PayloadFields<{ order: string }>) => ({
  order: t.loaded(OrderShipping, 'order', { description: 'The order as it is now.', rule }),
});

const ofShipment = (t: PayloadFields<Moved>) => ({
  ...ofOrder(t as never),
  shipment: t.loaded(Shipment, 'shipment', { description: 'The shipment as it is now.', rule }),
});
const carriage = (t: InputMaker) => ({
  carrier: t.name({ description: 'Who carries it.', max: 100, required: false }),
  tracking: t.name({ description: 'The carrier’s own number.', max: 100, required: false }),
});

function declareShipping(builder: GuichetBuilder): void {
  const ShippedLineInput = builder.inputType('ShippedLineInput', {
    description: 'How many of a line go out.',
    fields: (t) => ({
      lineId: t.globalId(ShippingLine, { description: 'The line of the order.' }),
      quantity: t.integer({ description: 'How many.', min: 1, max: MOST_UNITS }),
    }),
  });
  builder.useCase('createShipment', {
    description:
      'Ships some lines of an order, or all that is left: goods leave the stock, and the customer is told. Or packs them, and `sendShipment` ships them.',
    rule: ordering.fulfil,
    doesOnce: true,
    input: (t) => ({
      orderId: orderId(t),
      lines: t.listOf(ShippedLineInput, {
        description: 'What goes out; all that is left unless it is said.',
        least: 1,
        most: MOST_LINES,
        required: false,
      }),
      pack: t.flag({ description: 'Whether it is packed only, and goes out by `sendShipment`.', required: false }),
      ...carriage(t),
    }),
    refusals: [invalidTransition],
    guard: async (use, { orderId: order, lines = [], pack }) => {
      await holdWithForm(use, pack ? 'pack' : 'ship', order);
      await findLines(use, lines);
    },
    run: (use, given) => createShipment(use, given),
    success: ofShipment,
  });
}

/** What is done with a shipment that is there. */
function declarePacked(builder: GuichetBuilder): void {
  const shipmentId = (t: InputMaker) => t.globalId(Shipment, { description: 'The shipment.' });
  const refusals = [invalidTransition];
  builder.useCase('sendShipment', {
    description: 'Ships what is packed: goods leave the stock, and the customer is told.',
    rule: ordering.fulfil,
    doesOnce: true,
    input: (t) => ({ shipmentId: shipmentId(t), ...carriage(t) }),
    refusals,
    guard: (use, { shipmentId: id }) => holdShipment(use, 'send', id),
    run: (use, { shipmentId: id, ...by }) => sendShipment(use, id, by),
    success: ofShipment,
  });
  builder.useCase('unpackShipment', {
    description: 'Unpacks what is packed: its goods can be packed otherwise.',
    rule: ordering.fulfil,
    doesOnce: true,
    input: (t) => ({ shipmentId: shipmentId(t) }),
    refusals,
    guard: (use, { shipmentId: id }) => holdShipment(use, 'unpack', id),
    run: (use, { shipmentId: id }) => unpackShipment(use, id),
    success: ofShipment,
  });
  builder.useCase('deliverShipment', {
    description:
      'Says that goods were delivered: the customer is told, and says whether they have come. The days after which they count as received begin anew.',
    rule: ordering.fulfil,
    doesOnce: true,
    input: (t) => ({ shipmentId: shipmentId(t) }),
    refusals,
    guard: (use, { shipmentId: id }) => holdShipment(use, 'deliver', id),
    run: (use, { shipmentId: id }) => deliverShipment(use, id),
    success: ofShipment,
  });
}

function declareSettling(builder: GuichetBuilder): void {
  builder.useCase('settleDispute', {
    description: 'Ends what a customer disputes: the goods are to be shipped once more, or are let be.',
    rule: ordering.settle,
    doesOnce: true,
    input: (t) => ({
      orderId: orderId(t),
      shipAnew: t.flag({ description: 'They are to be shipped once more, from stock; otherwise they are let be, and count as received.' }),
    }),
    refusals: [invalidTransition],
    guard: (use, { orderId: order }) => holdWithForm(use, 'settleDispute', order),
    run: (use, given) => settleDispute(use, given),
    success: ofOrder,
  });
  builder.useCase('cancelOrder', {
    description: 'Cancels an order before anything has gone out: its goods go back to stock, its form ends, and the customer is told.',
    rule: ordering.settle,
    doesOnce: true,
    input: (t) => ({ orderId: orderId(t), reason: t.text({ description: 'Why.', max: 500 }) }),
    refusals: [invalidTransition],
    guard: (use, { orderId: order }) => holdWithForm(use, 'cancel', order),
    run: (use, given) => cancelOrder(use, given),
    success: ofOrder,
  });
}

function declareReceiving(builder: GuichetBuilder): void {
  const ReceivedLineInput = builder.inputType('ReceivedLineInput', {
    description: 'How many of a line of a shipment.',
    fields: (t) => ({
      lineId: t.globalId(ShipmentLine, { description: 'The line of the shipment.' }),
      quantity: t.integer({
        description: 'How many; all of which nothing was said unless it is said.',
        min: 1,
        max: MOST_UNITS,
        required: false,
      }),
    }),
  });
  const find = async (use: UseCase, lines: readonly { readonly lineId: string }[] = []) =>
    use.findAll(
      'ShipmentLine',
      lines.map(({ lineId }) => lineId),
      (at) => ['input', 'lines', String(at), 'lineId'],
    );
  builder.useCase('confirmReceipt', {
    description:
      'Says that goods have come: those of some lines, or all of which nothing was said. With the last of them the form is confirmed.',
    rule: ordering.receive,
    doesOnce: true,
    input: (t) => ({
      orderId: orderId(t),
      lines: t.listOf(ReceivedLineInput, {
        description: 'Which ones; all unless it is said.',
        least: 1,
        most: MOST_LINES,
        required: false,
      }),
    }),
    refusals: [...submitRefusals, invalidTransition],
    guard: async (use, { orderId: order, lines }) => {
      await holdWithForm(use, 'confirmReceipt', order);
      await find(use, lines);
    },
    run: (use, given) => confirmReceipt(use, given),
    success: ofOrder,
  });
  builder.useCase('disputeReceipt', {
    description:
      'Says that goods have not come, or not as they should: whoever answers for you is told and settles it, and they do not count as received by themselves.',
    rule: ordering.receive,
    doesOnce: true,
    input: (t) => ({
      orderId: orderId(t),
      lines: t.listOf(ReceivedLineInput, { description: 'Which ones.', least: 1, most: MOST_LINES }),
      reason: t.text({ description: 'What is wrong.', max: 1_000 }),
      photoIds: t.globalIds(types.File, {
        description: 'What it looks like: photos, sent for `ORDERING_DISPUTE_PHOTO`.',
        most: MOST_PHOTOS,
        required: false,
      }),
    }),
    refusals: [...submitRefusals, invalidTransition],
    guard: async (use, { orderId: order, lines, photoIds = [] }) => {
      await use.findAll('File', photoIds, (place) => ['input', 'photoIds', String(place)]);
      await holdWithForm(use, 'disputeReceipt', order);
      await find(use, lines);
    },
    run: (use, given) => disputeReceipt(use, given),
    success: ofOrder,
  });
}
