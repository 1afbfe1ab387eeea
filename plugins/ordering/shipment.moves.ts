import { defineMoves, formsService, holdMove, stateWords, type UseCase } from '@guichet/sdk';
import { ordering } from './permissions.ts';
import { type SHIPMENT_STATES, Shipment } from './shipment.entity.ts';

export type ShipmentState = (typeof SHIPMENT_STATES)[number];

/** Where goods stand that go out together. */
export const shipmentMoves = defineMoves({
  name: 'ShipmentState',
  description: 'Where goods stand that go out together.',
  begins: 'PACKED',
  states: {
    PACKED: 'They are packed, and are still in the house.',
    UNPACKED: 'They were unpacked: they go out otherwise, or not at all.',
    SHIPPED: 'They have gone out; what is not packed first begins here.',
    DELIVERED: 'They were delivered, as whoever ships says.',
    DISPUTED: 'Some of them have not come, or not as they should.',
    RECEIVED: 'All of them have come.',
    REPLACED: 'None of them has come as it should: all of them are shipped once more.',
  },
  moves: {
    send: { from: ['PACKED'], to: ['SHIPPED'], who: ordering.fulfil, description: 'Ships what is packed.' },
    unpack: { from: ['PACKED'], to: ['UNPACKED'], who: ordering.fulfil, description: 'Unpacks it: nothing has gone out.' },
    deliver: { from: ['SHIPPED'], to: ['DELIVERED'], who: ordering.fulfil, description: 'Says that it was delivered.' },
  },
  byItself: {
    takeApart: {
      from: ['PACKED'],
      to: ['UNPACKED'],
      description: 'A change of the order is proposed, or it is decided about once more, cancelled, rejected or ended.',
    },
    receive: {
      from: ['SHIPPED', 'DELIVERED', 'DISPUTED'],
      to: ['RECEIVED'],
      description: 'All of it was received (`confirmReceipt`), or counts as received.',
    },
    dispute: { from: ['SHIPPED', 'DELIVERED'], to: ['DISPUTED'], description: 'Some of it is disputed (`disputeReceipt`).' },
    settle: {
      from: ['DISPUTED'],
      to: ['SHIPPED', 'DELIVERED', 'RECEIVED', 'REPLACED'],
      description: 'Nothing of it is disputed any more: it was settled (`settleDispute`), or the order has ended.',
    },
  },
});
export type ShipmentMove = keyof typeof shipmentMoves.moves;
export const ShipmentState = stateWords(shipmentMoves);

const path = ['input', 'shipmentId'];
/** Holds the form first, as whoever acts on an order does, and then the shipment. @throws NotFound, FORBIDDEN, InvalidTransition */
export async function holdShipment(use: UseCase, move: ShipmentMove, id: string): Promise<void> {
  await use.find('Shipment', id, path);
  const { formId } = await use.em.findOneOrFail(Shipment, id);
  await use.service(formsService).begin(use, formId);
  const stateOf = async (): Promise<ShipmentState> => (await use.em.findOneOrFail(Shipment, id, { refresh: true })).state;
  await holdMove(use, shipmentMoves, move, { type: 'Shipment', id, path, stateOf });
}
