import { everyMove, type MoveCase, type TestSeat } from '@guichet/sdk/testing';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { type FranchiseState, franchiseMoves } from '../application.moves.ts';
import { franchise } from '../permissions.ts';
import { Journey, points, terms } from './journey.ts';
import { CODE, Office } from './office.ts';

type Name = keyof typeof franchiseMoves.moves;
let office: Office;
/** One that has a document and something to do before it opens: what moves of others name where they have none. */
let opening: Journey;
let openingTaskId: string;
let documentId: string;
const people = () => office.plugin;
const GRANT = 'mutation ($input: GrantAdminRightInput!) { grantAdminRight(input: $input) { __typename } }';
beforeAll(async () => {
  office = await Office.open();
  await office.set({ coolingOffDays: { CN: 1 }, silenceDays: 3 }); // sessions end, though they are used
  await people().admin.does(GRANT, { input: { employeeId: people().formsAdmin.id, right: 'FRANCHISE_FINANCE' } });
  opening = await reached('OPENING', true);
  const read = await opening.read();
  openingTaskId = read.openingTasks[0].id;
  documentId = read.documents[0].id;
});
afterAll(() => office?.close());

type Step = readonly [FranchiseState, (one: Journey) => Promise<unknown>];
const inTurn =
  (...steps: ((one: Journey) => Promise<unknown>)[]) =>
  async (one: Journey) => {
    for (const step of steps) await step(one);
  };
const STRAIGHT: readonly Step[] = [
  ['QUALIFIED', inTurn((one) => one.qualify(), fill)],
  ['APPLIED', (one) => one.does(one.applicant, 'submitStage')],
  ['UNDER_REVIEW', (one) => one.review()],
  ['INTERVIEW', (one) => one.interview()],
  ['SITE_CHECK', inTurn(siteCheck, visited)],
  ['SCORED', (one) => one.does(people().colleague, 'submitScore', { points: points() })],
  ['COMMITTEE', (one) => one.callCommittee()],
  ['PROVISIONAL', (one) => one.agreed(people().supervisor, people().sharee)],
  ['DISCLOSED', (one) => one.disclose({ isRenewal: true })],
  ['DISCLOSURE_ACKNOWLEDGED', (one) => one.acknowledge()],
  ['CONTRACTING', inTurn(deposited, (one) => one.contract())],
  ['COOLING_OFF', (one) => one.signed()],
  ['OPENING', () => office.wait(2)],
  ['OPEN', (one) => one.opened()],
];
async function fill(one: Journey): Promise<void> {
  const means = { capital: { amount: 1, currency: 'CNY' }, experience: 'None.', legalName: 'Chen Wei' };
  await one.does(one.applicant, 'saveStage', { expectedVersion: 1, ...means });
}
const visit = () => ({
  ...{ inspectorId: people().colleague.id, scorerIds: [people().colleague.id], at: office.moment(3), address: '1 Quay Road' },
});
async function siteCheck(one: Journey): Promise<void> {
  await one.does(one.recruiter, 'scheduleSiteVisit', visit());
}
async function visited(one: Journey): Promise<void> {
  await one.does(people().colleague, 'recordSiteVisit', { findings: 'Good.', isSuitable: true });
}
async function deposited(one: Journey): Promise<void> {
  await one.ask(people().scopedAdmin, 'recordDeposit', {
    ...{ amount: { amount: 2_000_000, currency: 'CNY' }, receivedOn: office.day(0), reference: 'B-1' },
  });
}
async function documented(one: Journey): Promise<void> {
  await one.sendDocument(await one.askDocument());
}
/** An application for a brand of its own: its applicant has as many as there are states. @param isAccepted with a document that was accepted */
async function reached(state: FranchiseState, isAccepted = false): Promise<Journey> {
  const one = await Journey.begin(office, { brand: await office.brand(people().supervisor, people().sharee) });
  for (const [next, step] of state === 'INQUIRY' ? [] : STRAIGHT) {
    await step(one);
    if (isAccepted && next === 'UNDER_REVIEW') await accepted(one);
    if (next === state) break;
  }
  return one;
}
async function accepted(one: Journey): Promise<void> {
  await documented(one);
  await one.verify((await one.read(one.applicant)).documents[0].id);
  await one.does(one.applicant, 'submitStage');
}
const ENDED: Partial<Record<FranchiseState, () => Promise<Journey>>> = {
  REJECTED: async () => then(await reached('INQUIRY'), (one) => one.does(one.recruiter, 'rejectApplication', { reason: 'No.' })),
  WITHDRAWN: async () => then(await reached('PROVISIONAL'), deposited, (one) => one.does(one.applicant, 'withdrawApplication')),
  LAPSED: async () => then(await reached('DISCLOSED'), deposited, () => office.wait(3)),
  RESCINDED: async () => then(await reached('COOLING_OFF'), (one) => one.does(one.applicant, 'rescindFranchise', { reason: 'No.' })),
  NEEDS_DOCUMENTS: async () => then(await reached('UNDER_REVIEW'), documented),
};
async function then(one: Journey, ...steps: ((one: Journey) => Promise<unknown>)[]): Promise<Journey> {
  await inTurn(...steps)(one);
  return one;
}
const make = async (state: FranchiseState): Promise<string> => (await (ENDED[state]?.() ?? reached(state))).id;
/** The same, with a document that has come and that nobody has looked at. */
async function makeDocumented(state: FranchiseState): Promise<string> {
  if (state === 'UNDER_REVIEW') return (await then(await reached(state), documented, (one) => one.does(one.applicant, 'submitStage'))).id;
  if (state === 'COMMITTEE') return (await then(await reached('SCORED'), documented, (one) => one.callCommittee())).id;
  return ASKED.has(state) ? (await then(await reached(state), documented)).id : make(state);
}
const ASKED: ReadonlySet<FranchiseState> = new Set(
  franchiseMoves.moves.requestDocuments.from.filter((state) => state !== 'NEEDS_DOCUMENTS'),
);

const of = (mutation: Name, more: (id: string) => object | Promise<object> = () => ({})) => ({
  mutation,
  input: async (franchiseId: string) => ({ franchiseId, ...(await more(franchiseId)) }),
});
const ownDocument = async (id: string): Promise<string> => (await office.read(id)).documents[0]?.id ?? documentId;
async function acknowledging(franchiseId: string): Promise<object> {
  const sha256 = (await office.read(franchiseId)).disclosures[0]?.sha256 ?? 'f'.repeat(64);
  await office.ask(people().customer, 'requestDisclosureCode', { franchiseId, sha256 });
  return { sha256, code: CODE };
}
/** Somebody applies together with them by then, where that can be. */
async function joined(franchiseId: string): Promise<object> {
  const { admin, unowned } = people();
  await office.ask(admin, 'addCoApplicant', { franchiseId, contactId: unowned.id });
  return { contactId: unowned.id };
}
async function contracting(franchiseId: string): Promise<object> {
  await deposited(new Journey(office, franchiseId, people().customer));
  return terms(office);
}
const moves: Parameters<typeof everyMove<FranchiseState, Name>>[1]['moves'] = {
  saveStage: of('saveStage', async (id) => ({ expectedVersion: (await office.read(id)).profile.version, message: 'Hello.' })),
  submitStage: of('submitStage'),
  uploadDocument: of('uploadDocument', async (id) => ({
    documentId: await ownDocument(id),
    uploadId: await office.upload(people().customer),
  })),
  withdrawApplication: of('withdrawApplication'),
  acknowledgeDisclosure: of('acknowledgeDisclosure', acknowledging),
  rescindFranchise: of('rescindFranchise', () => ({ reason: 'No.' })),
  addCoApplicant: of('addCoApplicant', () => ({ contactId: people().unowned.id })),
  removeCoApplicant: of('removeCoApplicant', joined),
  qualifyApplication: of('qualifyApplication'),
  reviewApplication: of('reviewApplication'),
  requestDocuments: of('requestDocuments', () => ({ documents: [{ kind: 'Licence', dueOn: office.day(9) }] })),
  verifyDocument: of('verifyDocument', async (id) => ({ documentId: await ownDocument(id), accept: false, remark: 'No.' })),
  scheduleInterview: of('scheduleInterview', () => ({ at: office.moment(1), place: 'Here' })),
  scheduleSiteVisit: of('scheduleSiteVisit', visit),
  recordSiteVisit: of('recordSiteVisit', () => ({ findings: 'Good.', isSuitable: true })),
  submitScore: of('submitScore', () => ({ points: points() })),
  recuseFromApplication: of('recuseFromApplication', () => ({ reason: 'My cousin.' })),
  callCommittee: of('callCommittee'),
  decideCommittee: of('decideCommittee', () => ({ approves: true })),
  rejectApplication: of('rejectApplication', () => ({ reason: 'No.' })),
  releaseReason: of('releaseReason', () => ({ releasedReason: 'Not now.' })),
  holdTerritory: of('holdTerritory', async (id) => ({
    territoryId: (await office.read(id, people().admin, 'territory { id }')).territory.id,
    until: office.day(5),
  })),
  releaseTerritory: of('releaseTerritory'),
  recordDeposit: of('recordDeposit', () => ({
    ...{ amount: { amount: 2_000_000, currency: 'CNY' }, receivedOn: office.day(0), reference: 'B-1' },
  })),
  refundDeposit: of('refundDeposit', () => ({ refundedOn: office.day(0) })),
  sendDisclosure: of('sendDisclosure', () => ({ text: 'All of it.' })),
  startContract: of('startContract', contracting),
  completeOpeningTask: of('completeOpeningTask', async (id) => ({
    openingTaskId: (await office.read(id)).openingTasks[0]?.id ?? openingTaskId,
  })),
};
const NAMES = Object.keys(franchiseMoves.moves).join(' ');
const how = {
  stateOf: (id: string) => office.stateOf(id),
  moves,
  can: async (seat: TestSeat, id: string): Promise<string[]> => {
    const { viewerCan } = await office.read(id, seat, `viewerCan { ${NAMES} }`);
    return Object.entries(viewerCan).flatMap(([name, may]) => (may ? [name] : []));
  },
};
const { applicant, own, recruit, verify, finance, disclose, inspect, score, judge, decide } = franchise;
const OUTSIDE = {
  applicant: { seat: () => people().customer, may: [applicant, own], isContact: true },
  recruiter: { seat: () => people().owner, may: [recruit] },
  clerk: { seat: () => people().formsAdmin, may: [verify, finance] },
  admin: { seat: () => people().admin, may: [recruit, disclose] },
  supervisor: { seat: () => people().supervisor, may: [] },
  stranger: { seat: () => people().stranger, may: [], isBlind: true },
  rival: { seat: () => people().rival, may: [], isBlind: true, isContact: true },
};
const { supervisor: _, ...BEFORE_COMMITTEE } = OUTSIDE;
const OF_DOCUMENTS: readonly string[] = ['uploadDocument', 'verifyDocument'];
const ONCE: readonly string[] = ['INQUIRY', 'SITE_CHECK', 'OPEN'];
/** Whoever may never make a move may not in a few states; what the recruiter does, admins do not do all over again. */
const isTelling = ({ state, move, actor, outcome }: MoveCase): boolean => {
  if (outcome === 'not theirs') return ONCE.includes(state);
  return actor !== 'admin' || franchiseMoves.moves[move as Name].who === disclose || state === 'INQUIRY';
};
/** A document is open there only where it has expired since: that has a test of its own. */
const isOwnCase = ({ state, move, outcome }: MoveCase): boolean =>
  outcome === 'done' && OF_DOCUMENTS.includes(move) && ['COOLING_OFF', 'OPENING'].includes(state);
const told = 'in $state: $move by $actor is $outcome';
const JUDGED: readonly string[] = Object.keys(franchiseMoves.states).slice(6, 16);
const ASKED_TO_DECIDE: readonly string[] = JUDGED.slice(2);

describe('every move of an application by every actor (spec 8.5)', () => {
  it.each(
    everyMove(franchiseMoves, { ...how, actors: BEFORE_COMMITTEE, make }).filter(
      (one) => isTelling(one) && !OF_DOCUMENTS.includes(one.move),
    ),
  )(told, ({ play }) => play());
  it.each(
    everyMove(franchiseMoves, { ...how, actors: { applicant: OUTSIDE.applicant, clerk: OUTSIDE.clerk }, make: makeDocumented }).filter(
      (one) => isTelling(one) && OF_DOCUMENTS.includes(one.move) && !isOwnCase(one),
    ),
  )(told, ({ play }) => play());
  it.each(
    everyMove(franchiseMoves, {
      ...how,
      actors: { judge: { seat: () => people().colleague, may: [inspect, score, judge] } },
      make,
    }).filter((one) => JUDGED.includes(one.state) && isTelling(one)),
  )(told, ({ play }) => play());
  it.each(
    everyMove(franchiseMoves, { ...how, actors: { member: { seat: () => people().supervisor, may: [decide, judge] } }, make }).filter(
      (one) => ASKED_TO_DECIDE.includes(one.state) && isTelling(one),
    ),
  )(told, ({ play }) => play());
});
