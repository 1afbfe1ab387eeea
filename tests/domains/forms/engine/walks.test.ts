import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decide, isRefused } from '../../../../src/domains/forms/engine/decide.ts';
import type { Act, Actor, Facts, Stop } from '../../../../src/domains/forms/engine/flow.types.ts';
import { ADDED } from '../../../../src/domains/forms/engine/stops.ts';
import { applied, BEGINNING, decidedNext, ENDS, formOf, isLive, person, type World } from './flow.fixture.ts';

// Random walks of forms by hand and on a fixed route: what holds whatever people do (spec 6.3, 6.4).

const PEOPLE = ['a', 'b', 'c', 'd', 'e'];
const ADMIN: Actor = { id: 'z', is: 'ADMIN' };
const CUSTOMER: Actor = { id: 'customer', is: 'CUSTOMER' };
const SERVER: Actor = { id: 'server', is: 'SERVER' };
const stop = (key: string, ...slots: string[][]): Stop => ({ key, slots: slots.map((people) => people.map((id) => person(id))) });
const ROUTE = [stop('s1', ['a'], ['b', 'c']), stop('s2', []), stop('s3', ['c', 'd', 'e']), stop('s4', ['a'], ['b'], ['c'])];

interface Flow {
  readonly withConfirmation: boolean;
  readonly withdrawal: NonNullable<Facts['withdrawal']>;
  readonly isFixed: boolean;
}
function factsOf({ withConfirmation, withdrawal, isFixed }: Flow, world: World, act: Act, actor: Actor): Facts {
  const at = ROUTE.findIndex(({ key }) => key === world.stop);
  const decided = world.tasks.filter(({ state, kind, holder }) => state === 'DECIDED' && kind === 'APPROVAL' && holder);
  const last = decided.at(-1);
  const again = ROUTE[Math.max(at, 0)]!;
  const earlier = new Map(decided.map(({ holder, stop, slot }) => [holder!, { stop, slot }]));
  const had = act.kind === 'RETURN' && act.to !== 'SUBMITTER' ? earlier.get(act.to.id) : undefined;
  const back = had && ROUTE.find(({ key }) => key === had.stop);
  const onward = { SUBMIT: ROUTE[0]!, APPROVE: ROUTE[at + 1] ?? null, RESUBMIT: again, JUMP: again, RETURN: back }[act.kind as string];
  return {
    actor,
    withConfirmation,
    withdrawal,
    ...(isFixed && { onward }),
    back: { who: last ? person(last.holder!) : person('a'), stop: isFixed ? world.stop : null },
    earlier,
    added: new Set(world.tasks.flatMap((one) => (one.stop === world.stop && one.slot >= ADDED ? [one.slot] : []))).size,
  };
}

/** One try: somebody does something, whether or not they may. */
interface Try {
  readonly kind: Act['kind'];
  readonly who: number;
  readonly task: number;
  readonly picked: number;
  readonly flag: boolean;
}
const INSIDE = ['APPROVE', 'APPROVE', 'APPROVE', 'HAND_OVER', 'ADD', 'ADD', 'CONSULT', 'ANSWER', 'CLAIM', 'REASSIGN', 'ESCALATE'] as const;
const ALL = [
  ...INSIDE,
  'REJECT',
  'RETURN',
  'COMMENT',
  'REMIND',
  'CONFIRM',
  'DISPUTE',
  'WITHDRAW',
  'RESUBMIT',
  'JUMP',
  'END',
  'PAUSE',
  'RESUME',
] as const;
const tries = (kinds: readonly Act['kind'][]) =>
  fc.record({ kind: fc.constantFrom(...kinds), who: fc.nat(4), task: fc.nat(9), picked: fc.nat(4), flag: fc.boolean() });
const flows = fc.record({
  withConfirmation: fc.boolean(),
  withdrawal: fc.constantFrom('NEVER', 'UNTIL_FIRST_DECISION', 'WHILE_RUNNING'),
  isFixed: fc.boolean(),
}) as fc.Arbitrary<Flow>;

/** The try as an act on this form: on a live task where there is one, mostly by its holder. */
function actOf(world: World, { kind, task, picked, flag }: Try, isFixed: boolean): Act {
  const live = world.tasks.filter((one) => (kind === 'ANSWER' ? one.kind === 'OPINION' : one.kind === 'APPROVAL') && isLive(one));
  const among = live.length ? live : world.tasks;
  const taskId = among.length ? among[task % among.length]!.id : 'none';
  const to = person(PEOPLE[picked]!);
  switch (kind) {
    case 'APPROVE':
      return { kind, taskId, ...(flag && !isFixed && { next: to }) };
    case 'RETURN':
      return { kind, taskId, to: flag ? 'SUBMITTER' : to };
    case 'HAND_OVER':
    case 'REASSIGN':
      return { kind, taskId, to };
    case 'ADD':
      return { kind, taskId, who: to, when: flag ? 'BEFORE' : 'AFTER' };
    case 'CONSULT':
      return { kind, taskId, who: to };
    case 'ESCALATE':
      return { kind, taskId: isFixed ? taskId : 'none', to: flag ? [to] : PEOPLE.map((id) => person(id)) }; // by hand nothing falls due
    case 'REJECT':
    case 'ANSWER':
    case 'CLAIM':
      return { kind, taskId };
    case 'COMMENT':
      return { kind, toCustomer: flag };
    case 'JUMP':
      return isFixed ? { kind } : { kind, to };
    default:
      return { kind };
  }
}
function actorOf(world: World, act: Act, who: number): Actor {
  if ('taskId' in act && act.kind !== 'CLAIM' && act.kind !== 'REASSIGN' && act.kind !== 'ESCALATE')
    return { id: world.tasks.find(({ id }) => id === act.taskId)?.holder ?? PEOPLE[who]!, is: 'STAFF' };
  if (['CONFIRM', 'DISPUTE', 'WITHDRAW', 'RESUBMIT', 'SUBMIT'].includes(act.kind)) return CUSTOMER;
  if (['PAUSE', 'RESUME', 'ESCALATE'].includes(act.kind)) return SERVER;
  return ['CLAIM', 'REASSIGN', 'JUMP', 'END'].includes(act.kind) ? ADMIN : { id: PEOPLE[who]!, is: 'STAFF' };
}

const does = (flow: Flow, world: World, act: Act, actor: Actor) =>
  decide(formOf(world, 'taskId' in act ? act.taskId : undefined), act, factsOf(flow, world, act, actor));
function tried(flow: Flow, world: World, one: Try): World {
  const act = actOf(world, one, flow.isFixed);
  const verdict = does(flow, world, act, actorOf(world, act, one.who));
  return isRefused(verdict) ? world : applied(world, verdict.changes);
}
const begin = (flow: Flow): World => {
  const verdict = does(flow, BEGINNING, { kind: 'SUBMIT' }, CUSTOMER);
  if (isRefused(verdict)) throw new Error('A form could not begin.');
  return applied(BEGINNING, verdict.changes);
};

function checkInvariants(world: World, { isFixed }: Flow): void {
  const live = world.tasks.filter(isLive);
  const turns = live.filter(({ kind, state }) => kind === 'APPROVAL' && state === 'OPEN');
  if (world.state === 'IN_REVIEW') expect(turns.length, 'somebody can act').toBeGreaterThan(0);
  else expect(live, 'nobody has a turn outside a review').toEqual([]);
  const holders = live.flatMap(({ kind, holder }) => (kind === 'APPROVAL' ? (holder ?? []) : []));
  if (!isFixed) expect(turns.length, 'one live decision by hand').toBeLessThan(2);
  expect(new Set(holders).size, 'nobody has two live decisions, open or waiting').toBe(holders.length);
  const ids = new Set(live.map(({ id }) => id));
  for (const one of live)
    if (one.state === 'WAITING' || one.kind === 'OPINION') expect(ids.has(one.linked!), 'what somebody waits for is there').toBe(true);
}

describe('whatever people do (spec 6.2, 6.4)', () => {
  it('somebody can act or the form has ended, nobody has two live decisions, and nothing moves after the end', () => {
    fc.assert(
      fc.property(flows, fc.array(tries(ALL), { maxLength: 60 }), (flow, walk) => {
        let world = begin(flow);
        for (const one of walk) {
          const next = tried(flow, world, one);
          if (ENDS.includes(world.state)) expect({ ...next, history: [], told: [] }).toEqual({ ...world, history: [], told: [] });
          if (world.isPaused && next.state !== world.state) expect(next.state).toBe('ENDED');
          world = next;
          checkInvariants(world, flow);
        }
      }),
      { numRuns: 400, seed: 20_260_601 },
    );
  });

  it('a form that nobody ends can always be brought to its end', () => {
    fc.assert(
      fc.property(flows, fc.array(tries(INSIDE), { maxLength: 40 }), (flow, walk) => {
        const walked = walk.reduce((world, one) => tried(flow, world, one), begin(flow));
        expect(finished(flow, walked).state).toBe('COMPLETED');
      }),
      { numRuns: 200, seed: 20_260_602 },
    );
  });
});

/** Everybody whose turn it is approves, what nobody holds is claimed, the customer confirms. */
function finished(flow: Flow, from: World): World {
  let world = from;
  for (let i = 0; i < 200 && !ENDS.includes(world.state); i++) {
    const { act, actor } = decidedNext(world) ?? { act: { kind: 'CONFIRM' } as const, actor: CUSTOMER };
    const verdict = does(flow, world, act, actor);
    if (isRefused(verdict)) throw new Error(`${act.kind}: ${JSON.stringify(verdict)}`);
    world = applied(world, verdict.changes);
  }
  return world;
}

const CROSSINGS = ['APPROVED', 'RETURNED', 'REJECTED', 'SAID'] as const;
/** What ends the inside part, or is said across: one after the other, with what happens inside before each. */
function crossed(flow: Flow, from: World, crossing: (typeof CROSSINGS)[number]): World {
  if (from.state !== 'IN_REVIEW') return from;
  if (crossing === 'APPROVED') {
    let world = from;
    for (let i = 0; i < 200 && world.state === 'IN_REVIEW'; i++) {
      const { act, actor } = decidedNext(world)!;
      const verdict = does(flow, world, act, actor);
      if (isRefused(verdict)) throw new Error(JSON.stringify(verdict));
      world = applied(world, verdict.changes);
    }
    return world;
  }
  const by = (act: Act, actor: Actor): World => {
    const verdict = does(flow, from, act, actor);
    return isRefused(verdict) ? from : applied(from, verdict.changes);
  };
  if (crossing === 'SAID') return by({ kind: 'COMMENT', toCustomer: true }, { id: 'a', is: 'STAFF' });
  const turn = from.tasks.find(({ state, kind, holder }) => state === 'OPEN' && kind === 'APPROVAL' && holder);
  if (!turn) return crossed(flow, tried(flow, from, { kind: 'CLAIM', who: 0, task: 0, picked: 0, flag: false }), crossing);
  const act: Act = crossing === 'REJECTED' ? { kind: 'REJECT', taskId: turn.id } : { kind: 'RETURN', taskId: turn.id, to: 'SUBMITTER' };
  return by(act, { id: turn.holder!, is: 'STAFF' });
}

describe('what the customer is told (spec 6.3)', () => {
  it('hangs on what crosses the border alone: other acts inside, and more of them, tell the same', () => {
    const customers = ['CONFIRM', 'DISPUTE', 'RESUBMIT', 'WITHDRAW', 'COMMENT', 'REMIND'] as const;
    const leg = fc.record({
      inside: fc.array(tries([...INSIDE, 'JUMP']), { minLength: 0, maxLength: 12 }),
      crossing: fc.constantFrom(...CROSSINGS),
      customer: fc.constantFrom(...customers),
    });
    fc.assert(
      fc.property(flows, fc.array(leg, { minLength: 1, maxLength: 5 }), (flow, legs) => {
        const run = (isBusy: boolean): readonly string[] => {
          let world = begin(flow);
          const answers: string[] = [];
          for (const { inside, crossing, customer } of legs) {
            // what is approved by hand with nobody next would end the inside part: inside, somebody is always picked
            const silent = inside.filter(({ kind, flag }) => kind !== 'APPROVE' || (flag && !flow.isFixed));
            if (isBusy && world.state === 'IN_REVIEW') for (const one of silent) world = tried(flow, world, one);
            world = crossed(flow, world, crossing);
            const act: Act = customer === 'COMMENT' ? { kind: customer, toCustomer: true } : { kind: customer };
            const verdict = does(flow, world, act, CUSTOMER);
            answers.push(isRefused(verdict) ? verdict.refusal : 'done');
            if (!isRefused(verdict)) world = applied(world, verdict.changes);
          }
          return [...world.told, ...answers];
        };
        expect(run(true)).toEqual(run(false));
      }),
      { numRuns: 400, seed: 20_260_603 },
    );
  });
});
