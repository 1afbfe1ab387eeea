import { defineMoves, stateWords } from '@guichet/sdk';
import { repair } from './permissions.ts';

/** Where a repair stands. What a visit does to it is told in `byItself`: the technician moves the visit, and the repair follows. */
export const repairMoves = defineMoves({
  name: 'RepairState',
  description: 'Where a repair stands. More may come: have a default branch.',
  begins: 'SUBMITTED',
  states: {
    SUBMITTED: 'The customer has asked for it.',
    TRIAGED: 'It is known how urgent it is; its deadline runs.',
    NEEDS_INFO: 'The customer was asked something; the deadline stands still.',
    QUOTED: 'The customer has a quote to answer.',
    QUOTE_ACCEPTED: 'The customer has taken the quote.',
    QUOTE_REFUSED: 'The customer does not want it at this price.',
    SCHEDULED: 'A visit is planned.',
    IN_PROGRESS: 'A technician is at it.',
    WORK_DONE: 'The technician is done; the customer is asked.',
    DISPUTED: 'The customer says that it is not done.',
    CONFIRMED: 'It is done, and confirmed.',
    REOPENED: 'It is to be done again, within the guarantee.',
    CANCELLED: 'It was rejected or withdrawn.',
  },
  moves: {
    triageRepair: {
      from: ['SUBMITTED', 'TRIAGED'],
      to: ['TRIAGED'],
      who: repair.triage,
      description: 'Says how urgent it is, and whether it is in guarantee: the deadline runs from now on.',
    },
    askRepairInfo: {
      from: ['TRIAGED'],
      to: ['NEEDS_INFO'],
      who: repair.triage,
      description: 'Asks the customer; the deadline stands still meanwhile.',
    },
    answerRepairInfo: {
      from: ['NEEDS_INFO'],
      to: ['TRIAGED'],
      who: repair.customer,
      description: 'Answers what was asked: the deadline runs on.',
    },
    quoteRepair: {
      from: ['TRIAGED', 'QUOTED', 'QUOTE_REFUSED', 'IN_PROGRESS', 'REOPENED'],
      to: ['QUOTED'],
      who: repair.quote,
      description: 'Makes a quote, which takes the place of an open one. In the middle of a visit, the visit waits for the customer.',
    },
    answerRepairQuote: {
      from: ['QUOTED'],
      to: ['QUOTE_ACCEPTED', 'QUOTE_REFUSED', 'IN_PROGRESS'],
      who: repair.customer,
      description: 'Takes the quote, or does not. In the middle of a visit, the visit can go on.',
    },
    scheduleVisit: {
      from: ['TRIAGED', 'QUOTE_ACCEPTED', 'DISPUTED', 'REOPENED'],
      to: ['SCHEDULED'],
      who: repair.dispatch,
      description: 'Plans a visit of a technician.',
    },
    signOffWork: { from: ['WORK_DONE'], to: ['CONFIRMED'], who: repair.customer, description: 'Says that the work is done.' },
    signOffAtSite: {
      from: ['WORK_DONE'],
      to: ['CONFIRMED'],
      who: repair.work,
      description: 'The contact at the site signs, by a code to their phone.',
    },
    disputeWork: { from: ['WORK_DONE'], to: ['DISPUTED'], who: repair.customer, description: 'Says that the work is not done, and why.' },
    reopenRepair: {
      from: ['CONFIRMED'],
      to: ['REOPENED'],
      who: repair.customer,
      description: 'Opens it again within the guarantee; it counts against being fixed at the first time.',
    },
  },
  byItself: {
    start: { from: ['SCHEDULED'], to: ['IN_PROGRESS'], description: 'The technician is on the way.' },
    finish: {
      from: ['SCHEDULED', 'IN_PROGRESS'],
      to: ['WORK_DONE'],
      description: 'The technician has finished the visit; the core asks the customer.',
    },
    cannotComplete: {
      from: ['IN_PROGRESS', 'QUOTED', 'QUOTE_REFUSED'],
      to: ['TRIAGED'],
      description: 'The technician could not complete it: another visit is to be planned.',
    },
    expireQuote: { from: ['QUOTED'], to: ['TRIAGED', 'IN_PROGRESS'], description: 'The quote was not answered in time.' },
    approve: {
      from: ['SUBMITTED', 'TRIAGED', 'NEEDS_INFO', 'QUOTED', 'QUOTE_ACCEPTED', 'QUOTE_REFUSED', 'SCHEDULED', 'IN_PROGRESS', 'DISPUTED'],
      to: ['WORK_DONE'],
      description: 'Whoever has the form’s turn approves it: it was solved without a visit. Visits that are open are called off.',
    },
    confirmItself: {
      from: ['WORK_DONE'],
      to: ['CONFIRMED'],
      description: 'The customer was silent for as long as the settings say, and no signature is needed.',
    },
    cancel: {
      from: [
        'SUBMITTED',
        'TRIAGED',
        'NEEDS_INFO',
        'QUOTED',
        'QUOTE_ACCEPTED',
        'QUOTE_REFUSED',
        'SCHEDULED',
        'IN_PROGRESS',
        'WORK_DONE',
        'DISPUTED',
      ],
      to: ['CANCELLED'],
      description: 'The form was rejected, withdrawn or ended. Visits that are open are called off.',
    },
  },
});
export const RepairState = stateWords(repairMoves);
export type State = keyof typeof repairMoves.states;
export type RepairMove = keyof typeof repairMoves.moves;
