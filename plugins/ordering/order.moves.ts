import { defineMoves, holdMove, stateWords, type UseCase } from '@guichet/sdk';
import { releaseCredit } from './credit.service.ts';
import { type ORDER_STATES, Order } from './order.entity.ts';
import { tellOrder } from './order-live.service.ts';
import { unpackAll } from './packing.service.ts';
import { ordering } from './permissions.ts';

export type OrderState = (typeof ORDER_STATES)[number];

/** Where an order stands that is shipped: the form keeps the decisions, this what becomes of the goods. */
export const orderMoves = defineMoves({
  name: 'OrderState',
  description: 'Where an order stands, beside its form.',
  begins: 'IN_APPROVAL',
  states: {
    IN_APPROVAL: 'Its form is decided about.',
    EXPIRED: 'Its form is still decided about, and its goods are kept no more: an approval takes them anew, if they are there.',
    CHANGE_PROPOSED: 'Something else was proposed to the customer, who has not answered yet.',
    NEEDS_CORRECTION: 'The customer did not take what was proposed, or has not answered in time.',
    CONFIRMED: 'It was approved: goods can be shipped.',
    PART_SHIPPED: 'Some of it has gone out.',
    SHIPPED: 'All of it has gone out.',
    RECEIVED: 'All of it has come.',
    REJECTED: 'It was rejected.',
    CANCELLED: 'It was cancelled or withdrawn, or its form has ended: nothing more goes out.',
  },
  moves: {
    proposeChange: {
      from: ['IN_APPROVAL', 'EXPIRED', 'NEEDS_CORRECTION', 'CONFIRMED'],
      to: ['CHANGE_PROPOSED'],
      who: ordering.propose,
      description: 'Proposes other quantities or prices, for some time.',
    },
    answerChange: {
      from: ['CHANGE_PROPOSED'],
      to: ['IN_APPROVAL', 'CONFIRMED', 'NEEDS_CORRECTION', 'CANCELLED'],
      who: ordering.answer,
      description: 'Takes what was proposed, does not, or gives the order up.',
    },
    withdrawChange: {
      from: ['CHANGE_PROPOSED', 'NEEDS_CORRECTION'],
      to: ['IN_APPROVAL', 'EXPIRED', 'CONFIRMED'],
      who: ordering.propose,
      description: 'Takes a proposal back: the order stands as it was.',
    },
    pack: {
      from: ['CONFIRMED', 'PART_SHIPPED'],
      who: ordering.fulfil,
      description: 'Packs some of it, or the rest: `Shipment` says where that stands.',
    },
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
      to: ['CONFIRMED', 'PART_SHIPPED', 'SHIPPED', 'RECEIVED'],
      who: ordering.settle,
      description: 'Sends disputed goods anew, or lets them be.',
    },
    cancel: {
      from: ['IN_APPROVAL', 'EXPIRED', 'CHANGE_PROPOSED', 'NEEDS_CORRECTION', 'CONFIRMED'],
      to: ['CANCELLED'],
      who: ordering.settle,
      description: 'Cancels it, with a reason, before anything has gone out.',
    },
  },
  byItself: {
    approve: {
      from: ['IN_APPROVAL', 'EXPIRED', 'NEEDS_CORRECTION'],
      to: ['CONFIRMED'],
      description: 'Its form is approved by the last; what is kept no more is taken anew.',
    },
    reopen: {
      from: ['CONFIRMED'],
      to: ['IN_APPROVAL'],
      description: 'An admin gives somebody the turn once more, before anything has gone out.',
    },
    reject: {
      from: ['IN_APPROVAL', 'EXPIRED', 'CHANGE_PROPOSED', 'NEEDS_CORRECTION', 'CONFIRMED'],
      to: ['REJECTED'],
      description: 'Its form is rejected.',
    },
    end: {
      from: ['IN_APPROVAL', 'EXPIRED', 'CHANGE_PROPOSED', 'NEEDS_CORRECTION', 'CONFIRMED', 'PART_SHIPPED', 'SHIPPED'],
      to: ['CANCELLED'],
      description: 'Its form is withdrawn or ended.',
    },
    expire: { from: ['IN_APPROVAL'], to: ['EXPIRED'], description: 'The days that its goods are kept are over.' },
    lapse: { from: ['CHANGE_PROPOSED'], to: ['NEEDS_CORRECTION'], description: 'The time to answer is over.' },
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

/** A move that nobody makes: an order that is elsewhere stays there. */
export async function moveByItself(use: UseCase, formId: string, move: keyof NonNullable<typeof orderMoves.byItself>): Promise<void> {
  const { from, to } = orderMoves.byItself![move]!;
  const { numUpdatedRows: moved } = await use
    .on(Order)
    .updateTable('plg_ordering.orders')
    .set({ state: to[0]!, ...(move === 'lapse' ? {} : { changed_from: null }) })
    .where('form_id', '=', formId)
    .where('state', 'in', from)
    .executeTakeFirstOrThrow();
  if (moved === 0n) return;
  if (to[0] !== 'CONFIRMED') await unpackAll(use, formId);
  if (to[0] === 'REJECTED' || to[0] === 'CANCELLED') await releaseCredit(use, formId);
  await tellOrder(use, to[0]!, formId);
}
