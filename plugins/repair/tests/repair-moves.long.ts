import { everyMove, type TestSeat } from '@guichet/sdk/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { repairMoves, type State } from '../order.moves.ts';
import { repair } from '../permissions.ts';
import { type VisitState, visitMoves } from '../visit.moves.ts';
import { NEEDED, Workshop } from './workshop.ts';

let shop: Workshop;
beforeAll(async () => {
  shop = await Workshop.open();
});
afterAll(() => shop?.close());
const people = () => shop.plugin;
const outsiders = {
  admin: { seat: () => people().admin, may: [] },
  stranger: { seat: () => people().stranger, may: [], isBlind: true },
  rival: { seat: () => people().rival, may: [], isBlind: true, isContact: true },
};
const quoted = async (repairId: string): Promise<string> => {
  const price = { amount: 10_000, currency: 'CNY' };
  await shop.does(people().formsAdmin, 'quoteRepair', { repairId, price, text: 'A belt.' });
  return repairId;
};
const answered = async (accept: boolean): Promise<string> => {
  const repairId = await quoted(await shop.triaged());
  await shop.does(people().customer, 'answerRepairQuote', { repairId, accept });
  return repairId;
};
const asking = async (mutation: string, more: Record<string, unknown> = {}): Promise<string> => {
  const { repairId } = await shop.done();
  await shop.does(people().customer, mutation, { repairId, ...more });
  return repairId;
};
const REPAIRS: Readonly<Record<State, () => Promise<string>>> = {
  SUBMITTED: () => shop.asked(),
  TRIAGED: () => shop.triaged(),
  NEEDS_INFO: async () => {
    const repairId = await shop.triaged();
    await shop.does(people().supervisor, 'askRepairInfo', { repairId, question: 'Since when?' });
    return repairId;
  },
  QUOTED: async () => quoted(await shop.triaged()),
  QUOTE_ACCEPTED: () => answered(true),
  QUOTE_REFUSED: () => answered(false),
  SCHEDULED: async () => (await shop.scheduled()).repairId,
  IN_PROGRESS: async () => (await shop.going('acceptVisit', 'startVisit')).repairId,
  WORK_DONE: async () => (await shop.done()).repairId,
  DISPUTED: () => asking('disputeWork', { reason: 'It makes the noise again.' }),
  CONFIRMED: () => asking('signOffWork'),
  REOPENED: async () => {
    const repairId = await asking('signOffWork');
    await shop.does(people().customer, 'reopenRepair', { repairId, reason: 'The noise is back.' });
    return repairId;
  },
  CANCELLED: async () => {
    const repairId = await shop.asked();
    await shop.decides('rejectFormTask', repairId);
    return repairId;
  },
};
const of = (more: Record<string, unknown> = {}) => ({ input: (repairId: string) => ({ repairId, ...more }) });
const canOf = (type: string) => async (seat: TestSeat, id: string) => {
  const moves = Object.keys((type === 'RepairOrder' ? repairMoves : visitMoves).moves).join(' ');
  const { node } = await seat.query(`query ($id: ID!) { node(id: $id) { ... on ${type} { viewerCan { ${moves} } } } }`, { id });
  return Object.entries(node.viewerCan).flatMap(([name, may]) => (may ? [name] : []));
};

/** The code of a demo, once one was asked for. */
const signed = async (repairId: string) => {
  await shop.asks(people().colleague, 'requestSiteSignature', { repairId });
  return { repairId, signerName: 'Lao Zhou', code: '246810' };
};
const ORDER_MOVES: Parameters<typeof everyMove<State, keyof typeof repairMoves.moves>>[1]['moves'] = {
  triageRepair: { mutation: 'triageRepair', ...of({ priority: 'LOW', inGuarantee: true }) },
  askRepairInfo: { mutation: 'askRepairInfo', ...of({ question: 'Since when?' }) },
  answerRepairInfo: { mutation: 'answerRepairInfo', ...of({ answer: 'Since Monday.' }) },
  quoteRepair: { mutation: 'quoteRepair', ...of({ price: { amount: 1, currency: 'CNY' }, text: 'A belt.' }) },
  answerRepairQuote: { mutation: 'answerRepairQuote', ...of({ accept: true }) },
  scheduleVisit: { mutation: 'scheduleVisit', input: (repairId) => ({ repairId, ...shop.window() }) },
  signOffWork: { mutation: 'signOffWork', ...of() },
  signOffAtSite: { mutation: 'signOffAtSite', input: signed },
  disputeWork: { mutation: 'disputeWork', ...of({ reason: 'It is not done.' }) },
  reopenRepair: { mutation: 'reopenRepair', ...of({ reason: 'Again.' }) },
};
/** In which its technician knows of it. */
const VISITED: readonly string[] = ['IN_PROGRESS', 'WORK_DONE', 'DISPUTED', 'CONFIRMED', 'REOPENED'];

describe('every move of a repair by every actor (spec 8.5)', () => {
  it.each(
    everyMove(repairMoves, {
      actors: {
        triager: { seat: () => people().supervisor, may: [repair.triage] },
        owner: { seat: () => people().owner, may: [repair.triage] },
        quoter: { seat: () => people().formsAdmin, may: [repair.quote] },
        dispatcher: { seat: () => people().sharee, may: [repair.dispatch] },
        keeper: { seat: () => people().scopedAdmin, may: [] },
        customer: { seat: () => people().customer, may: [repair.customer], isContact: true },
        ...outsiders,
      },
      make: (state) => REPAIRS[state](),
      stateOf: async (id) => (await shop.order(id, 'state')).state,
      can: canOf('RepairOrder'),
      moves: ORDER_MOVES,
    }),
  )('in $state: $move by $actor is $outcome', ({ play }) => play());
  it.each(
    everyMove(repairMoves, {
      actors: { technician: { seat: () => people().colleague, may: [repair.work] } },
      make: (state) => REPAIRS[state](),
      stateOf: async (id) => (await shop.order(id, 'state')).state,
      moves: ORDER_MOVES,
      can: canOf('RepairOrder'),
    }).filter(({ state }) => VISITED.includes(state)),
  )('in $state: $move by the technician is $outcome', ({ play }) => play());
});

const steps =
  (...names: string[]) =>
  async () =>
    (await shop.going(...names)).visitId;
const WORKING = ['acceptVisit', 'startVisit', 'arriveAtVisit', 'beginVisitWork'];
const VISITS: Readonly<Record<VisitState, () => Promise<string>>> = {
  SCHEDULED: async () => (await shop.scheduled()).visitId,
  DISPATCHED: steps(),
  ACCEPTED: steps('acceptVisit'),
  DECLINED: steps('declineVisit'),
  EN_ROUTE: steps('acceptVisit', 'startVisit'),
  ON_SITE: steps('acceptVisit', 'startVisit', 'arriveAtVisit'),
  IN_PROGRESS: steps(...WORKING),
  ON_HOLD: steps(...WORKING, 'holdVisit'),
  DONE: steps(...WORKING, 'finishVisit'),
  CANNOT_COMPLETE: steps(...WORKING, 'cannotComplete'),
  CANCELLED: async () => {
    const { repairId, visitId } = await shop.going('acceptVisit');
    await shop.decides('rejectFormTask', repairId);
    return visitId;
  },
};
const played = (name: string) => [
  name,
  {
    mutation: name,
    input: (visitId: string) => ({ visitId, ...NEEDED[name], ...(name === 'moveVisit' && shop.window()) }),
  },
];

describe('every move of a visit by every actor (spec 8.5)', () => {
  it.each(
    everyMove(visitMoves, {
      actors: {
        dispatcher: { seat: () => people().sharee, may: [repair.dispatch] },
        triager: { seat: () => people().supervisor, may: [] },
        ...outsiders,
      },
      make: (state) => VISITS[state](),
      stateOf: async (id) => (await shop.visit(id, 'state')).state,
      can: canOf('RepairVisit'),
      moves: Object.fromEntries(Object.keys(visitMoves.moves).map(played)),
    }),
  )('in $state: $move by $actor is $outcome', ({ play }) => play());
  it.each(
    everyMove(visitMoves, {
      actors: { technician: { seat: () => people().colleague, may: [repair.work] } },
      make: (state) => VISITS[state](),
      stateOf: async (id) => (await shop.visit(id, 'state')).state,
      moves: Object.fromEntries(Object.keys(visitMoves.moves).map(played)),
    }).filter(({ state }) => state !== 'SCHEDULED'),
  )('in $state: $move by the technician is $outcome', ({ play }) => play());
  it('one that is only planned, its technician does not find', async () => {
    const { visitId } = await shop.scheduled();
    expect(await shop.asks(people().colleague, 'acceptVisit', { visitId })).toMatchObject({ __typename: 'NotFound' });
  });
});
