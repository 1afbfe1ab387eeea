import type {
  Act,
  Actor,
  Change,
  CustomerState,
  Facts,
  FormNow,
  FormState,
  Person,
  Task,
  TaskRef,
} from '../../../../src/domains/forms/engine/flow.types.ts';

// A form in memory, for tests of the engine alone.

export const person = (id: string, of: Partial<Person> = {}): Person => ({ id, isGone: false, ...of });
export const task = (id: string, holder: string | null, of: Partial<Task> = {}): Task => ({
  id,
  holder,
  for: null,
  kind: 'APPROVAL',
  state: 'OPEN',
  linked: null,
  slot: 0,
  stop: null,
  ...of,
});
export const CUSTOMER_STATE: Readonly<Record<FormState, CustomerState>> = {
  DRAFT: 'DRAFT',
  IN_REVIEW: 'IN_PROGRESS',
  AWAITING_CONFIRMATION: 'AWAITING_YOUR_CONFIRMATION',
  NEEDS_CORRECTION: 'NEEDS_YOUR_CORRECTION',
  COMPLETED: 'COMPLETED',
  REJECTED: 'REJECTED',
  WITHDRAWN: 'WITHDRAWN',
  ENDED: 'ENDED',
};
export const ENDS: readonly FormState[] = ['COMPLETED', 'REJECTED', 'WITHDRAWN', 'ENDED'];

/** A form with all its tasks, and what was told of it. */
export interface World {
  readonly state: FormState;
  readonly customerState: CustomerState;
  readonly isPaused: boolean;
  readonly stop: string | null;
  readonly tasks: readonly Task[];
  /** What the customer was told, in order. */
  readonly told: readonly string[];
  readonly history: readonly string[];
  readonly opened: number;
}
export const BEGINNING: World = {
  state: 'DRAFT',
  customerState: 'DRAFT',
  isPaused: false,
  stop: null,
  tasks: [],
  told: [],
  history: [],
  opened: 0,
};

export const isLive = ({ state }: Task): boolean => state === 'OPEN' || state === 'WAITING';
/** What the engine is given: live tasks, and the one that is named. */
export const formOf = ({ state, customerState, isPaused, tasks }: World, named?: string): FormNow => ({
  state,
  customerState,
  isPaused,
  tasks: tasks.filter((one) => isLive(one) || one.id === named),
});

/** Does what the database would do. */
export function applied(world: World, changes: readonly Change[]): World {
  const ids = new Map<TaskRef, string>();
  const idOf = (ref: TaskRef): string => ids.get(ref) ?? ref;
  let now = world;
  const change = (ref: TaskRef, of: Partial<Task>): void => {
    now = { ...now, tasks: now.tasks.map((one) => (one.id === idOf(ref) ? { ...one, ...of } : one)) };
  };
  for (const one of changes) {
    if (one.do === 'CLOSE')
      change(one.task, { state: one.decision === 'CANCELLED' || one.decision === 'HANDED_OVER' ? one.decision : 'DECIDED' });
    else if (one.do === 'GIVE')
      change(one.task, {
        holder: one.holder,
        for: one.for,
        alsoFor: one.alsoFor ?? [],
        ...(one.takenFrom && { takenFrom: one.takenFrom }),
      });
    else if (one.do === 'STAND') change(one.task, { for: one.for, alsoFor: one.alsoFor ?? [] });
    else if (one.do === 'LINK') change(one.task, { linked: idOf(one.to) });
    else if (one.do === 'REST') change(one.task, { state: 'WAITING', linked: idOf(one.behind) });
    else if (one.do === 'WAKE') change(one.task, { state: 'OPEN', linked: null });
    else if (one.do === 'OPEN') {
      const id = `t${now.opened}`;
      ids.set(one.ref, id);
      const { kind, state, linked, slot, stop, holder, for: whom, alsoFor = [], addedTo, takenFrom } = one;
      now = {
        ...now,
        opened: now.opened + 1,
        tasks: [
          ...now.tasks,
          { id, holder, for: whom, alsoFor, kind, state, linked: linked && idOf(linked), slot, stop, addedTo, takenFrom },
        ],
      };
    } else if (one.do === 'WRITE') now = { ...now, history: [...now.history, one.kind] };
    else if (one.do === 'TELL')
      now = one.state === now.customerState ? now : { ...now, customerState: one.state, told: [...now.told, one.state] };
    else if (one.do === 'SAY') now = { ...now, told: [...now.told, 'comment'] };
    else if (one.do === 'PAUSE' || one.do === 'RESUME') now = { ...now, isPaused: one.do === 'PAUSE' };
    else if (one.do === 'MOVE') now = { ...now, state: one.state, ...(one.stop !== undefined && { stop: one.stop }) };
  }
  return now;
}

/** What is done next where everybody decides: whoever has a turn approves; what nobody holds is claimed by an admin who has none. */
export function decidedNext({ tasks }: World): { readonly act: Act; readonly actor: Actor } | undefined {
  const open = tasks.filter(({ state, kind }) => state === 'OPEN' && kind === 'APPROVAL');
  const turn = open.find(({ holder }) => holder !== null) ?? open[0];
  if (!turn) return undefined;
  if (turn.holder) return { act: { kind: 'APPROVE', taskId: turn.id }, actor: { id: turn.holder, is: 'STAFF' } };
  const has = tasks.some((one) => isLive(one) && one.kind === 'APPROVAL' && one.holder === 'z');
  return { act: { kind: 'CLAIM', taskId: turn.id }, actor: { id: has ? 'y' : 'z', is: 'ADMIN' } };
}

export const HOLDER: Actor = { id: 'holder', is: 'STAFF' };
/** Each act as its table has it: somebody fresh is picked, and the flow is by hand. */
export const ACTS: Readonly<Record<Act['kind'], Act>> = {
  SUBMIT: { kind: 'SUBMIT' },
  APPROVE: { kind: 'APPROVE', taskId: 'it' },
  REJECT: { kind: 'REJECT', taskId: 'it' },
  RETURN: { kind: 'RETURN', taskId: 'it', to: 'SUBMITTER' },
  HAND_OVER: { kind: 'HAND_OVER', taskId: 'it', to: person('fresh') },
  ADD: { kind: 'ADD', taskId: 'it', who: person('fresh'), when: 'BEFORE' },
  CONSULT: { kind: 'CONSULT', taskId: 'it', who: person('fresh') },
  ANSWER: { kind: 'ANSWER', taskId: 'opinion' },
  CLAIM: { kind: 'CLAIM', taskId: 'unclaimed' },
  REASSIGN: { kind: 'REASSIGN', taskId: 'it', to: person('fresh') },
  ESCALATE: { kind: 'ESCALATE', taskId: 'it', to: [person('above')] },
  COMMENT: { kind: 'COMMENT', toCustomer: false },
  REMIND: { kind: 'REMIND' },
  BEGIN: { kind: 'BEGIN' },
  CONCLUDE: { kind: 'CONCLUDE' },
  CONFIRM: { kind: 'CONFIRM' },
  DISPUTE: { kind: 'DISPUTE' },
  WITHDRAW: { kind: 'WITHDRAW' },
  RESUBMIT: { kind: 'RESUBMIT' },
  JUMP: { kind: 'JUMP', to: person('fresh') },
  END: { kind: 'END' },
  PAUSE: { kind: 'PAUSE' },
  RESUME: { kind: 'RESUME' },
};
export const FACTS: Omit<Facts, 'actor'> = {
  withConfirmation: true,
  withdrawal: 'WHILE_RUNNING',
  back: { who: person('earlier'), stop: null },
};
