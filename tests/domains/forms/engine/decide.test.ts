import { describe, expect, it } from 'vitest';
import { decide, isRefused } from '../../../../src/domains/forms/engine/decide.ts';
import type { Act, Actor, FormNow, FormState } from '../../../../src/domains/forms/engine/flow.types.ts';
import { FORM_STATES } from '../../../../src/domains/forms/engine/flow.words.ts';
import { ACTS, applied, BEGINNING, CUSTOMER_STATE, ENDS, FACTS, formOf, task, type World } from './flow.fixture.ts';

// The table of states × acts × roles (spec 6.2). A column a state; a cell the state that the act leads to, `·` refused for now, `!` decided before.

type Role = 'holder' | 'former' | 'consulted' | 'reader' | 'admin' | 'customer' | 'server';
const ROLES: Readonly<Record<Role, Actor>> = {
  holder: { id: 'holder', is: 'STAFF' },
  former: { id: 'former', is: 'STAFF' },
  consulted: { id: 'consulted', is: 'STAFF' },
  reader: { id: 'reader', is: 'STAFF' },
  admin: { id: 'admin', is: 'ADMIN' },
  customer: { id: 'customer', is: 'CUSTOMER' },
  server: { id: 'server', is: 'SERVER' },
};
const SHORT: Readonly<Record<string, FormState>> = {
  D: 'DRAFT',
  R: 'IN_REVIEW',
  A: 'AWAITING_CONFIRMATION',
  N: 'NEEDS_CORRECTION',
  C: 'COMPLETED',
  X: 'REJECTED',
  W: 'WITHDRAWN',
  E: 'ENDED',
};
/** Who may, and where from DRAFT, IN_REVIEW, the same paused, AWAITING_CONFIRMATION, NEEDS_CORRECTION, COMPLETED, REJECTED, WITHDRAWN, ENDED it leads. */
const TABLE: Readonly<Record<Act['kind'], readonly [by: readonly Role[], cells: string]>> = {
  //                                                                          D R p A N C X W E
  SUBMIT: [['holder', 'former', 'consulted', 'reader', 'admin', 'customer'], 'R · · · · · · · ·'],
  APPROVE: [['holder'], /*                                                 */ '! A · ! ! ! ! ! !'],
  REJECT: [['holder'], /*                                                  */ '! X · ! ! ! ! ! !'],
  RETURN: [['holder'], /*                                                  */ '! N · ! ! ! ! ! !'],
  HAND_OVER: [['holder'], /*                                               */ '! R · ! ! ! ! ! !'],
  ADD: [['holder'], /*                                                     */ '! R · ! ! ! ! ! !'],
  CONSULT: [['holder'], /*                                                 */ '! R · ! ! ! ! ! !'],
  ANSWER: [['consulted'], /*                                               */ '! R · ! ! ! ! ! !'],
  CLAIM: [['admin'], /*                                                    */ '? R · ? ? ? ? ? ?'],
  REASSIGN: [['admin'], /*                                                 */ '! R · ! ! ! ! ! !'],
  ESCALATE: [['server'], /*                                                */ '! R · ! ! ! ! ! !'],
  COMMENT: [['holder', 'former', 'consulted', 'reader', 'admin', 'customer'], '· R R A N C X W E'],
  REMIND: [['holder', 'former', 'consulted', 'reader', 'admin', 'server'], '· R · A N · · · ·'],
  BEGIN: [['server'], /*                                                   */ '· R · · · · · · ·'],
  CONCLUDE: [['server'], /*                                                */ '· A · · · · · · ·'],
  CONFIRM: [['customer', 'server'], /*                                     */ '· · · C · · · · ·'],
  DISPUTE: [['customer'], /*                                               */ '· · · R · · · · ·'],
  WITHDRAW: [['customer'], /*                                              */ '· W · W W · · · ·'],
  RESUBMIT: [['customer'], /*                                              */ '· · · · R · · · ·'],
  JUMP: [['admin'], /*                                                     */ '· R · R R · · · ·'],
  END: [['admin', 'server'], /*                                            */ 'E E E E E · · · ·'],
  PAUSE: [['server'], /*                                                   */ 'D R · A N · · · ·'],
  RESUME: [['server'], /*                                                  */ '· · R · · · · · ·'],
};
/** The customer reminds those inside; their own turn they know. */
const OF_CUSTOMER: Partial<Record<Act['kind'], string>> = { REMIND: '· R · · · · · · ·' };
const COLUMNS = FORM_STATES.flatMap((state): readonly { readonly state: FormState; readonly isPaused: boolean }[] =>
  state === 'IN_REVIEW'
    ? [
        { state, isPaused: false },
        { state, isPaused: true },
      ]
    : [{ state, isPaused: false }],
);

/** A form that waits for its holder, who has asked for an opinion; beside it stands a turn that nobody has. */
function worldIn(state: FormState, isPaused: boolean): World {
  const isOpen = state === 'IN_REVIEW';
  const as = isOpen ? 'OPEN' : 'DECIDED';
  const tasks = [task('it', 'holder', { state: as }), task('opinion', 'consulted', { kind: 'OPINION', linked: 'it', state: as })];
  return { ...BEGINNING, state, customerState: CUSTOMER_STATE[state], isPaused, tasks };
}
function formFor(act: Act['kind'], world: World): FormNow {
  const held = { ...formOf(world), tasks: world.tasks };
  if (act !== 'CLAIM') return held;
  return { ...held, tasks: [task('unclaimed', null, { state: world.state === 'IN_REVIEW' ? 'OPEN' : 'CANCELLED' })] };
}

const CASES = Object.entries(TABLE).flatMap(([kind, [by, cells]]) =>
  cells.split(' ').flatMap((cell, i) =>
    Object.keys(ROLES).map((role) => {
      const { state, isPaused } = COLUMNS[i]!;
      const own = role === 'customer' ? OF_CUSTOMER[kind as Act['kind']] : undefined;
      const told = own ? own.split(' ')[i]! : by.includes(role as Role) ? cell : 'F';
      return [kind as Act['kind'], role as Role, isPaused ? `${state}, paused` : state, told, state, isPaused] as const;
    }),
  ),
);

describe('states × acts × roles (spec 6.2, 2.3b)', () => {
  it('has a row for each', () => expect(CASES).toHaveLength(Object.keys(ACTS).length * COLUMNS.length * Object.keys(ROLES).length));

  it.each(CASES)('%s by %s of a form %s: %s', (kind, role, _, cell, state, isPaused) => {
    const world = worldIn(state, isPaused);
    const verdict = decide(formFor(kind, world), ACTS[kind], { ...FACTS, actor: ROLES[role] });
    const refusal = { F: 'FORBIDDEN', '·': 'NOT_NOW', '!': 'ALREADY_DECIDED', '?': 'ALREADY_CLAIMED' }[cell];
    if (refusal) return expect(verdict).toEqual({ refusal });
    if (isRefused(verdict)) return expect(verdict).toBe('not refused');
    const after = applied(world, verdict.changes);
    expect(after.state).toBe(SHORT[cell]);
    expect(after.isPaused).toBe(kind === 'PAUSE' || (isPaused && kind !== 'RESUME'));
    if (after.state !== 'IN_REVIEW') expect(after.tasks.filter((one) => one.state === 'OPEN' || one.state === 'WAITING')).toEqual([]);
    else if (kind !== 'CLAIM') expect(after.tasks.some((one) => one.state === 'OPEN' && one.kind === 'APPROVAL')).toBe(true);
    if (ENDS.includes(after.state) && after.state !== state) expect(after.told.at(-1)).toBe(CUSTOMER_STATE[after.state]);
  });
});

describe('a turn that waits (spec 6.2)', () => {
  const OF_TASKS = Object.values(ACTS).filter((act) => 'taskId' in act && act.kind !== 'ANSWER' && act.kind !== 'CLAIM');
  it.each(OF_TASKS.map((act) => [act.kind, act] as const))(
    '%s is for when it has come; an admin gives it to somebody else before',
    (kind, act) => {
      const world = worldIn('IN_REVIEW', false);
      const tasks = [task('first', 'former'), task('it', 'holder', { state: 'WAITING', linked: 'first' })];
      const by = { REASSIGN: ROLES.admin, ESCALATE: ROLES.server }[kind as string] ?? ROLES.holder;
      const verdict = decide({ ...formOf(world), tasks }, act, { ...FACTS, actor: by });
      if (kind === 'REASSIGN') expect(isRefused(verdict)).toBe(false);
      else expect(verdict).toEqual({ refusal: 'NOT_NOW' });
    },
  );
});

it('a turn is not reassigned to whoever has it', () => {
  const to = { id: 'holder', isGone: false };
  const verdict = decide(
    formFor('REASSIGN', worldIn('IN_REVIEW', false)),
    { kind: 'REASSIGN', taskId: 'it', to },
    { ...FACTS, actor: ROLES.admin },
  );
  expect(verdict).toEqual({ refusal: 'APPROVER', reason: 'HAS_A_TURN' });
});

describe('what a customer may take back (spec 6.13)', () => {
  const withdraw = (
    state: FormState,
    customerState: World['customerState'],
    withdrawal: 'NEVER' | 'UNTIL_FIRST_DECISION' | 'WHILE_RUNNING',
  ) =>
    isRefused(
      decide({ ...formOf(worldIn(state, false)), customerState }, { kind: 'WITHDRAW' }, { ...FACTS, withdrawal, actor: ROLES.customer }),
    );
  it.each([
    ['NEVER', 'IN_REVIEW', 'RECEIVED', true],
    ['NEVER', 'NEEDS_CORRECTION', 'NEEDS_YOUR_CORRECTION', true],
    ['UNTIL_FIRST_DECISION', 'IN_REVIEW', 'RECEIVED', false],
    ['UNTIL_FIRST_DECISION', 'IN_REVIEW', 'IN_PROGRESS', true],
    ['UNTIL_FIRST_DECISION', 'NEEDS_CORRECTION', 'NEEDS_YOUR_CORRECTION', false],
    ['UNTIL_FIRST_DECISION', 'AWAITING_CONFIRMATION', 'AWAITING_YOUR_CONFIRMATION', true],
    ['WHILE_RUNNING', 'IN_REVIEW', 'IN_PROGRESS', false],
    ['WHILE_RUNNING', 'AWAITING_CONFIRMATION', 'AWAITING_YOUR_CONFIRMATION', false],
    ['WHILE_RUNNING', 'COMPLETED', 'COMPLETED', true],
  ] as const)('%s in %s, %s: refused %s', (withdrawal, state, customer, refused) => {
    expect(withdraw(state, customer, withdrawal)).toBe(refused);
  });
});
