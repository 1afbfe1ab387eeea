import { defineMoves, formsService, holdMove, stateWords, type UseCase } from '@guichet/sdk';
import { ordering } from './permissions.ts';
import { OrderReturn, type RETURN_STATES } from './return.entity.ts';

export type ReturnState = (typeof RETURN_STATES)[number];

/** Where goods stand that their customer gives back. */
export const returnMoves = defineMoves({
  name: 'OrderReturnState',
  description: 'Where goods stand that their customer gives back.',
  begins: 'REQUESTED',
  states: {
    REQUESTED: 'The customer asks for it.',
    APPROVED: 'The customer may send them.',
    SENT: 'They are on their way back.',
    ARRIVED: 'They have come back.',
    CREDITED: 'What they cost was taken off the order.',
    REFUSED: 'They are not taken back.',
  },
  moves: {
    approve: { from: ['REQUESTED'], to: ['APPROVED'], who: ordering.settle, description: 'Takes them back.' },
    refuse: {
      from: ['REQUESTED', 'ARRIVED'],
      to: ['REFUSED'],
      who: ordering.settle,
      description: 'Does not take them back, also when they have come.',
    },
    send: { from: ['APPROVED'], to: ['SENT'], who: ordering.giveBack, description: 'Says that they are on their way.' },
    receive: { from: ['APPROVED', 'SENT'], to: ['ARRIVED'], who: ordering.fulfil, description: 'Says that they have come.' },
    credit: { from: ['ARRIVED'], to: ['CREDITED'], who: ordering.payment, description: 'Takes what they cost off the order.' },
  },
});
export type ReturnMove = keyof typeof returnMoves.moves;
export const OrderReturnState = stateWords(returnMoves);

const path = ['input', 'returnId'];
/** Holds the form first, as whoever acts on an order does, and then the return. @returns the form. @throws NotFound, FORBIDDEN, InvalidTransition */
export async function holdReturn(use: UseCase, move: ReturnMove, id: string): Promise<void> {
  const forms = use.service(formsService);
  if (use.seat.kind === 'CONTACT') await forms.enterWindow(use);
  await use.find('OrderReturn', id, path);
  const { formId } = await use.em.findOneOrFail(OrderReturn, id);
  await forms.hold(use, formId);
  const stateOf = async (): Promise<ReturnState> => (await use.em.findOneOrFail(OrderReturn, id, { refresh: true })).state;
  await holdMove(use, returnMoves, move, { type: 'OrderReturn', id, path, stateOf });
}
