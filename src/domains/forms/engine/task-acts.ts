import { approve } from './approving.ts';
import { cancelAll, decidedPlace, firstAct, open, openEach, refusalOfPerson, relink, takenFrom } from './changes.ts';
import type { AddedAt, Change, Facts, FormNow, Person, Place, Refused, Task, TaskAct, Verdict } from './flow.types.ts';
import { isLive } from './may-act.ts';
import { ADDED, openStop } from './stops.ts';
import { goesTo, isDenied } from './who-has-it.ts';
import { stoodFor, takenOver, turnFor, whose } from './whose.ts';

type Work<Kind extends TaskAct['kind']> = (
  form: FormNow,
  task: Task,
  act: Extract<TaskAct, { readonly kind: Kind }>,
  facts: Facts,
) => Verdict;

const reject: Work<'REJECT'> = (form, task) => ({
  changes: [
    { do: 'CLOSE', task: task.id, decision: 'REJECTED' },
    ...cancelAll(form, task.id),
    { do: 'WRITE', kind: 'REJECTED' },
    ...firstAct(form),
    { do: 'TELL', state: 'REJECTED' },
    { do: 'MOVE', state: 'REJECTED', move: 'REJECTED' },
    { do: 'HOOK', hook: 'onRejected', wasApproved: false },
  ],
});

/** Back to the submitter: every other turn ends. Or to whoever had it before, which makes nobody less asked than they were. */
const giveBack: Work<'RETURN'> = (form, task, { to }, facts) => {
  const closed: Change = { do: 'CLOSE', task: task.id, decision: 'RETURNED' };
  if (to === 'SUBMITTER')
    return {
      changes: [
        closed,
        ...cancelAll(form, task.id),
        { do: 'WRITE', kind: 'RETURNED' },
        ...firstAct(form),
        { do: 'TELL', state: 'NEEDS_YOUR_CORRECTION' },
        { do: 'MOVE', state: 'NEEDS_CORRECTION', move: 'RETURNED' },
      ],
    };
  const refused = refusalOfPerson({ ...form, tasks: [] }, to, facts);
  if (refused) return refused;
  const had = facts.earlier?.get(to.id);
  if (!had) return { refusal: 'APPROVER', reason: 'NOT_EARLIER' };
  return {
    changes: [
      closed,
      { do: 'WRITE', kind: 'RETURNED', next: to.id },
      ...firstAct(form),
      ...(facts.onward
        ? [...cancelAll(form, task.id), ...openStop(facts.onward, facts, { who: to, ...had })]
        : backByHand(form, task, to, had, facts)),
      { do: 'MOVE', state: 'IN_REVIEW', move: 'RETURNED', stop: had.stop },
    ],
  };
};

/** Whoever waited goes on waiting, and so does who was added and returned it; anybody else picks them again or not, as it is by hand. */
function backByHand(
  form: FormNow,
  task: Task,
  to: Person,
  { slot, stop, whose: had = [to.id], themself = false }: Place,
  facts: Facts,
): Change[] {
  const { closed, behind } = decidedPlace(form, task);
  const again = open({ ...to, given: { whose: had, themself } }, facts, { slot, stop }, had);
  const { holder } = again;
  const own = form.tasks.find((one) => one.id !== task.id && one.kind === 'APPROVAL' && isLive(one) && one.holder === holder);
  const wasAdded = task.slot >= ADDED;
  const front = wasAdded ? '+1' : '+0';
  const waits = { kind: 'APPROVAL', state: 'WAITING', linked: '+0' } as const;
  const behindOwn = own?.linked && behind.every(({ id }) => id !== own.id) ? own.linked : front;
  return [
    ...closed,
    ...(own ? [{ do: 'CLOSE', task: own.id, decision: 'CANCELLED' } as const] : []),
    again,
    ...(wasAdded
      ? [
          {
            do: 'OPEN',
            ref: front,
            ...turnFor(task.holder, whose(task)),
            ...waits,
            slot: task.slot,
            stop,
          } as const,
        ]
      : []),
    ...behind.filter((one) => one !== own).map(({ id }): Change => ({ do: 'LINK', task: id, to: front })),
    ...(own ? relink(form, own.id, behindOwn) : []),
  ];
}

const handOver: Work<'HAND_OVER'> = (form, task, { to }, facts) =>
  refusalOfPerson(form, to, facts, task.id) ?? {
    changes: [
      { do: 'CLOSE', task: task.id, decision: 'HANDED_OVER' },
      { do: 'WRITE', kind: 'HANDED_OVER', next: to.id },
      ...firstAct(form),
      open(to, facts, { ...task, state: 'OPEN', takenFrom: task.for ?? task.holder }, takenOver(task, to.id)),
      ...relink(form, task.id, '+0'),
      { do: 'MOVE', state: form.state, move: 'HANDED_OVER' },
    ],
  };

/** Before: the holder waits for them. After: they wait for the holder, and whoever waited for the holder waits for them. */
const add: Work<'ADD'> = (form, task, { who, when }, facts) =>
  refusalOfPerson(form, who, facts) ?? {
    changes: [
      { do: 'WRITE', kind: 'APPROVER_ADDED', next: who.id },
      ...firstAct(form),
      ...(when === 'BEFORE'
        ? ([open(who, facts, added(form, task, facts, when)), { do: 'REST', task: task.id, behind: '+0' }] as const)
        : [open(who, facts, { ...added(form, task, facts, when), state: 'WAITING', linked: task.id }), ...relinkWaiting(form, task.id)]),
      { do: 'MOVE', state: form.state, move: 'APPROVER_ADDED' },
    ],
  };
/** A slot of their own: whatever becomes of the turn that they were added to, they are asked. */
const added = ({ tasks }: FormNow, { stop, slot }: Task, facts: Facts, when: AddedAt['when']) => ({
  stop,
  addedTo: { slot, when },
  slot: Math.max(ADDED + (facts.added ?? 0), ...tasks.map(({ slot }) => slot + 1)),
});
/** Opinions stay with the holder who asked for them. */
const relinkWaiting = (form: FormNow, taskId: string): Change[] =>
  relink({ ...form, tasks: form.tasks.filter(({ state }) => state === 'WAITING') }, taskId, '+0');

const consult: Work<'CONSULT'> = (form, task, { who }, facts) => {
  const refused = refusalOfPerson({ ...form, tasks: [] }, who, facts);
  if (refused) return refused;
  const isAsked = form.tasks.some(
    ({ kind, state, linked, holder }) => kind === 'OPINION' && state === 'OPEN' && linked === task.id && holder === who.id,
  );
  if (isAsked) return { refusal: 'APPROVER', reason: 'HAS_A_TURN' };
  return {
    changes: [
      { do: 'WRITE', kind: 'CONSULTED', next: who.id },
      ...firstAct(form),
      open(who, facts, { kind: 'OPINION', linked: task.id }),
      { do: 'MOVE', state: form.state, move: 'CONSULTED' },
    ],
  };
};

const answer: Work<'ANSWER'> = (form, task) => ({
  changes: [
    { do: 'CLOSE', task: task.id, decision: 'ANSWERED' },
    { do: 'WRITE', kind: 'ANSWERED' },
    ...firstAct(form),
    { do: 'MOVE', state: form.state, move: 'ANSWERED' },
  ],
});

/** Whoever takes a turn for themself is no other pair of eyes: what they cannot have, they give to somebody else. */
const refusalOfTaking = (task: Task, { actor, approved }: Facts): Refused | undefined =>
  task.kind === 'APPROVAL' && isDenied(turnFor(actor.id, takenOver(task, actor.id)), approved)
    ? { refusal: 'APPROVER', reason: 'FOUR_EYES' }
    : undefined;

const claim: Work<'CLAIM'> = (form, task, _, facts) => {
  const { actor, submitter } = facts;
  if (actor.id === submitter) return { refusal: 'APPROVER', reason: 'SUBMITTER' };
  const has = form.tasks.some((one) => one.kind === 'APPROVAL' && isLive(one) && one.holder === actor.id);
  if (has && task.kind === 'APPROVAL') return { refusal: 'APPROVER', reason: 'HAS_A_TURN' };
  const refused = refusalOfTaking(task, facts);
  if (refused) return refused;
  return {
    changes: [
      { do: 'GIVE', task: task.id, kind: task.kind, state: task.state, ...turnFor(actor.id, takenOver(task, actor.id)) },
      { do: 'WRITE', kind: 'CLAIMED' },
      ...firstAct(form),
      { do: 'MOVE', state: form.state, move: 'CLAIMED' },
    ],
  };
};

/** An admin may take it over, and gives it to nobody who cannot have it. */
const reassign: Work<'REASSIGN'> = (form, task, { to }, facts) => {
  const people = takenOver(task, to.id);
  const refused =
    refusalOfPerson(form, to, { ...facts, actor: { id: '', is: 'ADMIN' } }, task.id) ??
    (to.id === facts.actor.id ? refusalOfTaking(task, facts) : undefined);
  if (refused) return refused;
  const { holder } = isBack(task, to) ? { holder: to.id } : goesTo(to, facts, people);
  if (holder === task.holder) return { refusal: 'APPROVER', reason: 'HAS_A_TURN' };
  return {
    changes: [
      {
        do: 'GIVE',
        task: task.id,
        kind: task.kind,
        state: task.state,
        takenFrom: takenFrom(task),
        ...turnFor(holder, people),
      },
      { do: 'WRITE', kind: 'REASSIGNED', next: to.id },
      ...firstAct(form),
      { do: 'MOVE', state: form.state, move: 'REASSIGNED' },
    ],
  };
};

/** Whom a turn is for is named although their stand-in has it: they are to decide themself. */
const isBack = (task: Task, { id, standIn }: Person): boolean => standIn === task.holder && stoodFor(task).includes(id);

/** The turn stays where it is; whoever of both decides first has decided. The customer is told nothing: nobody inside has acted. */
const escalate: Work<'ESCALATE'> = (form, task, { to }, facts) => {
  const able = to.filter((who) => {
    const people = takenOver(task, who.id);
    return !refusalOfPerson(form, who, facts) && !isDenied(goesTo(who, facts, people), facts.approved);
  });
  return {
    changes: [
      { do: 'WRITE', kind: 'ESCALATED', ...(able[0] && { next: able[0].id }) },
      ...openEach(able, facts, { slot: task.slot, stop: task.stop }, (who) => takenOver(task, who)),
      { do: 'MOVE', state: form.state, move: 'ESCALATED' },
    ],
  };
};

export const taskActs: { readonly [Kind in TaskAct['kind']]: Work<Kind> } = {
  APPROVE: approve,
  REJECT: reject,
  RETURN: giveBack,
  HAND_OVER: handOver,
  ADD: add,
  CONSULT: consult,
  ANSWER: answer,
  CLAIM: claim,
  REASSIGN: reassign,
  ESCALATE: escalate,
};
