import { defineMoves, stateWords } from '@guichet/sdk';
import { franchise } from './permissions.ts';

const { recruit, applicant, own, verify, inspect, score, judge, decide, finance, disclose } = franchise;

const BEFORE_DECISION = ['INTERVIEW', 'SITE_CHECK', 'SCORED'] as const;
const AFTER_DECISION = ['PROVISIONAL', 'DISCLOSED', 'DISCLOSURE_ACKNOWLEDGED'] as const;
const REVIEWED = ['UNDER_REVIEW', 'NEEDS_DOCUMENTS'] as const;
/** Documents that are asked for here hold nothing up as yet. */
const AGREED_ON = [...BEFORE_DECISION, ...AFTER_DECISION, 'CONTRACTING'] as const;
const ASKED = [...REVIEWED, ...AGREED_ON] as const;
const WATCHED = [...ASKED, 'COMMITTEE', 'COOLING_OFF', 'OPENING'] as const;
const HELD = ['QUALIFIED', 'APPLIED', ...ASKED] as const;
const JOINED = ['INQUIRY', ...HELD.filter((state) => state !== 'CONTRACTING'), 'COMMITTEE'] as const;
/** A deposit comes once the committee has agreed, and is not rejected any more. */
const ENDED_AGREED = ['WITHDRAWN', 'LAPSED', 'RESCINDED'] as const;
const ENDED_WITHOUT = ['REJECTED', ...ENDED_AGREED] as const;

/** Where an application stands, and who moves it (spec 8.5). */
export const franchiseMoves = defineMoves({
  name: 'FranchiseState',
  description: 'Where an application for a franchise stands.',
  begins: 'INQUIRY',
  states: {
    INQUIRY: 'Somebody asks for a franchise.',
    QUALIFIED: 'It is worth an application: the applicant fills it in.',
    APPLIED: 'The application is in.',
    UNDER_REVIEW: 'It is reviewed.',
    NEEDS_DOCUMENTS: 'The applicant is asked for documents.',
    INTERVIEW: 'There is an interview.',
    SITE_CHECK: 'The site is looked at, and the application is scored.',
    SCORED: 'All who score it have.',
    COMMITTEE: 'The committee decides.',
    PROVISIONAL: 'The committee agrees; the territory is kept.',
    DISCLOSED: 'What the law wants disclosed was sent.',
    DISCLOSURE_ACKNOWLEDGED: 'The applicant has acknowledged it; the days of the law run.',
    CONTRACTING: 'The contract is made and signed.',
    COOLING_OFF: 'The contract is signed, and may still be rescinded.',
    OPENING: 'The store is made ready.',
    OPEN: 'The store is open.',
    REJECTED: 'It was rejected.',
    WITHDRAWN: 'The applicant has withdrawn it.',
    LAPSED: 'The applicant has not answered for too long.',
    RESCINDED: 'The applicant has rescinded the contract.',
  },
  moves: {
    saveStage: {
      from: ['INQUIRY', 'QUALIFIED', 'NEEDS_DOCUMENTS'],
      who: applicant,
      description: 'Saves what the applicant has filled in so far.',
    },
    submitStage: {
      from: ['QUALIFIED', 'NEEDS_DOCUMENTS'],
      to: ['APPLIED', 'UNDER_REVIEW'],
      who: applicant,
      description: 'Hands in what this stage asks for.',
    },
    uploadDocument: { from: WATCHED, who: applicant, description: 'Sends a document that was asked for.' },
    withdrawApplication: {
      from: ['INQUIRY', 'QUALIFIED', 'APPLIED', ...REVIEWED, ...BEFORE_DECISION, 'COMMITTEE', ...AFTER_DECISION],
      to: ['WITHDRAWN'],
      who: own,
      description: 'Withdraws it: the territory is free again.',
    },
    acknowledgeDisclosure: {
      from: ['DISCLOSED'],
      to: ['DISCLOSURE_ACKNOWLEDGED'],
      who: own,
      description: 'Acknowledges by a code what was disclosed.',
    },
    rescindFranchise: {
      from: ['COOLING_OFF'],
      to: ['RESCINDED'],
      who: own,
      description: 'Rescinds the contract: the territory is free, and the deposit goes back.',
    },
    addCoApplicant: { from: JOINED, who: recruit, description: 'Names somebody who applies together with the applicant.' },
    removeCoApplicant: { from: JOINED, who: recruit, description: 'Somebody does not apply with them any more.' },
    qualifyApplication: { from: ['INQUIRY'], to: ['QUALIFIED'], who: recruit, description: 'Asks for a whole application.' },
    reviewApplication: { from: ['APPLIED'], to: ['UNDER_REVIEW'], who: recruit, description: 'Takes it up.' },
    requestDocuments: {
      from: ASKED,
      to: ['NEEDS_DOCUMENTS'],
      staysIn: AGREED_ON,
      who: recruit,
      description: 'Asks the applicant for documents, each by a day.',
    },
    verifyDocument: {
      from: WATCHED,
      to: ['UNDER_REVIEW', 'NEEDS_DOCUMENTS'],
      staysIn: ['NEEDS_DOCUMENTS', ...AGREED_ON, 'COMMITTEE', 'COOLING_OFF', 'OPENING'],
      who: verify,
      description: 'Accepts a document, or asks for it again.',
    },
    scheduleInterview: {
      from: ['UNDER_REVIEW', 'INTERVIEW'],
      to: ['INTERVIEW'],
      who: recruit,
      description: 'Invites the applicant, once all documents are accepted.',
    },
    scheduleSiteVisit: {
      from: ['INTERVIEW', 'SITE_CHECK'],
      to: ['SITE_CHECK'],
      who: recruit,
      description: 'Sends an inspector, and names who scores.',
    },
    recordSiteVisit: { from: ['SITE_CHECK'], who: inspect, description: 'Writes down what the site is like.' },
    submitScore: {
      from: ['SITE_CHECK'],
      to: ['SITE_CHECK', 'SCORED'],
      who: score,
      description: 'Scores it once, without seeing what others say.',
    },
    recuseFromApplication: {
      from: ['SITE_CHECK', 'COMMITTEE'],
      to: ['SITE_CHECK', 'COMMITTEE', 'SCORED', 'PROVISIONAL', 'REJECTED'],
      who: judge,
      description: 'Takes no part in it, and does not count.',
    },
    callCommittee: {
      from: ['SCORED'],
      to: ['COMMITTEE'],
      who: recruit,
      description: 'Gives each member of the committee a form to decide.',
    },
    decideCommittee: {
      from: ['COMMITTEE'],
      to: ['COMMITTEE', 'PROVISIONAL', 'REJECTED', 'SCORED'],
      who: decide,
      description: 'Decides as a member of the committee: all of them, or most, as the brand says.',
    },
    rejectApplication: {
      from: ['INQUIRY', 'QUALIFIED', 'APPLIED', ...REVIEWED, ...BEFORE_DECISION],
      to: ['REJECTED'],
      who: recruit,
      description: 'Rejects it.',
    },
    releaseReason: { from: ['REJECTED'], who: recruit, description: 'Tells the applicant why, in words for them.' },
    holdTerritory: { from: HELD, who: recruit, description: 'Keeps a territory until a day.' },
    releaseTerritory: { from: HELD, who: recruit, description: 'Lets the territory go.' },
    recordDeposit: { from: AFTER_DECISION, who: finance, description: 'Writes down that the deposit has come.' },
    refundDeposit: { from: ENDED_AGREED, who: finance, description: 'Writes down that it has gone back.' },
    sendDisclosure: {
      from: [...AFTER_DECISION, 'CONTRACTING'],
      to: ['DISCLOSED'],
      who: disclose,
      description: 'Discloses what the law asks for: the days begin, each time anew.',
    },
    startContract: {
      from: ['DISCLOSURE_ACKNOWLEDGED'],
      to: ['CONTRACTING'],
      who: recruit,
      description: 'Drafts the contract, from the first lawful day on.',
    },
    completeOpeningTask: {
      from: ['OPENING'],
      to: ['OPENING', 'OPEN'],
      who: recruit,
      description: 'Ticks off what the opening needs; the last one opens the store.',
    },
  },
  byItself: {
    lapse: {
      from: ['QUALIFIED', 'NEEDS_DOCUMENTS', 'DISCLOSED'],
      to: ['LAPSED'],
      description: 'The applicant has not answered for the days of the settings.',
    },
    sign: { from: ['CONTRACTING'], to: ['COOLING_OFF', 'OPENING'], description: 'All have signed, in the app of contracts.' },
    loseContract: {
      from: ['CONTRACTING'],
      to: ['DISCLOSURE_ACKNOWLEDGED'],
      description: 'The contract was made void before all had signed.',
    },
    loseStore: { from: ['COOLING_OFF', 'OPENING'], to: ['RESCINDED'], description: 'Both sides have made the contract void.' },
    coolOff: { from: ['COOLING_OFF'], to: ['OPENING'], description: 'The days to rescind are over.' },
    looseCommittee: { from: ['COMMITTEE'], to: ['SCORED'], description: 'A form of the committee was ended, or its territory went.' },
  },
});
export type FranchiseState = keyof typeof franchiseMoves.states;
export type FranchiseMove = keyof typeof franchiseMoves.moves;
export const FranchiseStateName = stateWords(franchiseMoves);

/** No way leads on from here: what the applicant has said is kept for the days of the settings. */
export const OVER: ReadonlySet<FranchiseState> = new Set([...ENDED_WITHOUT, 'OPEN']);
/** It is the applicant’s turn: silence is counted. */
export const APPLICANTS_TURN: ReadonlySet<FranchiseState> = new Set(['QUALIFIED', 'NEEDS_DOCUMENTS', 'DISCLOSED']);
