import { describe, expect, it } from 'vitest';
import { decide } from '../../../../src/domains/forms/engine/decide.ts';
import type { Act, Facts, FormNow, Stop, Task } from '../../../../src/domains/forms/engine/flow.types.ts';
import { applied, BEGINNING, FACTS, HOLDER, person, task, type World } from './flow.fixture.ts';

const inReview = (...tasks: Task[]): World => ({ ...BEGINNING, state: 'IN_REVIEW', customerState: 'RECEIVED', tasks, opened: 10 });
const it0 = task('it', 'holder');
const HERE = { stop: null, slot: 0 };
const refusalOf = (act: Act, facts: Partial<Facts> = {}, form: FormNow = inReview(it0)) =>
  decide(form, act, { ...FACTS, actor: HOLDER, ...facts });
function done(world: World, act: Act, facts: Partial<Facts> = {}): World {
  const verdict = decide(world, act, { ...FACTS, actor: HOLDER, ...facts });
  if ('refusal' in verdict) throw new Error(JSON.stringify(verdict));
  return applied(world, verdict.changes);
}
const live = ({ tasks }: World) =>
  tasks
    .filter(({ state }) => state === 'OPEN' || state === 'WAITING')
    .map(({ holder, state, kind }) => [holder, state, kind === 'OPINION' ? '?' : ''].join(' ').trim());

describe('who can be picked (spec 6.7)', () => {
  const picks = (who: ReturnType<typeof person>): readonly Act[] => [
    { kind: 'APPROVE', taskId: 'it', next: who },
    { kind: 'HAND_OVER', taskId: 'it', to: who },
    { kind: 'ADD', taskId: 'it', who, when: 'BEFORE' },
    { kind: 'ADD', taskId: 'it', who, when: 'AFTER' },
    { kind: 'CONSULT', taskId: 'it', who },
    { kind: 'RETURN', taskId: 'it', to: who },
  ];
  it.each([
    ['SELF', person('holder')],
    ['GONE', person('gone', { isGone: true })],
    ['SUBMITTER', person('submitter')],
  ] as const)('not %s, by any act', (reason, who) => {
    for (const act of picks(who))
      expect(refusalOf(act, { submitter: 'submitter', earlier: new Map([[who.id, HERE]]) })).toEqual({ refusal: 'APPROVER', reason });
  });
  it('not whoever has a turn already, but for an opinion, or where all turns end', () => {
    const form = inReview(it0, task('beside', 'busy', { slot: 1 }));
    for (const act of picks(person('busy')).slice(0, 4))
      expect(refusalOf(act, {}, form)).toEqual({ refusal: 'APPROVER', reason: 'HAS_A_TURN' });
    expect(refusalOf(picks(person('busy'))[4]!, {}, form)).toHaveProperty('changes');
    expect(refusalOf(picks(person('busy'))[5]!, { earlier: new Map([['busy', HERE]]) }, form)).toHaveProperty('changes');
  });
  it('a predecessor is', () =>
    expect(
      live(done(inReview(task('old', 'earlier', { state: 'DECIDED' }), it0), { kind: 'APPROVE', taskId: 'it', next: person('earlier') })),
    ).toEqual(['earlier OPEN']));
  it('it is returned to nobody who has not had it', () =>
    expect(refusalOf({ kind: 'RETURN', taskId: 'it', to: person('fresh') }, { earlier: new Map() })).toEqual({
      refusal: 'APPROVER',
      reason: 'NOT_EARLIER',
    }));
  it('nobody is asked for the same opinion twice', () =>
    expect(
      refusalOf(
        { kind: 'CONSULT', taskId: 'it', who: person('wise') },
        {},
        inReview(it0, task('o', 'wise', { kind: 'OPINION', linked: 'it' })),
      ),
    ).toEqual({ refusal: 'APPROVER', reason: 'HAS_A_TURN' }));
  it('an admin may take a turn over', () =>
    expect(
      live(done(inReview(it0), { kind: 'REASSIGN', taskId: 'it', to: person('admin') }, { actor: { id: 'admin', is: 'ADMIN' } })),
    ).toEqual(['admin OPEN']));
  it('whoever handed it in for a customer approves it where people pick who goes on, and on no fixed route', () => {
    const by = (stop: string | null) => refusalOf({ kind: 'APPROVE', taskId: 'it' }, { submitter: 'holder' }, inReview({ ...it0, stop }));
    expect(by(null)).toHaveProperty('changes');
    expect(by('a')).toEqual({ refusal: 'APPROVER', reason: 'SUBMITTER' });
  });
  it('an admin may give a turn to another while it waits, too', () => {
    const waits = inReview({ ...it0, state: 'WAITING', linked: 'first' }, task('first', 'before'));
    const given = done(waits, { kind: 'REASSIGN', taskId: 'it', to: person('fresh') }, { actor: { id: 'admin', is: 'ADMIN' } });
    expect(live(given).toSorted()).toEqual(['before OPEN', 'fresh WAITING']);
  });
  it('who stands in for somebody has the turn, unless it would be theirs who picks', () => {
    expect(live(done(inReview(it0), { kind: 'APPROVE', taskId: 'it', next: person('away', { standIn: 'deputy' }) }))).toEqual([
      'deputy OPEN',
    ]);
    expect(live(done(inReview(it0), { kind: 'APPROVE', taskId: 'it', next: person('away', { standIn: 'holder' }) }))).toEqual([
      'away OPEN',
    ]);
  });
});

describe('approvers that are added, and opinions (spec 6.2)', () => {
  const add = (when: 'BEFORE' | 'AFTER', who: string, taskId = 'it'): Act => ({ kind: 'ADD', taskId, who: person(who), when });
  const approve = (world: World, holder: string, next?: string): World =>
    done(
      world,
      {
        kind: 'APPROVE',
        taskId: world.tasks.find((one) => one.holder === holder && one.state === 'OPEN')!.id,
        ...(next && { next: person(next) }),
      },
      { actor: { id: holder, is: 'STAFF' } },
    );

  it('before: the holder waits, and has the turn again after them', () => {
    const added = done(inReview(it0), add('BEFORE', 'expert'));
    expect(live(added)).toEqual(['holder WAITING', 'expert OPEN']);
    expect(decide(added, { kind: 'APPROVE', taskId: 'it' }, { ...FACTS, actor: HOLDER })).toEqual({ refusal: 'NOT_NOW' });
    const back = approve(added, 'expert');
    expect(live(back)).toEqual(['holder OPEN']);
    expect(approve(back, 'holder').state).toBe('AWAITING_CONFIRMATION');
  });
  it('before: whoever they pick comes before the holder too', () => {
    const picked = approve(done(inReview(it0), add('BEFORE', 'expert')), 'expert', 'other');
    expect(live(picked)).toEqual(['holder WAITING', 'other OPEN']);
    expect(live(approve(picked, 'other'))).toEqual(['holder OPEN']);
  });
  it('after: they come when the holder has approved, in the order of the last added', () => {
    const two = done(done(inReview(it0), add('AFTER', 'second')), add('AFTER', 'first'));
    expect(live(two)).toEqual(['holder OPEN', 'second WAITING', 'first WAITING']);
    const first = approve(two, 'holder');
    expect(live(first)).toEqual(['second WAITING', 'first OPEN']);
    expect(live(approve(first, 'first'))).toEqual(['second OPEN']);
  });
  it('a task that is handed over takes along what waits for it', () => {
    const world = done(done(inReview(it0), add('AFTER', 'second')), { kind: 'CONSULT', taskId: 'it', who: person('wise') });
    const handed = done(world, { kind: 'HAND_OVER', taskId: 'it', to: person('fresh') });
    expect(live(handed)).toEqual(['second WAITING', 'wise OPEN ?', 'fresh OPEN']);
    expect(live(approve(handed, 'fresh'))).toEqual(['second OPEN']);
  });
  it('an opinion decides nothing, and is not needed any more once the holder has decided', () => {
    const asked = done(inReview(it0), { kind: 'CONSULT', taskId: 'it', who: person('wise') });
    expect(live(asked)).toEqual(['holder OPEN', 'wise OPEN ?']);
    expect(decide(asked, { kind: 'APPROVE', taskId: 't10' }, { ...FACTS, actor: { id: 'wise', is: 'STAFF' } })).toEqual({
      refusal: 'NOT_NOW',
      because: 'OPINION',
    });
    const answered = done(asked, { kind: 'ANSWER', taskId: 't10' }, { actor: { id: 'wise', is: 'STAFF' } });
    expect(live(answered)).toEqual(['holder OPEN']);
    expect(live(approve(asked, 'holder', 'next'))).toEqual(['next OPEN']);
  });
  it('a rejection and a return end every turn', () => {
    const many = done(done(inReview(it0), add('AFTER', 'second')), { kind: 'CONSULT', taskId: 'it', who: person('wise') });
    for (const act of [
      { kind: 'REJECT', taskId: 'it' },
      { kind: 'RETURN', taskId: 'it', to: 'SUBMITTER' },
    ] as const)
      expect(live(done(many, act))).toEqual([]);
  });
});

describe('a fixed route (spec 6.2)', () => {
  const stop = (key: string, ...slots: string[][]): Stop => ({ key, slots: slots.map((people) => people.map((id) => person(id))) });
  const at = (one: Stop): World =>
    done({ ...BEGINNING, opened: 0 }, { kind: 'SUBMIT' }, { onward: one, actor: { id: 'customer', is: 'CUSTOMER' } });
  const approve = (world: World, holder: string, onward: Stop | null): World =>
    done(
      world,
      { kind: 'APPROVE', taskId: world.tasks.find((one) => one.holder === holder && one.state === 'OPEN')!.id },
      { onward, actor: { id: holder, is: 'STAFF' } },
    );

  it('nobody is picked on it', () =>
    expect(refusalOf({ kind: 'APPROVE', taskId: 'it', next: person('fresh') }, { onward: null })).toEqual({
      refusal: 'APPROVER',
      reason: 'FIXED_ROUTE',
    }));
  it('ALL: goes on when each has approved', () => {
    const world = at(stop('s1', ['a'], ['b'], ['c']));
    const one = approve(world, 'b', stop('s2', ['d']));
    expect(live(one)).toEqual(['a OPEN', 'c OPEN']);
    const all = approve(approve(one, 'a', stop('s2', ['d'])), 'c', stop('s2', ['d']));
    expect([live(all), all.stop]).toEqual([['d OPEN'], 's2']);
    expect(approve(all, 'd', null).state).toBe('AWAITING_CONFIRMATION');
  });
  it('ANY: the first approval is enough', () => {
    const world = approve(at(stop('s1', ['a', 'b', 'c'])), 'b', stop('s2', ['a']));
    expect([live(world), world.stop]).toEqual([['a OPEN'], 's2']);
  });
  it('nobody has two turns at one stop: the one counts for both', () => {
    const world = at(stop('s1', ['a'], ['a', 'b'], ['c']));
    expect(live(world)).toEqual(['a OPEN', 'c OPEN']);
  });
  it('a stop without anybody waits to be claimed; who is gone or has submitted it has no turn', () => {
    expect(live(at(stop('s1', [])))).toEqual(['OPEN']);
    const people = [person('gone', { isGone: true }), person('me')];
    const world = done(
      BEGINNING,
      { kind: 'SUBMIT' },
      { onward: { key: 's1', slots: [people] }, submitter: 'me', actor: { id: 'me', is: 'STAFF' } },
    );
    expect(live(world)).toEqual(['OPEN']);
  });
});

describe('a turn that is overdue (spec 6.11)', () => {
  const escalate = (to: ReturnType<typeof person>[], world = inReview(it0)): World =>
    done(world, { kind: 'ESCALATE', taskId: 'it', to }, { actor: { id: 'server', is: 'SERVER' }, submitter: 'submitter' });
  it('stays where it is, and whoever decides first, holder or supervisor, has decided', () => {
    const above = escalate([person('above'), person('beside')]);
    expect(live(above)).toEqual(['holder OPEN', 'above OPEN', 'beside OPEN']);
    const approved = done(above, { kind: 'APPROVE', taskId: 't10' }, { actor: { id: 'above', is: 'STAFF' } });
    expect([approved.state, live(approved)]).toEqual(['AWAITING_CONFIRMATION', []]);
    expect(done(above, { kind: 'APPROVE', taskId: 'it' }).state).toBe('AWAITING_CONFIRMATION');
  });
  it('tells the customer nothing', () => expect(escalate([person('above')])).toMatchObject({ told: [], customerState: 'RECEIVED' }));
  it('comes before nobody who is gone, has submitted it, or has a turn already; a stand-in of two has one', () => {
    const world = inReview(it0, task('other', 'busy', { slot: 1 }));
    const to = [
      person('gone', { isGone: true }),
      person('submitter'),
      person('busy'),
      person('a', { standIn: 'x' }),
      person('b', { standIn: 'x' }),
    ];
    expect(live(escalate(to, world))).toEqual(['holder OPEN', 'busy OPEN', 'x OPEN']);
    expect(live(escalate([]))).toEqual(['holder OPEN']);
  });
});
