import { defineMoves, formsService, holdMove, stateWords, type UseCase } from '@guichet/sdk';
import { OrderRequest, type REQUEST_STATES } from './order-request.entity.ts';
import { ordering } from './permissions.ts';

export type RequestState = (typeof REQUEST_STATES)[number];

/** Where an order stands that is to be approved inside the customer's company first. */
export const requestMoves = defineMoves({
  name: 'OrderRequestState',
  description: 'Where an order stands that is to be approved inside the customer’s company first.',
  begins: 'WAITING',
  states: {
    WAITING: 'Somebody else of the company is to decide.',
    APPROVED: 'It is an order.',
    REFUSED: 'The company does not want it; it can be taken back into the cart.',
    TAKEN_BACK: 'It is in the cart again.',
  },
  moves: {
    approve: { from: ['WAITING'], to: ['APPROVED'], who: ordering.approve, description: 'Places the order, for whoever asked.' },
    refuse: { from: ['WAITING'], to: ['REFUSED'], who: ordering.approve, description: 'Does not want it, and says why.' },
    takeBack: { from: ['WAITING', 'REFUSED'], to: ['TAKEN_BACK'], who: ordering.ask, description: 'Puts what it has into the cart again.' },
  },
});
export type RequestMove = keyof typeof requestMoves.moves;
export const OrderRequestState = stateWords(requestMoves);

const path = ['input', 'requestId'];
/** Holds the customer who asks first, as an order does, and then the request. @throws NotFound, FORBIDDEN, WindowSuspended, InvalidTransition */
export async function holdRequest(use: UseCase, move: RequestMove, id: string): Promise<void> {
  await use.find('OrderRequest', id, path);
  const { contactId } = await use.em.findOneOrFail(OrderRequest, id);
  if (contactId === use.seat.id) await use.service(formsService).enterWindow(use);
  else await use.service(formsService).enterWindowFor(use, contactId, path);
  const stateOf = async (): Promise<RequestState> => (await use.em.findOneOrFail(OrderRequest, id, { refresh: true })).state;
  await holdMove(use, requestMoves, move, { type: 'OrderRequest', id, path, stateOf });
}
