import { describe, expect, it } from 'vitest';
import { decide } from '../../../../src/domains/forms/engine/decide.ts';
import type { Act, Facts, Goes } from '../../../../src/domains/forms/engine/flow.types.ts';
import { instead, turnFor, whose } from '../../../../src/domains/forms/engine/whose.ts';
import { applied, BEGINNING, FACTS, person, task, type World } from './flow.fixture.ts';

// What is made of a turn takes along whom it is for, whatever is done with it (spec 6.10).

/** HOLDER, `for` whom, `also` for whom. */
const told = ({ holder, for: whom, alsoFor = [] }: Goes): string =>
  [holder ?? 'nobody', ...(whom ? [`for ${whom}`] : []), ...alsoFor.map((one) => `also ${one}`)].join(' ');
const TURNS = {
  own: { holder: 't', for: null },
  one: { holder: 't', for: 'a' },
  two: { holder: 't', for: 'a', alsoFor: ['b'] },
  both: { holder: 't', for: null, alsoFor: ['a'] },
} as const;
type Turn = keyof typeof TURNS;

const at = (turn: Turn, ...others: World['tasks']): World => ({
  ...{ ...BEGINNING, state: 'IN_REVIEW', customerState: 'IN_PROGRESS', opened: 10 },
  tasks: [task('it', 't', { ...TURNS[turn], stop: 's' }), ...others],
});
/** Whose turns are open or wait once it is done. */
function left(world: World, act: Act, facts: Partial<Facts> = {}): string[] {
  const verdict = decide(world, act, { ...FACTS, actor: { id: 't', is: 'STAFF' }, ...facts });
  if ('refusal' in verdict) throw new Error(JSON.stringify(verdict));
  return applied(world, verdict.changes)
    .tasks.filter(({ state }) => state === 'OPEN' || state === 'WAITING')
    .map(told);
}
const ADMIN = { actor: { id: 'admin', is: 'ADMIN' } } as const;
const SERVER = { actor: { id: 'server', is: 'SERVER' } } as const;
const CUSTOMER = { actor: { id: 'customer', is: 'CUSTOMER' } } as const;
/** Whoever returned it, or decided last, had it for others. */
const had = (turn: Turn) => whose(TURNS[turn]);
const returnedTo = (turn: Turn, by: World['tasks'], onward?: Facts['onward']): string[] => {
  const earlier = new Map([['t', { stop: onward ? 's' : null, slot: 0, whose: had(turn) }]]);
  const world = { ...at('own'), tasks: by };
  return left(world, { kind: 'RETURN', taskId: by[0]!.id, to: person('t') }, { actor: { id: 'x', is: 'STAFF' }, earlier, onward });
};
const DOES: Readonly<Record<string, (turn: Turn) => string[]>> = {
  'is reassigned': (turn) => left(at(turn), { kind: 'REASSIGN', taskId: 'it', to: person('x') }, ADMIN),
  'is reassigned to somebody who is away': (turn) =>
    left(at(turn), { kind: 'REASSIGN', taskId: 'it', to: person('x', { standIn: 'y' }) }, ADMIN),
  'is handed over': (turn) => left(at(turn), { kind: 'HAND_OVER', taskId: 'it', to: person('x') }),
  'is overdue': (turn) => left(at(turn), { kind: 'ESCALATE', taskId: 'it', to: [person('x')] }, SERVER).slice(1),
  waits: (turn) => left(at(turn), { kind: 'ADD', taskId: 'it', who: person('x'), when: 'BEFORE' }).slice(0, 1),
  'comes back by hand': (turn) => returnedTo(turn, [task('by', 'x')]),
  'comes back on a route': (turn) =>
    returnedTo(turn, [task('by', 'x', { stop: 's' })], { key: 's', slots: [[person('a')], [person('x')]] }).slice(0, 1),
  'comes again after a dispute': (turn) =>
    left(
      { ...at('own'), state: 'AWAITING_CONFIRMATION', tasks: [] },
      { kind: 'DISPUTE' },
      { ...CUSTOMER, back: { who: person('t'), stop: null, whose: had(turn) } },
    ),
  'comes again after a correction': (turn) =>
    left(
      { ...at('own'), state: 'NEEDS_CORRECTION', tasks: [] },
      { kind: 'RESUBMIT' },
      { ...CUSTOMER, back: { who: person('z'), stop: null, behind: [{ who: person('t'), slot: 0, whose: had(turn) }] } },
    ).slice(1),
  'goes to whoever goes on for a leaver': (turn) => [told(instead(TURNS[turn], 'x'))],
  'is left for whoever claims it': (turn) => [told(instead(TURNS[turn], null))],
  'goes to a stand-in': (turn) => [told(turnFor('x', whose(TURNS[turn])))],
};

describe('a turn', () => {
  it.each([
    ['is reassigned', 'x', 'x also a', 'x also a also b', 'x also a'],
    ['is reassigned to somebody who is away', 'y for x', 'y for x also a', 'y for x also a also b', 'y for x also a'],
    ['is handed over', 'x', 'x also a', 'x also a also b', 'x also a'],
    ['is overdue', 'x', 'x also a', 'x also a also b', 'x also a'],
    ['waits', 't', 't for a', 't for a also b', 't also a'],
    ['comes back by hand', 't', 't for a', 't for a also b', 't also a'],
    ['comes back on a route', 't', 't for a', 't for a also b', 't also a'],
    ['comes again after a dispute', 't', 't for a', 't for a also b', 't also a'],
    ['comes again after a correction', 't', 't for a', 't for a also b', 't also a'],
    ['goes to whoever goes on for a leaver', 'x', 'x for a', 'x for a also b', 'x also a'],
    ['is left for whoever claims it', 'nobody', 'nobody for a', 'nobody for a also b', 'nobody for a'],
    ['goes to a stand-in', 'x for t', 'x for a', 'x for a also b', 'x for t also a'],
  ])('%s', (what, own, one, two, both) => {
    const does = DOES[what]!;
    expect([does('own'), does('one'), does('two'), does('both')].map((turns) => turns.join(', '))).toEqual([own, one, two, both]);
  });

  it.each([
    ['REASSIGN', 'a', 'a also b'],
    ['REASSIGN', 'b', 'b also a'],
    ['HAND_OVER', 'a', 'a also b'],
    ['HAND_OVER', 'b', 'b also a'],
  ] as const)('for two that goes to one of them stays for the other: %s to %s', (kind, to, expected) => {
    const facts = kind === 'REASSIGN' ? ADMIN : {};
    expect(left(at('two'), { kind, taskId: 'it', to: person(to) }, facts)).toEqual([expected]);
    expect(left(at('two'), { kind, taskId: 'it', to: person(to, { standIn: 't' }) }, facts)).toEqual([expected]); // though their stand-in has it
  });
  it('is not given to whoever has it, nor to somebody else for whom its holder stands in', () => {
    for (const to of [person('t'), person('other', { standIn: 't' })])
      expect(decide(at('one'), { kind: 'REASSIGN', taskId: 'it', to }, { ...FACTS, ...ADMIN })).toEqual({
        refusal: 'APPROVER',
        reason: 'HAS_A_TURN',
      });
  });
  it('that is claimed is for those for whom it waited', () => {
    const waits = { ...at('own'), tasks: [task('it', null, { for: 'a', alsoFor: ['b'] })] };
    expect(left(waits, { kind: 'CLAIM', taskId: 'it' }, ADMIN)).toEqual(['admin also a also b']);
  });
  it('that comes back is not for those who are asked themselves by now', () => {
    const stop = { key: 's', slots: [[person('a')], [person('b')], [person('x')]] };
    expect(returnedTo('two', [task('by', 'x', { stop: 's', slot: 2 })], stop)).toEqual(['t for a', 'b', 'x']);
  });
});
