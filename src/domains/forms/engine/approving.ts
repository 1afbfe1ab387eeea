import { cancelOpinions, firstAct, open, openStop, refusalOfPerson, relink, waitingBehind } from './changes.ts';
import type { Act, Change, Facts, FormNow, Person, Task, Verdict } from './flow.types.ts';
import { isLive } from './may-act.ts';

type Approve = Extract<Act, { readonly kind: 'APPROVE' }>;

/** Approves: another goes on; or those who wait, then the others of the stop, then the next stop; or the inside part has ended well (spec 6.2). */
export function approve(form: FormNow, task: Task, { next }: Approve, facts: Facts): Verdict {
  const refused = next && refusalOfNext(form, task, next, facts);
  if (refused) return refused;
  const begun: Change[] = [
    { do: 'CLOSE', task: task.id, decision: 'APPROVED' },
    ...cancelOpinions(form, task.id),
    { do: 'WRITE', kind: 'APPROVED', ...(next && { next: next.id }) },
    ...firstAct(form),
  ];
  return { changes: [...begun, ...(next ? handOn(form, task, next, facts) : goOn(form, task, facts))] };
}

const refusalOfNext = (form: FormNow, task: Task, next: Person, facts: Facts) =>
  facts.onward !== undefined ? ({ refusal: 'APPROVER', reason: 'FIXED_ROUTE' } as const) : refusalOfPerson(form, next, facts, task.id);

const handOn = (form: FormNow, task: Task, next: Person, facts: Facts): Change[] => [
  open(next, facts, { slot: task.slot }),
  ...relink({ ...form, tasks: waitingBehind(form, task.id) }, task.id, '+0'),
  { do: 'MOVE', state: 'IN_REVIEW', move: 'APPROVED' },
];

function goOn(form: FormNow, task: Task, facts: Facts): Change[] {
  const stays: Change = { do: 'MOVE', state: 'IN_REVIEW', move: 'APPROVED' };
  const woken = waitingBehind(form, task.id);
  if (woken.length) return [...woken.map(({ id }): Change => ({ do: 'WAKE', task: id })), stays];
  const others = form.tasks.filter((one) => one.id !== task.id && one.kind === 'APPROVAL' && isLive(one));
  const settled = others.filter(({ slot }) => slot === task.slot); // one approval is enough for all of a slot
  const closed = settled.flatMap(({ id }): Change[] => [{ do: 'CLOSE', task: id, decision: 'CANCELLED' }, ...cancelOpinions(form, id)]);
  if (settled.length < others.length) return [...closed, stays];
  if (facts.onward) return [...closed, ...openStop(facts.onward, facts), { ...stays, stop: facts.onward.key } as Change];
  return [...closed, ...approvedAsLast(facts)];
}

function approvedAsLast({ withConfirmation }: Facts): Change[] {
  const approved: Change = { do: 'HOOK', hook: 'onApproved', wasApproved: true };
  if (!withConfirmation) return [approved, ...complete()];
  return [approved, ...askToConfirm()];
}

export const askToConfirm = (): Change[] => [
  { do: 'WRITE', kind: 'CONFIRMATION_ASKED' },
  { do: 'TELL', state: 'AWAITING_YOUR_CONFIRMATION' },
  { do: 'MOVE', state: 'AWAITING_CONFIRMATION', move: 'CONFIRMATION_ASKED' },
];

export const complete = (): Change[] => [
  { do: 'WRITE', kind: 'COMPLETED' },
  { do: 'TELL', state: 'COMPLETED' },
  { do: 'MOVE', state: 'COMPLETED', move: 'COMPLETED' },
  { do: 'HOOK', hook: 'onCompleted', wasApproved: true },
];
