import { describe, expect, it } from 'vitest';
import { decide, isRefused } from '../../../../src/domains/forms/engine/decide.ts';
import type { Act, Facts, Goes, Stop, Task } from '../../../../src/domains/forms/engine/flow.types.ts';
import { hadLast, type TurnBefore } from '../../../../src/domains/forms/engine/had-last.ts';
import { asStop, type People } from '../../../../src/domains/forms/engine/next-steps.ts';
import { openStop } from '../../../../src/domains/forms/engine/stops.ts';
import { applied, BEGINNING, FACTS, person, task, type World } from './flow.fixture.ts';

// Four eyes are one rule, whatever act a turn comes by (spec 6.10). X has approved at a stop before, Y has in another's place; X stands in for E.

const told = ({ holder, for: whom, alsoFor = [] }: Goes): string =>
  [holder ?? 'nobody', ...(whom ? [`for ${whom}`] : []), ...alsoFor.map((one) => `also ${one}`)].join(' ');
const APPROVED = new Map([
  ['x', false],
  ['y', true],
]);
const E = person('e', { standIn: 'x' });
const ADMIN = { actor: { id: 'admin', is: 'ADMIN' } } as const;
const CUSTOMER = { actor: { id: 'customer', is: 'CUSTOMER' } } as const;
const at = (state: World['state'], ...tasks: Task[]): World => ({ ...BEGINNING, state, customerState: 'IN_PROGRESS', opened: 10, tasks });
const turn = (holder: string | null, of: Partial<Task> = {}): Task => task('it', holder, { stop: 's', ...of });
function left(world: World, act: Act, facts: Partial<Facts>): string[] | string {
  const verdict = decide(world, act, { ...FACTS, actor: { id: 't', is: 'STAFF' }, approved: APPROVED, ...facts });
  if (isRefused(verdict)) return verdict.refusal === 'APPROVER' ? verdict.reason : verdict.refusal;
  return applied(world, verdict.changes)
    .tasks.filter(({ state }) => state === 'OPEN' || state === 'WAITING')
    .map(told);
}
const STOP: Stop = { key: 's', slots: [[E]], approved: APPROVED };
const review = (act: Act, facts: Partial<Facts> = {}, holder: string | null = 't', of: Partial<Task> = {}) =>
  left(at('IN_REVIEW', turn(holder, of)), act, facts);

describe('a turn of whoever is away, whose stand-in has approved before, is theirs', () => {
  it.each([
    ['when it comes to the stop', () => review({ kind: 'APPROVE', taskId: 'it' }, { onward: STOP }), ['e']],
    ['after a correction', () => left(at('NEEDS_CORRECTION'), { kind: 'RESUBMIT' }, { ...CUSTOMER, onward: STOP }), ['e']],
    [
      'after a dispute',
      () => left(at('AWAITING_CONFIRMATION'), { kind: 'DISPUTE' }, { ...CUSTOMER, back: { who: E, stop: 's', whose: ['e'] } }),
      ['e'],
    ],
    [
      'by a return',
      () => {
        const earlier = new Map([['e', { stop: 's', slot: 0, whose: ['e'] }]]);
        return review({ kind: 'RETURN', taskId: 'it', to: E }, { onward: STOP, earlier }, 't', { stop: 'later' });
      },
      ['e'],
    ],
    ['by a jump', () => review({ kind: 'JUMP', to: E }, { ...ADMIN, back: { who: null, stop: 's' } }), ['e']],
    ['handed over', () => review({ kind: 'HAND_OVER', taskId: 'it', to: E }), ['e']],
    ['reassigned', () => review({ kind: 'REASSIGN', taskId: 'it', to: E }, ADMIN), ['e']],
    ['reassigned from them to them, which is no change', () => review({ kind: 'REASSIGN', taskId: 'it', to: E }, ADMIN, 'e'), 'HAS_A_TURN'],
    ['added', () => review({ kind: 'ADD', taskId: 'it', who: E, when: 'AFTER' }), ['t', 'e']],
    [
      'overdue',
      () => review({ kind: 'ESCALATE', taskId: 'it', to: [E, person('y')] }, { actor: { id: 'server', is: 'SERVER' } }),
      ['t', 'e'],
    ],
  ] as const)('%s', (_, does, expected) => expect(does()).toEqual(expected));
});

describe('whoever has approved in another’s place', () => {
  it.each([
    [
      'has no turn by the route',
      () => review({ kind: 'APPROVE', taskId: 'it' }, { onward: { ...STOP, slots: [[person('y')]] } }),
      ['nobody'],
    ],
    [
      'nor because the last who decided has left',
      () => left(at('AWAITING_CONFIRMATION'), { kind: 'DISPUTE' }, { ...CUSTOMER, back: { who: person('y'), stop: 's' } }),
      ['nobody'],
    ],
    ['does not claim it', () => review({ kind: 'CLAIM', taskId: 'it' }, { actor: { id: 'y', is: 'ADMIN' } }, null), 'FOUR_EYES'],
    [
      'nor takes it by reassigning it',
      () => review({ kind: 'REASSIGN', taskId: 'it', to: person('y') }, { actor: { id: 'y', is: 'ADMIN' } }),
      'FOUR_EYES',
    ],
    ['has it where an admin gives it to them', () => review({ kind: 'REASSIGN', taskId: 'it', to: person('y') }, ADMIN), ['y']],
    ['or a holder does', () => review({ kind: 'HAND_OVER', taskId: 'it', to: person('y') }), ['y']],
    [
      'or an admin lets it jump to them',
      () => review({ kind: 'JUMP', to: person('y') }, { ...ADMIN, back: { who: null, stop: 's' } }),
      ['y'],
    ],
  ] as const)('%s', (_, does, expected) => expect(does()).toEqual(expected));
  it('claims for an opinion, which decides nothing', () =>
    expect(review({ kind: 'CLAIM', taskId: 'it' }, { actor: { id: 'y', is: 'ADMIN' } }, null, { kind: 'OPINION' })).toEqual(['y']));
});

describe('who claims (spec 6.10)', () => {
  const claim = { kind: 'CLAIM', taskId: 'it' } as const;
  it('is one who has no turn of the form, open or waiting', () => {
    for (const state of ['OPEN', 'WAITING'] as const)
      expect(left(at('IN_REVIEW', turn(null), task('own', 'admin', { stop: 's', slot: 1, state, linked: null })), claim, ADMIN)).toBe(
        'HAS_A_TURN',
      );
  });
  it('and may have approved before for themself', () => expect(review(claim, { actor: { id: 'x', is: 'ADMIN' } }, null)).toEqual(['x']));
});

describe('a step that is asked again', () => {
  const had = (holder: string, of: Partial<TurnBefore> = {}): TurnBefore => ({
    ...{ stop: 's', slot: 0, holder, for: null, takenFrom: null, isHandedOver: false },
    ...of,
  });
  function again(
    slots: readonly (readonly string[])[],
    turns: readonly TurnBefore[],
    standIns: Readonly<Record<string, string>>,
  ): string[] {
    const here = new Map([...'abcdt'].map((id) => [id, person(id, { standIn: standIns[id] })]));
    const named = { key: 's', step: null, slots: slots.map((people) => ({ by: [], people })) };
    const stop = asStop(hadLast(named, turns, { isThere: () => true, mayHave: () => true }), { here } as unknown as People);
    return applied(BEGINNING, openStop(stop, { actor: { id: 'server', is: 'SERVER' } })).tasks.map(told);
  }
  const FOR_BOTH = { for: 'a', alsoFor: ['b'] } as const;
  it.each([
    [
      'is whose it was for all for whom they had it',
      [['a'], ['b'], ['c']],
      [had('t', { ...FOR_BOTH, isHandedOver: true }), had('d', { alsoFor: ['a', 'b'], takenFrom: 'a' })],
      { a: 't', b: 't' },
      ['d also a also b', 'c'],
    ],
    [
      'also a second time',
      [['a'], ['b'], ['c']],
      [had('d', { alsoFor: ['a', 'b'], takenFrom: 'a' }), had('d', { alsoFor: ['a', 'b'] })],
      { a: 't', b: 't' },
      ['d also a also b', 'c'],
    ],
    ['is a stand-in’s, as who stands in now', [['a'], ['b']], [had('t', FOR_BOTH)], { a: 't' }, ['t for a', 'b']],
    ['is whose it was given back to, although somebody stands in', [['a']], [had('a', { takenFrom: 'a' })], { a: 't' }, ['a']],
    [
      'until somebody stands in for them anew',
      [['a']],
      [had('a', { takenFrom: 'a' }), had('t', { for: 'a', takenFrom: 'a' })],
      { a: 't' },
      ['t for a'],
    ],
  ] as const)('%s', (_, slots, turns, standIns, expected) => expect(again(slots, turns, standIns)).toEqual(expected));
});

describe('a form that is returned inside a step IN_ORDER to which approvers were added', () => {
  const stop: Stop = {
    key: 's:1',
    inOrder: true,
    slots: [[person('b')]],
    added: [
      { people: [person('before')], to: { slot: 0, when: 'BEFORE' } },
      { people: [person('after')], to: { slot: 0, when: 'AFTER' } },
    ],
  };
  it.each([
    ['before', 1000, ['before OPEN', 'b WAITING', 'after WAITING']],
    ['b', 0, ['b OPEN', 'after WAITING']],
    ['after', 1001, ['after OPEN']],
  ] as const)('to %s asks them, and those behind them in the order that stood', (who, slot, expected) => {
    const { tasks } = applied(BEGINNING, openStop(stop, { actor: { id: 'server', is: 'SERVER' } }, { who: person(who), slot }));
    expect(tasks.map(({ holder, state }) => `${holder} ${state}`)).toEqual(expected);
  });
});
