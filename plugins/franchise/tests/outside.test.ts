import type { TestSeat } from '@guichet/sdk/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { franchiseMoves } from '../application.moves.ts';
import { Journey, points } from './journey.ts';
import { Office } from './office.ts';

let office: Office;
beforeAll(async () => {
  office = await Office.open();
});
afterAll(() => office?.close());
const people = () => office.plugin;
const issue = (code: string, path?: unknown[]) => ({
  __typename: 'ValidationFailed',
  issues: [expect.objectContaining({ code, ...(path ? { path } : {}) })],
});

describe('who applies together with somebody (spec 8.5)', () => {
  it('reads and fills in what they do, is told, and does not end it', async () => {
    const { owner, customer, rival, unowned, admin } = people();
    const one = await Journey.begin(office, { brand: await office.brand(people().supervisor) });
    expect(await office.read(one.id, rival)).toBeNull();
    const add = (contactId: string) => one.ask(admin, 'addCoApplicant', { contactId });
    expect(await one.ask(owner, 'addCoApplicant', { contactId: people().other.customer.id })).toMatchObject({ __typename: 'NotFound' });
    expect(await add(customer.id)).toMatchObject(issue('TWICE', ['input', 'contactId']));
    const twice = await Promise.all([add(rival.id), add(rival.id)]);
    expect(twice.filter(({ __typename }) => __typename === 'AddCoApplicantSuccess')).toHaveLength(1);
    const live = rival.follow('subscription { stageChanged { application { state } } }');
    await live.opened;
    await one.qualify();
    expect(await live.next()).toEqual({ application: { state: 'QUALIFIED' } });
    await live.stop();
    await expect.poll(() => office.told(rival)).toContain('MOVED');
    expect((await rival.query('{ myApplications { nodes { id } } }')).myApplications.nodes).toEqual([{ id: one.id }]);
    await one.does(rival, 'saveStage', { expectedVersion: 1, legalName: 'Chen and Wei' });
    expect(await one.ask(customer, 'saveStage', { expectedVersion: 1, legalName: 'Chen' })).toMatchObject({
      __typename: 'VersionConflict',
    });
    expect(await office.read(one.id, rival, 'viewerCan { saveStage submitStage withdrawApplication }')).toEqual({
      viewerCan: { saveStage: true, submitStage: true, withdrawApplication: false },
    });
    expect(await one.ask(rival, 'withdrawApplication')).toMatchObject({ __typename: 'FORBIDDEN' });
    expect(await office.read(one.id, owner, 'coApplicants { id }')).toEqual({ coApplicants: [{ id: rival.id }] });
    expect(await one.ask(admin, 'removeCoApplicant', { contactId: unowned.id })).toMatchObject({ __typename: 'NotFound' });
    await one.does(admin, 'removeCoApplicant', { contactId: rival.id });
    expect(await office.read(one.id, rival)).toBeNull();
    expect(await one.ask(rival, 'saveStage', { expectedVersion: 2, legalName: 'X' })).toMatchObject({ __typename: 'NotFound' });
    await one.does(customer, 'withdrawApplication');
  });
  it('is taken from the application that is named, and from no other', async () => {
    const { customer, unowned, rival, admin, supervisor } = people();
    const own = await Journey.begin(office, { brand: await office.brand(supervisor) });
    const other = await Journey.begin(office, { brand: await office.brand(supervisor), applicant: unowned });
    await other.does(admin, 'addCoApplicant', { contactId: rival.id });
    expect(await own.ask(admin, 'removeCoApplicant', { contactId: rival.id })).toMatchObject({ __typename: 'NotFound' });
    expect(await office.read(other.id, rival, 'state')).toEqual({ state: 'INQUIRY' });
    await own.does(customer, 'withdrawApplication');
    await other.does(unowned, 'withdrawApplication');
  });
});

describe('the map (spec 8.5)', () => {
  const corner = (latitude: string, longitude: string) => ({ latitude, longitude });
  const SQUARE = [corner('31.2', '121.4'), corner('31.3', '121.4'), corner('31.3', '121.5')];
  it('shows where territories lie, to applicants whether they are free, and inside whether they are kept or taken', async () => {
    const { admin, customer, owner } = people();
    const id = await office.territory({ outline: SQUARE });
    const draw = (outline: object[]) => office.ask(admin, 'drawFranchiseTerritory', { territoryId: id, outline }, 'territory { id }');
    expect(await draw([...SQUARE.slice(1), corner('31.2', '180.5')])).toMatchObject(
      issue('OUT_OF_RANGE', ['input', 'outline', '2', 'longitude']),
    );
    expect(await draw([corner('-90.1', '0'), ...SQUARE])).toMatchObject(issue('OUT_OF_RANGE', ['input', 'outline', '0', 'latitude']));
    expect(await draw(SQUARE.slice(1))).toMatchObject({ __typename: 'ValidationFailed' });
    const drawn = [...SQUARE, corner('-90', '-180')];
    expect(await office.ask(owner, 'drawFranchiseTerritory', { territoryId: id, outline: drawn }, 'territory { id }')).toMatchObject({
      __typename: 'FORBIDDEN',
    });
    await office.does(admin, 'drawFranchiseTerritory', { territoryId: id, outline: drawn }, 'territory { id }');
    const told = drawn.map((one) => ({ latitude: Number(one.latitude), longitude: Number(one.longitude) }));
    const MAP = (more: string) => `{ franchiseTerritories(first: 1) { nodes { outline { latitude longitude } isFree ${more} } } }`;
    expect((await customer.query(MAP(''))).franchiseTerritories.nodes).toEqual([{ outline: told, isFree: true }]);
    expect((await owner.query(MAP('availability'))).franchiseTerritories.nodes).toEqual([
      { outline: told, isFree: true, availability: 'FREE' },
    ]);
    expect((await customer.ask(MAP('availability'))).errors).toMatchObject([{ extensions: { code: 'BAD_REQUEST' } }]);
  });
});

/** How an application is judged inside; outside the same comes of it. */
interface Course {
  readonly scorers: readonly { readonly seat: TestSeat; readonly points: number; readonly note: string }[];
  readonly recused?: TestSeat;
  readonly votes: readonly { readonly seat: TestSeat; readonly approves: boolean; readonly comment: string }[];
}
const CAN = Object.keys(franchiseMoves.moves).join(' ');
/** All that the portal has of an application, and whom it leads to. */
const ALL = `state stateSince createdAt brand { description deposit { amount currency } } territory { area country isExclusive isFree outline { latitude } }
  profile { version legalName capital { amount } experience message } interviewAt interviewPlace earliestSigningOn contract { number } signedOn coolingOffUntil
  releasedReason reapplyFrom previous { state } documents { kind state dueOn expiresOn remark uploadedAt } hold { until isLive } disclosures { text sentAt days isExempt acknowledgedAt }
  deposit { amount { amount } receivedOn refundDueSince refundedOn } openingTasks { title dueOn doneAt } viewerCan { ${CAN} }`;
const INBOX = '{ notifications(first: 100) { nodes { kind text } } }';

/** It has moved on five times, and is over. */
const NEWS = 6;
/** Everything that the applicant was told on the way, with what tells applications apart left out. */
async function transcript({ scorers, recused, votes }: Course): Promise<string[]> {
  const { customer, owner, sharee } = people();
  const brand = await office.brand(...votes.map(({ seat }) => seat));
  const before = (await customer.query(INBOX)).notifications.nodes.length;
  const live = customer.follow('subscription { stageChanged { kind application { state } } }');
  await live.opened;
  const one = await Journey.begin(office, { brand });
  const told: string[] = [];
  /** What comes live, and what the portal says then. */
  const moved = async (done: Promise<unknown>): Promise<void> => {
    await done;
    told.push(JSON.stringify(await live.next()), JSON.stringify(await office.read(one.id, customer, ALL)));
  };
  await moved(Promise.resolve());
  await moved(one.qualify());
  await moved(one.submit());
  await moved(one.review());
  await moved(one.interview());
  const visit = { inspectorId: sharee.id, at: office.moment(3), address: '1 Quay Road' };
  const scorerIds = [...scorers.map(({ seat }) => seat.id), ...(recused ? [recused.id] : [])];
  await moved(one.does(owner, 'scheduleSiteVisit', { ...visit, scorerIds }));
  await one.visited();
  if (recused) await one.does(recused, 'recuseFromApplication', { reason: 'My cousin, a crook.' });
  for (const { seat, points: all, note } of scorers) await one.does(seat, 'submitScore', { points: points(all), note });
  await moved(Promise.resolve());
  await moved(one.callCommittee());
  for (const { seat, ...vote } of votes) await one.does(seat, 'decideCommittee', vote);
  await moved(Promise.resolve());
  await live.stop();
  await one.does(owner, 'releaseReason', { releasedReason: 'Not now.' });
  told.push(JSON.stringify(await office.read(one.id, customer, ALL)));
  const number = (await office.read(one.id, owner, 'number')).number;
  const inbox = async () => {
    const { notifications } = await customer.query(INBOX);
    return notifications.nodes
      .slice(0, notifications.nodes.length - before)
      .map((one: object) => JSON.stringify(one).replaceAll(number, 'FR'));
  };
  await expect.poll(async () => (await inbox()).length).toBe(NEWS);
  return [...told, ...(await inbox()).sort()];
}

describe('what an applicant is told (spec 8.5)', () => {
  it('is the same whoever has judged, how and why', async () => {
    const { colleague, sharee, supervisor, admin, owner, formsAdmin } = people();
    const short = await transcript({
      scorers: [{ seat: colleague, points: 8, note: 'Fine.' }],
      votes: [{ seat: supervisor, approves: false, comment: 'Too young.' }],
    });
    const long = await transcript({
      scorers: [
        { seat: sharee, points: 4, note: 'A poor man.' },
        { seat: colleague, points: 9, note: 'A rich man.' },
      ],
      recused: formsAdmin,
      votes: [
        { seat: supervisor, approves: true, comment: 'A pity.' },
        { seat: admin, approves: false, comment: 'Never.' },
      ],
    });
    expect(long).toEqual(short);
    const all = long.join('\n');
    for (const secret of [
      'Fine',
      'man',
      'crook',
      'Never',
      'young',
      'pity',
      '"score',
      '"votes',
      colleague.name,
      supervisor.name,
      owner.name,
    ])
      expect(all).not.toContain(secret);
    expect(all).toContain('Not now.');
  });
});
