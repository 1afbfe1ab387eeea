import { everyMove, type MoveCase, type TestSeat } from '@guichet/sdk/testing';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { type ContractState, contractMoves } from '../contract.moves.ts';
import { standingOutside } from '../contract.standing.ts';
import { contract } from '../permissions.ts';
import { Desk } from './desk.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await Desk.open();
  await desk.moveTo(desk.plugin.unowned, 'Riverside'); // who signs beside a contact is of their company
  desk.further = () => [people().rival];
  desk.beside = () => [people().unowned];
});
afterAll(() => desk?.close());
const people = () => desk.plugin;
const DAY = 86_400_000;
const later = (): string => new Date(desk.now + 5 * DAY).toISOString();

/** What the clock does is nobody's to try. */
const { expire: _, activate: __, warn: ___, end: ____, ...moves } = contractMoves.moves;
const machine = { ...contractMoves, moves };
type Name = keyof typeof moves;

const far = () => ({ endsOn: desk.day(400), noticeDays: 0 });
const idOf = async (made: Promise<{ id: string }>): Promise<string> => (await made).id;
async function shared(given: Record<string, unknown> = {}): Promise<string> {
  const { id } = await desk.approved(given);
  await desk.does(people().owner, 'shareContract', { contractId: id });
  return id;
}
async function worded(id: string): Promise<string> {
  const { version: expectedVersion } = await desk.read(id);
  await desk.does(people().owner, 'addContractVersion', { contractId: id, expectedVersion, text: 'Anew.' });
  return id;
}
async function reviewed(id: string): Promise<string> {
  await desk.does(people().owner, 'requestContractReview', { contractId: id });
  return id;
}
async function ended(given: Record<string, unknown>, days: number): Promise<string> {
  const { id } = await desk.active({ noticeDays: 0, endsOn: desk.day(1), ...given });
  await desk.wait(days);
  return id;
}
const inTurn = async (id: string, ...steps: ((id: string) => Promise<unknown>)[]): Promise<string> => {
  for (const step of steps) await step(id);
  return id;
};
const terminate = (seat: TestSeat) => (contractId: string) =>
  desk.does(seat, 'terminateContract', { contractId, endsOn: desk.day(1), reason: 'We move.' });
const MADE: Readonly<Record<ContractState, () => Promise<string>>> = {
  DRAFT: () => idOf(desk.draft()),
  INTERNAL_REVIEW: async () => reviewed(await idOf(desk.draft())),
  REVISING: async () => worded(await idOf(desk.approved())),
  NEGOTIATION: () => idOf(desk.approved()),
  APPROVED_TO_SIGN: () => idOf(desk.frozen()),
  SIGNING: () => idOf(desk.sent()),
  PART_SIGNED: async () => inTurn(await idOf(desk.sent()), (id) => desk.signs(people().customer, id)),
  SIGNED: () => idOf(desk.signed(far())),
  ACTIVE: () => idOf(desk.active(far())),
  EXPIRING: () => idOf(desk.active({ endsOn: desk.day(20), noticeDays: 0 })),
  RENEWED: () => ended({ renewsMonths: 12 }, 2),
  EXPIRED: () => ended({}, 2),
  TERMINATED: async () =>
    inTurn(await idOf(desk.active(far())), ...[people().owner, people().customer, people().rival].map(terminate), () => desk.wait(2)),
  DECLINED: async () =>
    inTurn(await idOf(desk.sent()), (contractId) => desk.does(people().customer, 'declineContract', { contractId, reason: 'Too dear.' })),
  SIGNING_EXPIRED: async () => inTurn(await idOf(desk.sent()), () => desk.wait(8)),
  VOIDED: async () =>
    inTurn(await idOf(desk.sent()), (contractId) => desk.does(people().owner, 'voidContract', { contractId, reason: 'No.' })),
  SUPERSEDED: async () => {
    const { id } = await desk.signed(far());
    const amendment = await desk.does(people().owner, 'amendContract', { contractId: id, title: 'More', text: 'More.' });
    await desk.review(amendment.id);
    await desk.does(people().owner, 'freezeContract', { contractId: amendment.id });
    await desk.send(amendment.id);
    for (const seat of [people().owner, people().customer, people().rival, people().unowned]) await desk.signs(seat, amendment.id);
    return id;
  },
};
/** The same before anybody signs, once the counterparty was shown something. */
const SHOWN: Partial<typeof MADE> = {
  NEGOTIATION: () => shared(),
  REVISING: async () => worded(await shared()),
  INTERNAL_REVIEW: async () => reviewed(await worded(await shared())),
  APPROVED_TO_SIGN: async () => inTurn(await shared(), (contractId) => desk.does(people().owner, 'freezeContract', { contractId })),
};

const of = (mutation: string, more: () => object = () => ({})) => ({
  mutation,
  input: (contractId: string) => ({ contractId, ...more() }),
});
const further = async (id: string): Promise<string> => {
  const { contract: found } = await people().owner.query('query ($id: ID!) { contract(id: $id) { furtherCounterparties { id } } }', { id });
  return found.furtherCounterparties[0].id;
};
const ownSigner = async (id: string): Promise<string> => (await desk.read(id)).signers[0]?.id ?? id;
const PLAYED: Parameters<typeof everyMove<ContractState, Name>>[1]['moves'] = {
  addVersion: {
    mutation: 'addContractVersion',
    input: async (contractId) => ({ contractId, expectedVersion: (await desk.read(contractId)).version, text: 'Anew.' }),
  },
  addCounterparty: of('addContractCounterparty', () => ({ contactId: people().unowned.id, legalName: 'Mountain Ltd' })),
  removeCounterparty: {
    mutation: 'removeContractCounterparty',
    input: async (contractId) => ({ contractId, counterpartyId: await further(contractId) }),
  },
  requestReview: of('requestContractReview'),
  share: of('shareContract'),
  proposeEdit: of('proposeContractEdit', () => ({ text: 'You pay 10 yuan.', proposedText: 'You pay 9 yuan.' })),
  freeze: of('freezeContract'),
  send: of('sendContractForSigning', () => ({
    order: 'ANY',
    expiresAt: later(),
    signers: [
      { employeeId: people().owner.id, name: 'Ms Owner', role: 'Director' },
      { contactId: people().customer.id, name: 'Mr Customer', role: 'Buyer' },
      { contactId: people().rival.id, name: 'Ms Rival', role: 'Buyer' },
    ],
  })),
  sign: {
    mutation: 'signContract',
    input: async (contractId) => ({ contractId, versionSha256: (await desk.read(contractId)).frozenSha256 ?? 'none', code: '246810' }),
  },
  recordPaper: { mutation: 'recordPaperSignature', input: async (contractId) => ({ contractId, signerId: await ownSigner(contractId) }) },
  delegate: {
    mutation: 'delegateContractSignature',
    input: async (contractId) => ({
      contractId,
      signerId: await ownSigner(contractId),
      to: { employeeId: people().colleague.id, name: 'Mr Colleague', role: 'Deputy' },
    }),
  },
  decline: of('declineContract', () => ({ reason: 'Too dear.' })),
  extend: of('extendSigning', () => ({ expiresAt: later() })),
  void: of('voidContract', () => ({ reason: 'A mistake.' })),
  voidTogether: of('voidContract', () => ({ reason: 'A mistake.' })),
  terminate: of('terminateContract', () => ({ endsOn: desk.day(10), reason: 'We move.' })),
  amend: of('amendContract', () => ({ title: 'More', text: 'More.' })),
};
const how = {
  stateOf: async (id: string): Promise<string> => (await desk.read(id)).state,
  moves: PLAYED,
  can: async (seat: TestSeat, id: string): Promise<string[]> => {
    const names = Object.keys(moves).join(' ');
    const { contract: found } = await seat.query(`query ($id: ID!) { contract(id: $id) { viewerCan { ${names} } } }`, { id });
    return Object.entries(found.viewerCan).flatMap(([name, may]) => (may ? [name] : []));
  },
};
const { own, both, keep, sign, counterparty } = contract;
const others = {
  admin: { seat: () => people().admin, may: [both, keep] },
  stranger: { seat: () => people().stranger, may: [], isBlind: true },
};
const owner = { seat: () => people().owner, may: [own, both, keep] };
const customer = {
  seat: () => people().customer,
  may: [both, counterparty],
  isContact: true,
  told: standingOutside as (state: string) => string,
};
/** Another with whom it is made. */
const rival = { ...customer, seat: () => people().rival };
/** Signs for the customer, and is not the counterparty. */
const signer = { seat: () => people().unowned, may: [sign], isContact: true };

const SIDES: readonly string[] = ['customer', 'rival'];
const BEFORE: readonly string[] = ['DRAFT', 'INTERNAL_REVIEW', 'REVISING', 'NEGOTIATION', 'APPROVED_TO_SIGN'];
const UNSIGNED: readonly string[] = [...BEFORE, 'SIGNING', 'SIGNING_EXPIRED', 'DECLINED'];
/** They name somebody who is to sign: nobody is before it is sent. */
const OF_SIGNERS: readonly string[] = ['recordPaper', 'delegate'];
/** What the move’s own facts refuse where its state admits it: each has a test of its own. */
const isOwnCase = ({ state, move, actor, outcome }: MoveCase): boolean => {
  if (outcome !== 'done') return false;
  if (move === 'requestReview' && state === 'NEGOTIATION') return true; // this version was approved
  if (!SIDES.includes(actor)) return false;
  return (
    (move === 'voidTogether' && UNSIGNED.includes(state)) ||
    (actor === 'customer' && state === 'PART_SIGNED' && (move === 'sign' || move === 'decline'))
  ); // they have signed
};
/** A code is asked for before one signs; and one mutation makes void for either side, by its own move. */
const alone = (cases: readonly MoveCase[]): readonly MoveCase[] =>
  cases.filter(({ move, actor, outcome }) => {
    if (move === 'sign' && outcome === 'done') return false;
    return move !== (SIDES.includes(actor) ? 'void' : 'voidTogether') || ['stranger', 'signer'].includes(actor);
  });

describe('every move of a contract by every actor (spec 8.5)', () => {
  it.each(
    alone(everyMove(machine, { ...how, actors: { owner, ...others }, make: (state) => MADE[state]() })).filter(
      (one) => BEFORE.includes(one.state) && !OF_SIGNERS.includes(one.move) && !isOwnCase(one),
    ),
  )('before it is sent, in $state: $move by $actor is $outcome', ({ play }) => play());
  it.each(
    alone(everyMove(machine, { ...how, actors: { customer, rival }, make: (state) => (SHOWN[state] ?? MADE[state])() })).filter(
      (one) => one.state in SHOWN && !isOwnCase(one),
    ),
  )('once it is shared, in $state: $move by $actor is $outcome', ({ play }) => play());
  it.each(
    alone(
      everyMove(machine, {
        ...how,
        actors: {
          owner: { ...owner, may: [...owner.may, sign] },
          customer: { ...customer, may: [...customer.may, sign] },
          rival: { ...rival, may: [...rival.may, sign] },
          signer,
          ...others,
        },
        make: (state) => MADE[state](),
      }),
    ).filter((one) => !BEFORE.includes(one.state) && !isOwnCase(one)),
  )('once it was sent, in $state: $move by $actor is $outcome', ({ play }) => play());
});
