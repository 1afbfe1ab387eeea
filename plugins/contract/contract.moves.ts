import { defineMoves, stateWords } from '@guichet/sdk';
import { contract } from './permissions.ts';

const { own, both, sign, keep, counterparty } = contract;
const WITH_SIGNATURES = ['PART_SIGNED', 'SIGNED', 'SIGNING_EXPIRED', 'DECLINED'] as const;

/** Where a contract stands, and who moves it (spec 8.5). What time moves, no rule admits anybody to: it is no move of these. */
export const contractMoves = defineMoves({
  name: 'ContractState',
  description: 'Where a contract stands.',
  begins: 'DRAFT',
  states: {
    DRAFT: 'It is being written.',
    INTERNAL_REVIEW: 'Its reviewers have it.',
    REVISING: 'It is written anew.',
    NEGOTIATION: 'Its reviewers have agreed; the counterparty may be shown it and comment on it.',
    APPROVED_TO_SIGN: 'It is frozen: its hash is fixed.',
    SIGNING: 'It waits for the first signature.',
    PART_SIGNED: 'Some have signed.',
    SIGNED: 'All have signed.',
    ACTIVE: 'It is in force.',
    EXPIRING: 'It is in force, and its last day is near.',
    RENEWED: 'It is in force once more, as agreed.',
    EXPIRED: 'Its last day is over.',
    TERMINATED: 'All its parties have ended it.',
    DECLINED: 'Somebody would not sign.',
    SIGNING_EXPIRED: 'Not all have signed in time.',
    VOIDED: 'It was made void.',
    SUPERSEDED: 'An amendment has taken its place.',
  },
  moves: {
    addVersion: {
      from: [
        'DRAFT',
        'INTERNAL_REVIEW',
        'REVISING',
        'NEGOTIATION',
        'APPROVED_TO_SIGN',
        'SIGNING',
        'PART_SIGNED',
        'SIGNING_EXPIRED',
        'DECLINED',
      ],
      to: ['REVISING'],
      staysIn: ['DRAFT'],
      who: own,
      description: 'Writes it anew: it is to be reviewed again, and signatures are void.',
    },
    addCounterparty: { from: ['DRAFT'], who: own, description: 'Makes it with one counterparty more.' },
    removeCounterparty: { from: ['DRAFT'], who: own, description: 'Makes it without a further counterparty.' },
    requestReview: {
      from: ['DRAFT', 'REVISING', 'NEGOTIATION'],
      to: ['INTERNAL_REVIEW'],
      who: own,
      description: 'Gives it to its reviewers, as the form of the core says.',
    },
    share: { from: ['NEGOTIATION'], who: own, description: 'Shows the version that is current to the counterparty.' },
    proposeEdit: {
      from: ['NEGOTIATION', 'REVISING', 'INTERNAL_REVIEW'],
      who: counterparty,
      description: 'Proposes another wording.',
    },
    freeze: { from: ['NEGOTIATION'], to: ['APPROVED_TO_SIGN'], who: own, description: 'Fixes what was approved, and its hash.' },
    send: { from: ['APPROVED_TO_SIGN'], to: ['SIGNING'], who: own, description: 'Sends it to whoever signs.' },
    sign: { from: ['SIGNING', 'PART_SIGNED'], to: ['PART_SIGNED', 'SIGNED'], who: sign, description: 'Signs it.' },
    recordPaper: {
      from: ['SIGNING', 'PART_SIGNED'],
      to: ['PART_SIGNED', 'SIGNED'],
      who: own,
      description: 'Writes down a signature on paper.',
    },
    delegate: {
      from: ['SIGNING', 'PART_SIGNED'],
      who: own,
      description: 'Names who signs in the place of somebody absent.',
    },
    decline: { from: ['SIGNING', 'PART_SIGNED'], to: ['DECLINED'], who: sign, description: 'Does not sign it.' },
    extend: {
      from: ['SIGNING', 'PART_SIGNED', 'SIGNING_EXPIRED'],
      to: ['SIGNING', 'PART_SIGNED'],
      who: keep,
      description: 'Gives more time to sign.',
    },
    void: {
      from: ['DRAFT', 'REVISING', 'NEGOTIATION', 'APPROVED_TO_SIGN', 'SIGNING', ...WITH_SIGNATURES],
      to: ['VOIDED', ...WITH_SIGNATURES],
      who: keep,
      description: 'Makes it void; where somebody has signed, every counterparty that has has to agree.',
    },
    voidTogether: {
      from: WITH_SIGNATURES,
      to: ['VOIDED', ...WITH_SIGNATURES],
      who: counterparty,
      description: 'Asks that it be void, where somebody has signed, or agrees to that.',
    },
    terminate: {
      from: ['ACTIVE', 'EXPIRING', 'RENEWED'],
      who: both,
      description: 'Ends it before its time: one party asks, the others agree.',
    },
    amend: {
      from: ['SIGNED', 'ACTIVE', 'EXPIRING', 'RENEWED'],
      who: own,
      description: 'Drafts an amendment, which takes its place when it is signed.',
    },
    expire: { from: ['SIGNING', 'PART_SIGNED'], to: ['SIGNING_EXPIRED'], who: contract.clock, description: 'The time to sign is over.' },
    activate: { from: ['SIGNED'], to: ['ACTIVE'], who: contract.clock, description: 'Its first day has come.' },
    warn: { from: ['ACTIVE', 'RENEWED'], to: ['EXPIRING'], who: contract.clock, description: 'Its last day is near.' },
    end: {
      from: ['ACTIVE', 'EXPIRING', 'RENEWED'],
      to: ['EXPIRED', 'RENEWED', 'TERMINATED'],
      who: contract.clock,
      description: 'Its last day is over: it ends, or goes on as agreed.',
    },
  },
  byItself: {
    approve: { from: ['INTERNAL_REVIEW'], to: ['NEGOTIATION'], description: 'Its reviewers have agreed, in the form of the core.' },
    sendBack: {
      from: ['INTERNAL_REVIEW'],
      to: ['REVISING'],
      description: 'They have returned or rejected it, or its review was taken back.',
    },
    resubmit: { from: ['REVISING'], to: ['INTERNAL_REVIEW'], description: 'The form that was returned is handed in again.' },
    supersede: {
      from: ['SIGNED', 'ACTIVE', 'EXPIRING', 'RENEWED'],
      to: ['SUPERSEDED'],
      description: 'All have signed an amendment of it.',
    },
    rescind: {
      from: ['SIGNED', 'ACTIVE', 'EXPIRING', 'RENEWED'],
      to: ['TERMINATED'],
      description: 'Another app says so: a side has rescinded it in the days that it had for that.',
    },
  },
});
export type ContractState = keyof typeof contractMoves.states;
export type ContractMove = keyof typeof contractMoves.moves;
export const ContractStateName = stateWords(contractMoves);
