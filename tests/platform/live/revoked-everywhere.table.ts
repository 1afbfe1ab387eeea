import { type OperationDefinitionNode, parse } from 'graphql';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { straightQuery } from '../../../src/platform/server/straight-query.ts';
import type { TestOrganization } from '../../../src/testing/test-organization.ts';
import { TestSeat } from '../../../src/testing/test-seat.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { TestStream } from '../../support/event-stream.ts';
import { APPROVE, orderFor, placeOrder } from '../../support/form-moves.ts';
import { type Lateness, watchLateness } from '../../support/lateness.ts';
import { formsNow, tasksNow } from '../../support/live-places.ts';
import { connected } from '../server/socket.fixture.ts';
import { change, LOSSES, type Loss } from './losses.ts';

// Promise 2 as a table: each way to lose a right × each place where it could live on, over two servers of one database.

const BETWEEN_ASKS = 50;
/** By then it is a breach on any machine, and need not be waited for. */
const GIVEN_UP = 120_000;
const ASKED = ['fast path here', 'ordinary path here', 'fast path there', 'ordinary path there'];
const FOLLOWED = ['socket here', 'event stream here', 'socket there', 'event stream there'];
const FOLLOW = 'subscription ($id: ID!, $after: EventCursor) { businessForm(id: $id, after: $after) { kind } }';

interface Case {
  readonly loss: Loss;
  readonly own: TestOrganization;
  readonly formId: string;
  /** The seat on each server, by the same token. */
  readonly seats: readonly TestSeat[];
  /** Where the seat's stream stood before there was the form. */
  readonly after: string;
}
interface Time {
  /** Milliseconds from the change. */
  readonly took: number;
  /** How late the machine was meanwhile. */
  readonly late: number;
}
type Times = ReadonlyMap<string, Time>;

let here: TestServer;
let there: TestServer;
let database: pg.Pool;
let lateness: Lateness;
const times = new Map<string, Times>();

/** @param within milliseconds from a change to its effect, wherever one looks; endless where only the effect is asked for, since the machine may be busy */
export function revokedEverywhere(within: number): void {
  beforeAll(async () => {
    here = await startTestServer();
    there = await startTestServer({ databaseUrl: here.databaseUrl });
    database = new pg.Pool({ connectionString: here.databaseUrl });
    lateness = await watchLateness(here.databaseUrl);
    const cases = await Promise.all(LOSSES.map(prepare));
    // Nobody asks while the subscriptions are timed: each request has the servers look for changes, for subscriptions too.
    const followed = await Promise.all(cases.filter(({ loss }) => loss.ends !== 'stays').map(timeFollowing));
    for (const one of cases) await change(database, one.own, one.loss.who, one.loss.giveBack);
    const asked = await Promise.all(cases.map(timeAsking));
    for (const [name, found] of [...followed, ...asked]) times.set(name, new Map([...(times.get(name) ?? []), ...found]));
    if (process.env.MEASURE)
      console.log([...times].map(([name, found]) => `${name}: ${[...found.values()].map(({ took }) => took).join(' ')}`).join('\n'));
  });
  afterAll(async () => {
    await lateness.stop();
    await database.end();
    await there.stop();
    await here.stop();
  });

  describe(within < Number.POSITIVE_INFINITY ? `within ${within} ms of` : 'with', () => {
    it.each(LOSSES.flatMap(({ name, ends }) => (ends === 'stays' ? ASKED : [...ASKED, ...FOLLOWED]).map((place) => [name, place])))(
      '%s it is lost: %s',
      (name, place) => {
        const { took, late } = times.get(name!)!.get(place!)!;
        expect(took - late).toBeLessThan(within);
      },
    );
  });

  describe('a task that is handed on', () => {
    it('is decided on neither server by who held it; who keeps following its form', async () => {
      const own = await here.organization();
      const { owner, colleague, customer } = own;
      const after = await tasksNow(here, owner);
      const { formId, task } = await orderFor(owner, customer);
      const live = await connected(there.url, owner.token);
      live.subscribe('live', FOLLOW, { id: formId, after });
      expect(await live.next()).toMatchObject({ type: 'next' });
      await change(database, own, 'owner', LOSSES.find(({ name }) => name === 'a task handed on')!.lose);
      for (const { url } of [here, there]) {
        const { data, errors } = await new TestSeat({ ...owner, token: owner.token, url }).ask(APPROVE, { input: { taskId: task.id } });
        expect([data, errors.map(({ extensions }) => extensions.code)]).toEqual([{ approveFormTask: null }, ['FORBIDDEN']]);
      }
      await colleague.does(APPROVE, { input: { taskId: task.id } });
      expect(await live.next()).toMatchObject({ type: 'next', payload: { data: { businessForm: { kind: 'CONFIRMATION_ASKED' } } } });
      live.socket.terminate();
    });
  });

  it('the fast path and the ordinary one are what they are called', () => {
    const { staff, portal } = here.runtime.schemas;
    for (const { who, straight, ordinary } of LOSSES) {
      const isStraight = (query: string): boolean => {
        const document = parse(query);
        return straightQuery(who === 'customer' ? portal : staff, document, document.definitions[0] as OperationDefinitionNode) !== null;
      };
      expect([isStraight(straight), isStraight(ordinary)]).toEqual([true, false]);
    }
  });
}

async function prepare(loss: Loss): Promise<Case> {
  const own = await here.organization();
  const { id, name, token } = own[loss.who];
  const after = await (loss.who === 'customer' ? formsNow : tasksNow)(here, own[loss.who]);
  const formId = await placeOrder(own.customer);
  if (loss.before) await change(database, own, loss.who, loss.before);
  return { loss, own, formId, after, seats: [own[loss.who], new TestSeat({ id, name, token, url: there.url })] };
}

/** The moment from which the right is lost: that at which the change is sent, so that its commit counts as well. */
async function lose({ loss, own }: Case): Promise<number> {
  const from = performance.now();
  await change(database, own, loss.who, loss.lose);
  return from + (loss.after ?? 0);
}
async function timed(places: readonly string[], one: Case, ends: readonly Promise<number>[]): Promise<[string, Times]> {
  const from = await lose(one);
  const moments = ends.map(() => Number.POSITIVE_INFINITY);
  for (const [i, end] of ends.entries())
    void end.then((at) => {
      moments[i] = at;
    });
  await vi.waitUntil(() => moments.every(Number.isFinite), { interval: 5, timeout: GIVEN_UP }).catch(() => {}); // those that never ended took for ever
  const found = moments.map((at, i): [string, Time] => [places[i]!, { took: Math.round(at - from), late: lateness.between(from, at) }]);
  return [one.loss.name, new Map(found)];
}

/** Subscriptions of the form that have told its first event, timed to their ends. */
async function timeFollowing(one: Case): Promise<[string, Times]> {
  const variables = { id: one.formId, after: one.after };
  const { token } = one.seats[0]!;
  const ends = await Promise.all(
    [here, there].flatMap(({ url }) => [followOverSocket(url, token, variables, one.loss), followOverHttp(url, token, variables)]),
  );
  return timed(
    FOLLOWED,
    one,
    ends.map((end) => end().then(() => performance.now())),
  );
}
async function followOverSocket(url: string, token: string | undefined, variables: object, { ends }: Loss): Promise<() => Promise<void>> {
  const socket = await connected(url, token);
  socket.subscribe('live', FOLLOW, variables);
  expect(await socket.next()).toMatchObject({ type: 'next' });
  return async () => {
    if (ends === 'closed with 4403') return expect((await socket.closed).code).toBe(4403);
    expect(await socket.next()).toEqual({ id: 'live', type: 'complete' });
    expect(socket.socket.readyState).toBe(socket.socket.OPEN);
    socket.socket.terminate();
  };
}
async function followOverHttp(url: string, token: string | undefined, variables: object): Promise<() => Promise<void>> {
  const stream = await TestStream.open(url, token, FOLLOW, variables);
  expect(await stream.next()).toMatchObject({ type: 'next', payload: { data: expect.anything() } });
  return () => stream.ended;
}

/** Asks of a token that is remembered, again and again until the right is lost. */
async function timeAsking(one: Case): Promise<[string, Times]> {
  const { straight, ordinary, isLost } = one.loss;
  const asks = one.seats.flatMap((seat) =>
    [straight, ordinary].map((query) => () => seat.ask<never>(query, { id: one.formId }).then(isLost)),
  );
  const until = async (ask: () => Promise<boolean>, lost = true): Promise<number> => {
    await vi.waitUntil(async () => (await ask()) === lost, { interval: BETWEEN_ASKS, timeout: GIVEN_UP });
    return performance.now();
  };
  await Promise.all(asks.map((ask) => until(ask, false)));
  return timed(
    ASKED,
    one,
    asks.map((ask) => until(ask)),
  );
}
