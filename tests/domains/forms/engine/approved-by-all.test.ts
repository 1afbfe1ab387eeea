import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decide, isRefused } from '../../../../src/domains/forms/engine/decide.ts';
import type { Act, Actor, Change, Facts, Person, Stop, Task } from '../../../../src/domains/forms/engine/flow.types.ts';
import { ADDED } from '../../../../src/domains/forms/engine/stops.ts';
import { applied, BEGINNING, decidedNext, formOf, isLive, person, type World } from './flow.fixture.ts';

// Random routes, people and acts: what stands behind a form that is approved, told from a record of its own beside the engine (spec 6.2).

const PEOPLE = ['a', 'b', 'c', 'd', 'e'];
const ADMIN: Actor = { id: 'z', is: 'ADMIN' };
const SERVER: Actor = { id: 'server', is: 'SERVER' };
const CUSTOMER: Actor = { id: 'customer', is: 'CUSTOMER' };

interface Given {
  /** Stops of slots of people; none: approvers are picked by hand. */
  readonly route: readonly (readonly (readonly string[])[])[];
  readonly submitter: string | null;
  readonly standIns: Readonly<Record<string, string>>;
}
/** What the test writes down: when each turn was opened and for whom, and what became of it. */
interface Seen {
  readonly world: World;
  readonly at: number;
  /** For whom a turn was opened first, of the stop or as an addition: hand-overs and escalations hang on it. */
  readonly roots: ReadonlyMap<string, string | null>;
  readonly approvals: readonly { readonly id: string; readonly at: number; readonly by: string }[];
  readonly returned: ReadonlySet<string>;
  /** When all from a stop on was to be asked again. */
  readonly resets: readonly { readonly stop: number; readonly at: number }[];
  /** When turns of a stop were opened. */
  readonly openings: readonly number[];
}
const START: Seen = { world: BEGINNING, at: 0, roots: new Map(), approvals: [], returned: new Set(), resets: [], openings: [] };

const who = ({ standIns }: Given, id: string): Person => person(id, { standIn: standIns[id] });
const keyOf = (i: number): string => `s${i}`;
const indexOf = (stop: string | null): number => (stop === null ? -1 : Number(stop.slice(1)));
const isAdded = ({ slot }: Task): boolean => slot >= ADDED;
const addedSlots = (world: World, stop: string | null): number[] =>
  [...new Set(world.tasks.filter((one) => isAdded(one) && one.stop === stop).map(({ slot }) => slot))].sort((a, b) => a - b);
const addedPeople = (world: World, stop: string | null, slot: number): string[] =>
  world.tasks.filter((one) => one.stop === stop && one.slot === slot && one.state !== 'HANDED_OVER').flatMap(({ holder }) => holder ?? []);
function stopAt(given: Given, world: World, i: number): Stop | null {
  const slots = given.route[i];
  if (!slots) return null;
  const known = (people: readonly string[]): Person[] => people.map((id) => who(given, id));
  return {
    key: keyOf(i),
    slots: slots.map(known),
    added: addedSlots(world, keyOf(i)).map((slot) => ({
      people: known(addedPeople(world, keyOf(i), slot)),
      to: world.tasks.find((one) => one.stop === keyOf(i) && one.slot === slot && one.addedTo)?.addedTo,
    })),
  };
}

function factsOf(given: Given, { world, returned }: Seen, act: Act, actor: Actor): Facts {
  const isFixed = given.route.length > 0;
  const at = indexOf(world.stop);
  const had = world.tasks.filter(
    (one) => one.kind === 'APPROVAL' && one.holder && (one.state === 'DECIDED' || one.state === 'HANDED_OVER'),
  );
  const reached = had.filter(({ stop }) => indexOf(stop) <= at);
  const earlier = new Map(reached.map(({ holder, stop, slot }) => [holder!, { stop, slot }]));
  const to = act.kind === 'RETURN' && act.to !== 'SUBMITTER' ? earlier.get(act.to.id) : undefined;
  const ways = {
    SUBMIT: () => stopAt(given, world, 0),
    APPROVE: () => stopAt(given, world, at + 1),
    RESUBMIT: () => stopAt(given, world, at),
    RETURN: () => (to ? stopAt(given, world, indexOf(to.stop)) : undefined),
  } as Partial<Record<Act['kind'], () => Stop | null | undefined>>;
  const last = (act.kind === 'RESUBMIT' ? had.filter(({ id }) => returned.has(id)) : had.filter(({ state }) => state === 'DECIDED')).at(-1);
  const first = given.submitter === 'a' ? null : who(given, 'a'); // by hand an owner has the first turn, also of what they have handed in
  return {
    actor,
    submitter: given.submitter,
    withConfirmation: true,
    ...(isFixed && { onward: ways[act.kind]?.() }),
    back: last
      ? { who: person(last.holder!), stop: last.stop, slot: last.slot, behind: act.kind === 'RESUBMIT' ? behind(world, last.id) : [] }
      : { who: first, stop: null },
    earlier,
    added: addedSlots(world, world.stop).length,
  };
}
function behind(world: World, id: string): { who: Person | null; slot: number }[] {
  const next = world.tasks.find((one) => one.kind === 'APPROVAL' && one.state === 'CANCELLED' && one.linked === id);
  return next ? [{ who: next.holder === null ? null : person(next.holder), slot: next.slot }, ...behind(world, next.id)] : [];
}

function done(given: Given, seen: Seen, act: Act, actor: Actor): Seen {
  const facts = factsOf(given, seen, act, actor);
  const verdict = decide(formOf(seen.world, 'taskId' in act ? act.taskId : undefined), act, facts);
  return isRefused(verdict) ? seen : written(seen, act, actor, facts, verdict.changes);
}
function written(seen: Seen, act: Act, actor: Actor, facts: Facts, changes: readonly Change[]): Seen {
  const world = applied(seen.world, changes);
  const at = seen.at + 1;
  const fresh = world.tasks.filter(({ id }) => !seen.world.tasks.some((one) => one.id === id));
  const from = act.kind === 'HAND_OVER' || act.kind === 'ESCALATE' ? seen.roots.get(act.taskId) : undefined;
  const closed = (decision: string): string[] =>
    changes.flatMap((one) => (one.do === 'CLOSE' && one.decision === decision ? [one.task] : []));
  const resets = act.kind === 'RESUBMIT' ? [{ stop: indexOf(world.stop), at }] : [];
  const goesBack = act.kind === 'RETURN' && act.to !== 'SUBMITTER';
  return {
    world,
    at,
    roots: new Map([...seen.roots, ...fresh.map(({ id, holder }) => [id, from === undefined ? holder : from] as const)]),
    approvals: [...seen.approvals, ...closed('APPROVED').map((id) => ({ id, at, by: actor.id }))],
    returned: new Set([...seen.returned, ...closed('RETURNED')]),
    resets: [...seen.resets, ...resets, ...(goesBack ? [{ stop: indexOf(world.stop), at }] : [])],
    openings: facts.onward || ['DISPUTE', 'RESUBMIT'].includes(act.kind) ? [...seen.openings, at] : seen.openings,
  };
}

interface Try {
  readonly kind: Act['kind'];
  readonly task: number;
  readonly picked: number;
  readonly flag: boolean;
}
function tried(given: Given, seen: Seen, { kind, task, picked, flag }: Try): Seen {
  const { world } = seen;
  const of = world.tasks.filter((one) => isLive(one) && (kind === 'ANSWER' ? one.kind === 'OPINION' : one.kind === 'APPROVAL'));
  const fit = of.filter(({ state, holder }) => state === 'OPEN' && (kind === 'CLAIM') === (holder === null));
  const among = fit.length ? fit : of;
  const one = among[task % Math.max(among.length, 1)];
  const to = who(given, PEOPLE[picked]!);
  const taskId = one?.id ?? 'none';
  const act = {
    APPROVE: { kind, taskId, ...(flag && !given.route.length && { next: to }) },
    HAND_OVER: { kind, taskId, to },
    REASSIGN: { kind, taskId, to },
    ADD: { kind, taskId, who: to, when: flag ? 'BEFORE' : 'AFTER' },
    CONSULT: { kind, taskId, who: to },
    RETURN: { kind, taskId, to: flag ? 'SUBMITTER' : to },
    ESCALATE: { kind, taskId: given.route.length ? taskId : 'none', to: flag ? [to] : PEOPLE.map((id) => who(given, id)) }, // by hand nothing falls due
    CLAIM: { kind, taskId },
    ANSWER: { kind, taskId },
  }[kind as string] ?? { kind };
  const holder: Actor = { id: one?.holder ?? 'nobody', is: 'STAFF' };
  const claimer: Actor = { id: flag ? 'z' : PEOPLE[picked]!, is: 'ADMIN' };
  const actors: Partial<Record<Act['kind'], Actor>> = { CLAIM: claimer, REASSIGN: ADMIN, ESCALATE: SERVER };
  return done(given, seen, act as Act, actors[kind] ?? ('taskId' in act ? holder : CUSTOMER));
}

/** Every slot of every stop, and everybody who was added, by an approval after all was last to be asked again from there on. */
function checkApproved(given: Given, { world, roots, approvals, resets, openings, returned }: Seen): void {
  const taskOf = (id: string): Task => world.tasks.find((one) => one.id === id)!;
  for (const { by } of approvals) expect(by, 'nobody approves what they handed in').not.toBe(given.submitter);
  for (const [i, slots] of given.route.entries()) {
    const since = Math.max(0, ...resets.filter(({ stop }) => stop <= i).map(({ at }) => at));
    const standing = approvals.filter(({ id, at }) => at > since && taskOf(id).stop === keyOf(i)).map(({ id }) => taskOf(id));
    const able = (people: readonly string[]): string[] =>
      people
        .filter((id) => id !== given.submitter)
        .map((id) => (given.standIns[id] && given.standIns[id] !== given.submitter ? given.standIns[id] : id));
    const asked = [
      ...slots.map((people, slot) => ({ slot, people })),
      ...addedSlots(world, keyOf(i)).map((slot) => ({ slot, people: addedPeople(world, keyOf(i), slot) })),
    ];
    for (const { slot, people } of asked)
      expect(
        standing.some((one) => one.slot === slot || able(people).includes(roots.get(one.id) ?? '')),
        `slot ${slot} of ${keyOf(i)} has approved`,
      ).toBe(true);
  }
  for (const [nth, from] of openings.entries()) {
    const until = openings[nth + 1] ?? Number.POSITIVE_INFINITY;
    const decided = approvals.filter(({ at }) => at > from && at <= until).map(({ id }) => `${taskOf(id).stop} ${taskOf(id).slot}`);
    if (given.route.length) expect(new Set(decided).size, 'one decision of a slot').toBe(decided.length);
  }
  if (given.route.length) return;
  for (const slot of addedSlots(world, null)) {
    const ended = world.tasks.filter((one) => one.slot === slot && (returned.has(one.id) || approvals.some(({ id }) => id === one.id)));
    expect(returned.has(ended.at(-1)?.id ?? ''), `who was added as ${slot} has approved`).toBe(false);
    expect(ended.length, `who was added as ${slot} was asked`).toBeGreaterThan(0);
  }
}
function checkMoving({ world }: Seen): void {
  if (world.state !== 'IN_REVIEW') return;
  const live = world.tasks.filter(isLive);
  expect(
    live.some(({ kind, state }) => kind === 'APPROVAL' && state === 'OPEN'),
    'somebody can act',
  ).toBe(true);
  for (const one of live)
    if (one.linked)
      expect(
        live.some(({ id }) => id === one.linked),
        'what somebody waits for is there',
      ).toBe(true);
}

const slot = fc.uniqueArray(fc.constantFrom(...PEOPLE), { maxLength: 3 });
const givens: fc.Arbitrary<Given> = fc.record({
  route: fc.array(fc.array(slot, { minLength: 1, maxLength: 4 }), { maxLength: 3 }),
  submitter: fc.option(fc.constantFrom(...PEOPLE)),
  standIns: fc.constantFrom<Record<string, string>>({}, {}, { a: 'b' }, { c: 'a', d: 'a' }, { b: 'e', e: 'c' }),
});
const KINDS =
  'APPROVE APPROVE APPROVE APPROVE ADD ADD HAND_OVER RETURN RETURN ESCALATE CLAIM CLAIM REASSIGN CONSULT ANSWER RESUBMIT RESUBMIT DISPUTE'.split(
    ' ',
  ) as Act['kind'][];
const tries = fc.array(fc.record({ kind: fc.constantFrom(...KINDS), task: fc.nat(9), picked: fc.nat(4), flag: fc.boolean() }), {
  maxLength: 60,
});

describe('a form that is approved (spec 6.2, 6.7)', () => {
  it('was approved in every slot of every stop and by all who were added, after it was last returned to before them, and never by its submitter', () => {
    let approved = 0;
    fc.assert(
      fc.property(givens, tries, (given, walk) => {
        let seen = done(given, START, { kind: 'SUBMIT' }, CUSTOMER);
        const step = (next: Seen): void => {
          const ends = seen.world.state === 'IN_REVIEW' && next.world.state === 'AWAITING_CONFIRMATION';
          seen = next;
          checkMoving(seen);
          if (!ends) return;
          approved++;
          checkApproved(given, seen);
        };
        for (const one of walk) step(tried(given, seen, one));
        if (seen.world.state === 'NEEDS_CORRECTION') step(done(given, seen, { kind: 'RESUBMIT' }, CUSTOMER));
        for (let i = 0; i < 200 && seen.world.state === 'IN_REVIEW'; i++) {
          const { act, actor } = decidedNext(seen.world)!;
          step(done(given, seen, act, actor));
        }
        expect(seen.world.state).toBe('AWAITING_CONFIRMATION');
      }),
      { numRuns: 1500, seed: 20_260_611 },
    );
    expect(approved).toBeGreaterThan(1500);
  });
});
