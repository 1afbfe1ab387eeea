import type { Act, Actor, Facts, FormNow, FormState, Refused, Task, TaskAct } from './flow.types.ts';

export const ON_THEIR_WAY: readonly FormState[] = ['DRAFT', 'IN_REVIEW', 'AWAITING_CONFIRMATION', 'NEEDS_CORRECTION'];
export const isOnItsWay = ({ state }: Pick<FormNow, 'state'>): boolean => ON_THEIR_WAY.includes(state);
export const isLive = ({ state }: Pick<Task, 'state'>): boolean => state === 'OPEN' || state === 'WAITING';

type FormAct = Exclude<Act, TaskAct>['kind'];
/** Who does it, and from which states. What rests moves by what `whilePaused` says alone. */
const FORM_ACTS: Record<
  FormAct,
  { readonly by: readonly Actor['is'][]; readonly from: readonly FormState[]; readonly whilePaused?: true }
> = {
  SUBMIT: { by: ['CUSTOMER', 'STAFF', 'ADMIN'], from: ['DRAFT'] },
  COMMENT: {
    by: ['STAFF', 'ADMIN', 'CUSTOMER'],
    from: ['IN_REVIEW', 'AWAITING_CONFIRMATION', 'NEEDS_CORRECTION', 'COMPLETED', 'REJECTED', 'WITHDRAWN', 'ENDED'],
    whilePaused: true,
  },
  REMIND: { by: ['STAFF', 'ADMIN', 'CUSTOMER', 'SERVER'], from: ['IN_REVIEW', 'AWAITING_CONFIRMATION', 'NEEDS_CORRECTION'] },
  BEGIN: { by: ['SERVER'], from: ['IN_REVIEW'] },
  CONCLUDE: { by: ['SERVER'], from: ['IN_REVIEW'] },
  CONFIRM: { by: ['CUSTOMER', 'SERVER'], from: ['AWAITING_CONFIRMATION'] },
  DISPUTE: { by: ['CUSTOMER'], from: ['AWAITING_CONFIRMATION'] },
  WITHDRAW: { by: ['CUSTOMER'], from: ['IN_REVIEW', 'AWAITING_CONFIRMATION', 'NEEDS_CORRECTION'] },
  RESUBMIT: { by: ['CUSTOMER'], from: ['NEEDS_CORRECTION'] },
  JUMP: { by: ['ADMIN'], from: ['IN_REVIEW', 'AWAITING_CONFIRMATION', 'NEEDS_CORRECTION'] },
  END: { by: ['ADMIN', 'SERVER'], from: ON_THEIR_WAY, whilePaused: true },
  PAUSE: { by: ['SERVER'], from: ON_THEIR_WAY },
  RESUME: { by: ['SERVER'], from: ON_THEIR_WAY, whilePaused: true },
};

/** Whether somebody may do it at all, and now: what is asked of whoever was picked comes after it. */
export function refusalOfAct(form: FormNow, act: Act, { actor }: Pick<Facts, 'actor'>): Refused | undefined {
  if ('taskId' in act) return refusalOfTaskAct(form, act, actor);
  const { by, from, whilePaused } = FORM_ACTS[act.kind];
  if (!by.includes(actor.is)) return { refusal: 'FORBIDDEN' };
  return from.includes(form.state) && (whilePaused || !form.isPaused) ? undefined : { refusal: 'NOT_NOW' };
}

function refusalOfTaskAct(form: FormNow, act: TaskAct, actor: Actor): Refused | undefined {
  const task = form.tasks.find(({ id }) => id === act.taskId);
  if (!task || !isTheirs(task, act, actor)) return { refusal: 'FORBIDDEN' };
  if (act.kind === 'CLAIM') {
    if (task.holder !== null || task.state !== 'OPEN') return { refusal: 'ALREADY_CLAIMED' };
  } else if (!isLive(task)) return { refusal: 'ALREADY_DECIDED' };
  const isTheirTurn = task.state === 'OPEN' || act.kind === 'REASSIGN';
  if (form.state !== 'IN_REVIEW' || form.isPaused || !isTheirTurn) return { refusal: 'NOT_NOW' };
  return fits(task, act) ? undefined : { refusal: 'NOT_NOW', because: task.kind === 'OPINION' ? 'OPINION' : 'NO_OPINION' };
}

/** The holder acts; what nobody holds, and what is somebody else's, is the admins' to give. A former holder is told that it was decided. */
function isTheirs(task: Task, { kind }: TaskAct, { id, is }: Actor): boolean {
  if (kind === 'CLAIM' || kind === 'REASSIGN') return is === 'ADMIN';
  if (kind === 'ESCALATE') return is === 'SERVER';
  return (is === 'STAFF' || is === 'ADMIN') && task.holder === id;
}

/** An opinion is answered or handed over; it decides nothing. */
const fits = ({ kind }: Task, act: TaskAct): boolean =>
  ['CLAIM', 'REASSIGN', 'HAND_OVER'].includes(act.kind) || (kind === 'OPINION') === (act.kind === 'ANSWER');
