import { defineMoves, holdMove, stateWords, type UseCase } from '@guichet/sdk';
import { type ORDER_STATES, Order } from './order.entity.ts';
import { ordering } from './permissions.ts';

export type OrderState = (typeof ORDER_STATES)[number];

/** Where an order stands that is shipped: the form keeps the decisions, this what becomes of the goods. */
export const orderMoves = defineMoves({
  name: 'OrderState',
  description: 'Where an order stands, beside its form.',
  begins: 'IN_APPROVAL',
  states: {
    IN_APPROVAL: 'Its form is decided about.',
    CONFIRMED: 'It was approved: goods can be shipped.',
    PART_SHIPPED: 'Some of it has gone out.',
    SHIPPED: 'All of it has gone out.',
    RECEIVED: 'All of it has come.',
    REJECTED: 'It was rejected.',
    CANCELLED: 'It was cancelled or withdrawn, or its form has ended: nothing more goes out.',
  },
  moves: {
    approve: {
      from: ['IN_APPROVAL'],
      to: ['CONFIRMED'],
      who: ordering.decide,
      description: 'Approves it as the last: an act of the form.',
    },
    reject: { from: ['IN_APPROVAL'], to: ['REJECTED'], who: ordering.decide, description: 'Rejects it: an act of the form.' },
    ship: {
      from: ['CONFIRMED', 'PART_SHIPPED'],
      to: ['PART_SHIPPED', 'SHIPPED'],
      who: ordering.fulfil,
      description: 'Ships some of it, or the rest.',
    },
    confirmReceipt: {
      from: ['PART_SHIPPED', 'SHIPPED'],
      to: ['PART_SHIPPED', 'SHIPPED', 'RECEIVED'],
      who: ordering.receive,
      description: 'Says that goods have come.',
    },
    disputeReceipt: {
      from: ['PART_SHIPPED', 'SHIPPED'],
      to: ['PART_SHIPPED', 'SHIPPED'],
      who: ordering.receive,
      description: 'Says that goods have not come, or not as they should.',
    },
    settleDispute: {
      from: ['PART_SHIPPED', 'SHIPPED'],
      to: ['PART_SHIPPED', 'SHIPPED', 'RECEIVED'],
      who: ordering.settle,
      description: 'Sends disputed goods anew, or lets them be.',
    },
    cancel: {
      from: ['IN_APPROVAL', 'CONFIRMED'],
      to: ['CANCELLED'],
      who: ordering.settle,
      description: 'Cancels it, with a reason, before anything has gone out.',
    },
  },
});
export type OrderMove = keyof typeof orderMoves.moves;
export const OrderState = stateWords(orderMoves);

/** Locks an order for a move. @throws NotFound, FORBIDDEN, InvalidTransition */
export const holdOrder = (use: UseCase, move: OrderMove, formId: string): Promise<OrderState> =>
  holdMove(use, orderMoves, move, {
    type: 'OrderShipping',
    id: formId,
    path: ['input', 'orderId'],
    stateOf: async () => (await use.em.findOneOrFail(Order, formId)).state,
  });

/** A move that the form makes: an order that is elsewhere stays there. */
export const moveByForm = (use: UseCase, formId: string, from: readonly OrderState[], to: OrderState): Promise<unknown> =>
  use.on(Order).updateTable('plg_ordering.orders').set({ state: to }).where('form_id', '=', formId).where('state', 'in', from).execute();
