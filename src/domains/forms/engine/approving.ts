import { decidedPlace, firstAct, open, refusalOfPerson } from './changes.ts';
import type { Act, Change, Facts, FormNow, Person, Task, Verdict } from './flow.types.ts';
import { openStop } from './stops.ts';

type Approve = Extract<Act, { readonly kind: 'APPROVE' }>;

/**
 * Approves: another goes on; or those who wait behind this place; or, when no turn is left, the next stop; or the inside part has ended well
 * (spec 6.2). On a route that the template fixes nobody approves what they have handed in.
 */
export function approve(form: FormNow, task: Task, { next }: Approve, facts: Facts): Verdict {
  if (task.stop !== null && facts.actor.id === facts.submitter) return { refusal: 'APPROVER', reason: 'SUBMITTER' };
  const refused = next && refusalOfNext(form, task, next, facts);
  if (refused) return refused;
  const begun: Change[] = [
    { do: 'CLOSE', task: task.id, decision: 'APPROVED' },
    ...decidedPlace(form, task).closed,
    { do: 'WRITE', kind: 'APPROVED', ...(next && { next: next.id }) },
    ...firstAct(form),
  ];
  return { changes: [...begun, ...(next ? handOn(form, task, next, facts) : goOn(form, task, facts))] };
}

const refusalOfNext = (form: FormNow, task: Task, next: Person, facts: Facts) =>
  facts.onward !== undefined ? ({ refusal: 'APPROVER', reason: 'FIXED_ROUTE' } as const) : refusalOfPerson(form, next, facts, task.id);

const handOn = (form: FormNow, task: Task, next: Person, facts: Facts): Change[] => [
  open(next, facts, { slot: task.slot }),
  ...decidedPlace(form, task).behind.map(({ id }): Change => ({ do: 'LINK', task: id, to: '+0' })),
  { do: 'MOVE', state: 'IN_REVIEW', move: 'APPROVED' },
];

function goOn(form: FormNow, task: Task, facts: Facts): Change[] {
  const stays: Change = { do: 'MOVE', state: 'IN_REVIEW', move: 'APPROVED' };
  const { behind, left } = decidedPlace(form, task);
  if (left.length) return [...behind.map(({ id }): Change => ({ do: 'WAKE', task: id })), stays];
  if (facts.onward) return [...openStop(facts.onward, facts), { ...stays, stop: facts.onward.key } as Change];
  return approvedAsLast(facts);
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
