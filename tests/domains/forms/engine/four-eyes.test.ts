import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decide, isRefused } from '../../../../src/domains/forms/engine/decide.ts';
import type { Act, Actor, Approved, Facts, Goes, Person, Stop, Task } from '../../../../src/domains/forms/engine/flow.types.ts';
import { hadLast, placeAgain, type TurnBefore } from '../../../../src/domains/forms/engine/had-last.ts';
import { asStop, type People } from '../../../../src/domains/forms/engine/next-steps.ts';
import { passTo } from '../../../../src/domains/forms/engine/passing.ts';
import { ADDED } from '../../../../src/domains/forms/engine/stops.ts';
import { isDenied } from '../../../../src/domains/forms/engine/who-has-it.ts';
import { instead, turnFor, whoApproved, whose } from '../../../../src/domains/forms/engine/whose.ts';
import { applied, BEGINNING, formOf, isLive, person, type World } from './flow.fixture.ts';

// Random routes, people and acts: nobody approves in another's place and at another stop, and nobody has two turns (spec 6.10).

const PEOPLE = ['a', 'b', 'c', 'd', 'e'];
const CUSTOMER: Actor = { id: 'customer', is: 'CUSTOMER' };
interface Seen {
  readonly world: World;
  readonly standIns: ReadonlyMap<string, string>;
  /** Approvals as they were made. */
  readonly approvals: readonly { readonly stop: number; readonly by: string; readonly inPlace: boolean; readonly goes: Goes }[];
  /** `STOP WHO`: to whom somebody gave a turn there, with open eyes. */
  readonly given: ReadonlySet<string>;
}
type Route = readonly (readonly (readonly string[])[])[];
const keyOf = (i: number): string => `s${i}`;
const indexOf = (stop: string | null): number => (stop === null ? -1 : Number(stop.slice(1)));
const isAsked = (task: Task): boolean => isLive(task) && task.kind === 'APPROVAL';
const who = ({ standIns }: Seen, id: string): Person => person(id, { standIn: standIns.get(id) });
const approvedAt = ({ approvals }: Seen, stop: number): Approved =>
  whoApproved(approvals.filter((one) => one.stop < stop).map(({ goes }) => goes));

const turnsOf = ({ world }: Seen): TurnBefore[] =>
  world.tasks.flatMap(({ stop, kind, takenFrom = null, state, ...turn }) =>
    stop === null || kind === 'OPINION' ? [] : [{ ...turn, stop, takenFrom, isHandedOver: state === 'HANDED_OVER' }],
  );
function stopAt(route: Route, seen: Seen, i: number): Stop | null {
  if (!route[i]) return null;
  const key = keyOf(i);
  const approved = approvedAt(seen, i);
  const here = { isThere: () => true, mayHave: (one: string) => !approved.get(one) };
  const turns = turnsOf(seen);
  const slots = [...new Set(turns.flatMap(({ stop, slot }) => (stop === key && slot >= ADDED ? [slot] : [])))].sort((a, b) => a - b);
  const added = slots.map((slot) => {
    const of = seen.world.tasks.filter((one) => one.stop === key && one.slot === slot);
    const people = [...new Set(of.flatMap((one) => one.for ?? one.holder ?? []))];
    return { to: of.find(({ addedTo }) => addedTo)?.addedTo, ...placeAgain({ stop: key, slot, people }, turns, here) };
  });
  const named = { key, step: null, slots: route[i].map((people) => ({ by: [], people })) };
  const people = { here: new Map(PEOPLE.map((id) => [id, who(seen, id)])) } as unknown as People;
  return asStop(hadLast(named, turns, here), people, { added: new Map([[key, added]]), approved });
}

function factsOf(route: Route, seen: Seen, act: Act, actor: Actor): Facts {
  const { world } = seen;
  const at = indexOf(world.stop);
  const had = world.tasks.filter(({ kind, holder, state }) => kind === 'APPROVAL' && holder && ['DECIDED', 'HANDED_OVER'].includes(state));
  const placeOf = (one: Task) => ({
    stop: one.stop,
    slot: one.slot,
    whose: whose(one),
    themself: !one.for && one.takenFrom === one.holder,
  });
  const earlier = new Map(had.filter(({ stop }) => indexOf(stop) <= at).map((one) => [one.holder!, placeOf(one)]));
  const to = act.kind === 'RETURN' && act.to !== 'SUBMITTER' ? earlier.get(act.to.id) : undefined;
  const onward = { SUBMIT: 0, APPROVE: at + 1, RESUBMIT: at, RETURN: to && indexOf(to.stop) }[act.kind as string];
  const last = had.filter(({ state }) => state === 'DECIDED').at(-1);
  const back = last && { who: { ...who(seen, last.holder!), given: placeOf(last) }, ...placeOf(last) };
  const approved = approvedAt(seen, indexOf(act.kind === 'DISPUTE' ? (last?.stop ?? null) : world.stop));
  const added = new Set(world.tasks.flatMap((one) => (one.stop === world.stop && one.slot >= ADDED ? [one.slot] : []))).size;
  return {
    ...{ actor, earlier, approved, added, withConfirmation: true },
    ...(onward !== undefined && { onward: stopAt(route, seen, onward) }),
    ...(back && { back }),
  };
}

/** To whom somebody gave it: whom the act names, who claims it, whoever had it before. */
function givenBy(seen: Seen, act: Act, actor: Actor): string[] {
  const stop = indexOf(seen.world.stop);
  const last = seen.world.tasks.filter(({ kind, state }) => kind === 'APPROVAL' && state === 'DECIDED').at(-1);
  if (act.kind === 'HAND_OVER' || act.kind === 'REASSIGN') return [`${stop} ${act.to.id}`];
  if (act.kind === 'ADD') return [`${stop} ${act.who.id}`];
  if (act.kind === 'CLAIM') return [`${stop} ${actor.id}`];
  if (act.kind === 'JUMP' && act.to) return [`${stop} ${act.to.id}`];
  if (act.kind === 'DISPUTE' && last) return [`${indexOf(last.stop)} ${last.holder}`];
  return [];
}

/** With the approval that an act is. */
function approving(seen: Seen, act: Act): Seen {
  const turn = act.kind === 'APPROVE' ? seen.world.tasks.find(({ id }) => id === act.taskId) : undefined;
  if (!turn?.holder) return seen;
  const goes = { holder: turn.holder, for: turn.for, alsoFor: turn.alsoFor };
  const made = { stop: indexOf(turn.stop), by: turn.holder, inPlace: whose(goes).some((one) => one !== turn.holder), goes };
  return { ...seen, approvals: [...seen.approvals, made] };
}
function done(route: Route, before: Seen, act: Act, actor: Actor): Seen {
  const seen = approving(before, act);
  const verdict = decide(formOf(seen.world, 'taskId' in act ? act.taskId : undefined), act, factsOf(route, seen, act, actor));
  if (isRefused(verdict)) return before;
  const world = applied(seen.world, verdict.changes);
  const returned = act.kind === 'RETURN' && act.to !== 'SUBMITTER' ? [`${indexOf(world.stop)} ${act.to.id}`] : [];
  const given = new Set([...seen.given, ...givenBy(seen, act, actor), ...returned]);
  return { ...seen, world, given };
}

/** Somebody names a stand-in, or leaves: each of their turns goes over, as far as the other can have it. */
function passed(seen: Seen, from: string, to: string, how: 'STAND' | 'LEAVE'): Seen {
  let { world } = seen;
  const given = new Set(seen.given);
  for (const { id } of world.tasks.filter((one) => isAsked(one) && one.holder === from)) {
    const task = world.tasks.find((one) => one.id === id)!;
    if (!isAsked(task)) continue; // it counts with another by now
    const goes = how === 'STAND' ? turnFor(to, whose(task)) : instead(task, to);
    const cannot = isDenied(goes, approvedAt(seen, indexOf(task.stop)));
    if (cannot && how === 'STAND') continue;
    if (how === 'LEAVE' && !cannot) given.add(`${indexOf(task.stop)} ${to}`);
    const taken = how === 'LEAVE' && task.for === null ? { takenFrom: task.takenFrom ?? from } : {};
    world = applied(world, passTo(formOf(world), task, { ...(cannot ? instead(task, null) : goes), ...taken }));
  }
  return { ...seen, world, given };
}

interface Try {
  readonly kind: Act['kind'] | 'STAND' | 'UNSTAND' | 'LEAVE';
  readonly task: number;
  readonly picked: number;
  readonly other: number;
  readonly flag: boolean;
}
function tried(route: Route, seen: Seen, { kind, task, picked, other, flag }: Try): Seen {
  const [one, two] = [PEOPLE[picked]!, PEOPLE[other]!];
  if (kind === 'UNSTAND') return { ...seen, standIns: new Map([...seen.standIns].filter(([away]) => away !== one)) };
  if (kind === 'LEAVE') return one === two ? seen : passed(seen, one, two, 'LEAVE');
  if (kind === 'STAND') {
    if (one === two || seen.standIns.has(two) || [...seen.standIns.values()].includes(one)) return seen;
    return passed({ ...seen, standIns: new Map([...seen.standIns, [one, two]]) }, one, two, 'STAND');
  }
  const open = seen.world.tasks.filter((of) => isAsked(of) && of.state === 'OPEN' && (kind === 'CLAIM') === (of.holder === null));
  const it = open[task % Math.max(open.length, 1)];
  const taskId = it?.id ?? 'none';
  const to = who(seen, one);
  const act = ({
    HAND_OVER: { kind, taskId, to },
    REASSIGN: { kind, taskId, to },
    ADD: { kind, taskId, who: to, when: flag ? 'BEFORE' : 'AFTER' },
    RETURN: { kind, taskId, to: flag ? 'SUBMITTER' : to },
    ESCALATE: { kind, taskId, to: [to, who(seen, two)] },
    JUMP: { kind, to },
    APPROVE: { kind, taskId },
    CLAIM: { kind, taskId },
  }[kind as string] ?? { kind }) as Act;
  const admin: Actor = { id: two, is: 'ADMIN' };
  const actors: Partial<Record<Act['kind'], Actor>> = { CLAIM: admin, REASSIGN: admin, JUMP: admin, ESCALATE: { id: 's', is: 'SERVER' } };
  return done(route, seen, act, actors[kind] ?? ('taskId' in act ? { id: it?.holder ?? 'nobody', is: 'STAFF' } : CUSTOMER));
}

function check(seen: Seen, before: Seen): void {
  const live = seen.world.tasks.filter(isAsked);
  const holders = live.flatMap(({ holder }) => holder ?? []);
  expect(new Set(holders).size, 'nobody has two turns, open or waiting').toBe(holders.length);
  for (const one of live) {
    const was = before.world.tasks.find(({ id }) => id === one.id);
    if (one.holder === null || (was && was.holder === one.holder && whose(was).length === whose(one).length)) continue;
    const stop = indexOf(one.stop);
    if (seen.given.has(`${stop} ${one.holder}`)) continue;
    const own = seen.approvals.filter((made) => made.by === one.holder && made.stop < stop);
    const standsIn = whose(one).some((of) => of !== one.holder);
    expect(own.length > 0 && (standsIn || own.some(({ inPlace }) => inPlace)), `${one.holder} at ${one.stop} has approved`).toBe(false);
  }
}

const KINDS =
  'APPROVE APPROVE APPROVE APPROVE APPROVE ADD ADD HAND_OVER RETURN RETURN ESCALATE CLAIM CLAIM REASSIGN RESUBMIT RESUBMIT DISPUTE JUMP STAND STAND STAND UNSTAND LEAVE'.split(
    ' ',
  ) as Try['kind'][];
const tries = fc.array(
  fc.record({ kind: fc.constantFrom(...KINDS), task: fc.nat(9), picked: fc.nat(4), other: fc.nat(4), flag: fc.boolean() }),
  { maxLength: 60 },
);
const routes = fc.array(fc.array(fc.uniqueArray(fc.constantFrom(...PEOPLE), { maxLength: 2 }), { minLength: 1, maxLength: 3 }), {
  minLength: 2,
  maxLength: 3,
});

describe('whatever becomes of a turn (spec 6.10)', () => {
  it('nobody approves in another’s place and at another stop, unless somebody gave it to them, and nobody has two turns', () => {
    fc.assert(
      fc.property(routes, tries, (route, walk) => {
        const start: Seen = { world: BEGINNING, standIns: new Map(), approvals: [], given: new Set() };
        let seen = done(route, start, { kind: 'SUBMIT' }, CUSTOMER);
        for (const one of walk) {
          const next = tried(route, seen, one);
          check(next, seen);
          seen = next;
        }
      }),
      { numRuns: 1500, seed: 20_260_612 },
    );
  });
});
