import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stampEvents } from '../../../src/platform/live/stamper.ts';
import type { TestOrganization } from '../../../src/testing/test-organization.ts';
import type { TestSeat } from '../../../src/testing/test-seat.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { warrantyPlugin } from './warranty.plugin.ts';

// Whom an event is told, whoever wrote the subscription: the seat that it is addressed to, or those who can come to its subject at that
// moment (spec 2.5). That nobody else is told is seen by what they are told next.

const WRITE = `mutation ($input: WriteWarrantyInput!) { writeWarranty(input: $input) {
  __typename ... on WriteWarrantySuccess { warranty { id } } } }`;
const ALL = 'subscription ($after: EventCursor) { warranties(after: $after) { kind warranty { note } } }';
const OTHERS = 'subscription ($after: EventCursor) { otherWarranties(after: $after) { kind } }';
const ONE = 'subscription ($id: ID!, $after: EventCursor) { warranty(id: $id, after: $after) { kind } }';
const PLACE = '{ warranties { liveCursor nodes { id note liveCursor } } }';

let server: TestServer;
let own: TestOrganization;
beforeAll(async () => {
  server = await startTestServer({ plugins: [warrantyPlugin] });
  own = await server.organization();
});
afterAll(() => server.stop());

/** @returns the warranty's id, for whoever can come to it. */
async function write(seat: TestSeat, input: { id?: string; keeper: TestSeat; to?: TestSeat; note: string }): Promise<string | undefined> {
  const { keeper, to, ...rest } = input;
  return (await seat.does(WRITE, { input: { ...rest, keeper: keeper.id, to: to?.id } })).warranty?.id;
}
async function placeOf(seat: TestSeat): Promise<string> {
  await stampEvents(server.runtime.pools.worker);
  return (await seat.query(PLACE)).warranties.liveCursor;
}

describe('an event that is addressed to nobody', () => {
  it('is told to those who can come to its subject, and to nobody else', async () => {
    const { owner, colleague } = own;
    const [keeping, others] = await Promise.all([owner, colleague].map(async (seat) => seat.follow(ALL, { after: await placeOf(seat) })));
    await write(owner, { keeper: owner, note: 'kept by the owner' });
    await write(owner, { keeper: colleague, note: 'kept by the colleague' });
    expect(await others!.next()).toEqual({ kind: 'kept by the colleague', warranty: { note: 'kept by the colleague' } });
    expect(await keeping!.next()).toEqual({ kind: 'kept by the owner', warranty: { note: 'kept by the owner' } });
    await write(owner, { keeper: owner, note: 'again' });
    expect(await keeping!.next()).toMatchObject({ kind: 'again' });
    await Promise.all([keeping!.stop(), others!.stop()]);
  });

  it('is told to those who can come to it when it is told, not when it happened', async () => {
    const { owner, colleague } = own;
    const [before, others] = [await placeOf(owner), await placeOf(colleague)];
    const id = await write(owner, { keeper: owner, note: 'handed on' });
    await write(owner, { id, keeper: colleague, note: 'taken' });
    await write(owner, { keeper: owner, note: 'new' });
    const [live, theirs] = [owner.follow(ALL, { after: before }), colleague.follow(ALL, { after: others })];
    expect(await live.next()).toMatchObject({ kind: 'new' });
    for (const kind of ['handed on', 'taken']) expect(await theirs.next()).toEqual({ kind, warranty: { note: 'taken' } });
    await Promise.all([live.stop(), theirs.stop()]);
  });

  it('of another topic is not told', async () => {
    const { owner } = own;
    const live = owner.follow(OTHERS, { after: await placeOf(owner) });
    await write(owner, { keeper: owner, note: 'of both' });
    expect(await live.next()).toEqual({ kind: 'other of both' });
    await live.stop();
  });
});

describe('an event that is addressed to a seat', () => {
  it('is told to it alone, also where it cannot come to the subject', async () => {
    const { owner, colleague } = own;
    const keeping = owner.follow(ALL, { after: await placeOf(owner) });
    const told = colleague.follow(ALL, { after: await placeOf(colleague) });
    await write(owner, { keeper: owner, to: colleague, note: 'for the colleague' });
    await write(owner, { keeper: owner, note: 'for who keeps it' });
    expect(await told.next()).toEqual({ kind: 'for the colleague', warranty: null });
    expect(await keeping.next()).toMatchObject({ kind: 'for who keeps it' });
    await Promise.all([keeping.stop(), told.stop()]);
  });
});

describe('a stream of a module’s own', () => {
  it('is followed from where it stood when its object was read, and tells nobody who cannot come to the object', async () => {
    const { owner, colleague } = own;
    const id = (await write(owner, { keeper: owner, note: 'first' }))!;
    await stampEvents(server.runtime.pools.worker);
    const { liveCursor } = (await owner.query(PLACE)).warranties.nodes.find((one: { id: string }) => one.id === id);
    await write(owner, { keeper: owner, note: 'another' });
    await write(owner, { id, keeper: owner, note: 'second' });
    const [live, foreign] = [owner.follow(ONE, { id, after: liveCursor }), colleague.follow(ONE, { id })];
    expect(await live.next()).toEqual({ kind: 'second' });
    await foreign.opened;
    let heard: unknown;
    void foreign.next().then((event) => {
      heard = event;
    });
    await expect
      .poll(async () => {
        await write(owner, { id, keeper: owner, note: 'not for the colleague' });
        await write(owner, { id, keeper: owner, to: colleague, note: 'for the colleague' });
        return heard;
      })
      .toEqual({ kind: 'for the colleague' });
    await expect(colleague.follow(ONE, { id, after: liveCursor }).next()).rejects.toThrow('BAD_REQUEST');
    await Promise.all([live.stop(), foreign.stop()]);
  });
});
