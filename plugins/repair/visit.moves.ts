import { defineMoves, stateWords } from '@guichet/sdk';
import { repair } from './permissions.ts';

/** Where a visit stands: its technician alone moves it once it is dispatched. */
export const visitMoves = defineMoves({
  name: 'RepairVisitState',
  description: 'Where a visit stands. More may come: have a default branch.',
  begins: 'SCHEDULED',
  states: {
    SCHEDULED: 'It is planned; nobody was told yet.',
    DISPATCHED: 'The technician was told, and the customer knows the window.',
    ACCEPTED: 'The technician will come.',
    DECLINED: 'The technician will not come: it is to be given to somebody else.',
    EN_ROUTE: 'The technician is on the way.',
    ON_SITE: 'The technician is there.',
    IN_PROGRESS: 'The work is going on.',
    ON_HOLD: 'The work rests: for parts, for the customer, or for somebody who knows more.',
    DONE: 'It is finished.',
    CANNOT_COMPLETE: 'It is over, and the work is not done.',
    CANCELLED: 'It was called off with its repair.',
  },
  moves: {
    moveVisit: {
      from: ['SCHEDULED', 'DISPATCHED', 'ACCEPTED', 'DECLINED'],
      to: ['SCHEDULED'],
      who: repair.dispatch,
      description: 'Gives it another window, or another technician: the former one sees it no more.',
    },
    dispatchVisit: {
      from: ['SCHEDULED'],
      to: ['DISPATCHED'],
      who: repair.dispatch,
      description: 'Sends the technician; the customer learns the window.',
    },
    acceptVisit: { from: ['DISPATCHED'], to: ['ACCEPTED'], who: repair.work, description: 'Will come.' },
    declineVisit: { from: ['DISPATCHED', 'ACCEPTED'], to: ['DECLINED'], who: repair.work, description: 'Will not come, and says why.' },
    startVisit: { from: ['ACCEPTED'], to: ['EN_ROUTE'], who: repair.work, description: 'Sets out.' },
    arriveAtVisit: { from: ['EN_ROUTE'], to: ['ON_SITE'], who: repair.work, description: 'Is there.' },
    beginVisitWork: { from: ['ON_SITE'], to: ['IN_PROGRESS'], who: repair.work, description: 'Begins to work.' },
    holdVisit: { from: ['IN_PROGRESS'], to: ['ON_HOLD'], who: repair.work, description: 'Lets the work rest, and says for what.' },
    resumeVisit: { from: ['ON_HOLD'], to: ['IN_PROGRESS'], who: repair.work, description: 'Goes on.' },
    finishVisit: {
      from: ['ACCEPTED', 'EN_ROUTE', 'ON_SITE', 'IN_PROGRESS'],
      to: ['DONE'],
      who: repair.work,
      description: 'Is done. What was sent before and comes later from a telephone without a network is noted with its own time.',
    },
    cannotComplete: {
      from: ['EN_ROUTE', 'ON_SITE', 'IN_PROGRESS', 'ON_HOLD'],
      to: ['CANNOT_COMPLETE'],
      who: repair.work,
      description: 'Could not complete the work; says why, and when to come again.',
    },
  },
  byItself: {
    cancel: {
      from: ['SCHEDULED', 'DISPATCHED', 'ACCEPTED', 'DECLINED', 'EN_ROUTE', 'ON_SITE', 'IN_PROGRESS', 'ON_HOLD'],
      to: ['CANCELLED'],
      description: 'Its repair was rejected or withdrawn, or solved without it.',
    },
  },
});
export const RepairVisitState = stateWords(visitMoves);
export type VisitState = keyof typeof visitMoves.states;
export type VisitMove = keyof typeof visitMoves.moves;
/** In which the technician is to come, or is there. */
export const UNDER_WAY = [
  'DISPATCHED',
  'ACCEPTED',
  'EN_ROUTE',
  'ON_SITE',
  'IN_PROGRESS',
  'ON_HOLD',
] as const satisfies readonly VisitState[];
/** In which a visit is not over. */
export const OPEN_VISITS = ['SCHEDULED', 'DECLINED', ...UNDER_WAY] as const satisfies readonly VisitState[];
