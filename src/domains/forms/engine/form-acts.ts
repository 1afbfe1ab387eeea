import { askToConfirm, complete } from './approving.ts';
import { cancelAll, firstAct, refusalOfPerson } from './changes.ts';
import type { Act, Change, Facts, FormNow, Move, TaskAct, Verdict } from './flow.types.ts';
import { turns } from './stops.ts';

type FormAct = Exclude<Act, TaskAct>;
type Work<Kind extends FormAct['kind']> = (form: FormNow, act: Extract<FormAct, { readonly kind: Kind }>, facts: Facts) => Verdict;

const stopOf = ({ onward, back }: Facts) => ({ stop: onward ? onward.key : (back?.stop ?? null) });

const submit: Work<'SUBMIT'> = (_, __, facts) => ({
  changes: [
    { do: 'WRITE', kind: 'SUBMITTED' },
    { do: 'TELL', state: 'RECEIVED' },
    ...turns(facts),
    { do: 'MOVE', state: 'IN_REVIEW', move: 'SUBMITTED', ...stopOf(facts) },
  ],
});

/** Back inside, after a correction or a dispute. */
const inAgain = (kind: 'RESUBMITTED' | 'DISPUTED', form: FormNow, facts: Facts): Verdict => ({
  changes: [
    { do: 'WRITE', kind },
    ...turns(facts),
    { do: 'TELL', state: 'IN_PROGRESS' },
    { do: 'MOVE', state: 'IN_REVIEW', move: kind, ...stopOf(facts) },
    ...reopened(form),
  ],
});
/** What was approved is to be decided about once more. */
const reopened = ({ state }: FormNow): Change[] =>
  state === 'AWAITING_CONFIRMATION' ? [{ do: 'HOOK', hook: 'onReopened', wasApproved: true }] : [];

/** The customer hears what is said to them, and says what those inside hear; what those inside say to each other stands in the history. */
const comment: Work<'COMMENT'> = (form, { toCustomer }, { actor }) => {
  const isCustomers = actor.is === 'CUSTOMER';
  const crosses = toCustomer || isCustomers;
  const kind: Move = isCustomers ? 'COMMENTED_BY_CUSTOMER' : toCustomer ? 'COMMENTED_TO_CUSTOMER' : 'COMMENTED';
  return {
    changes: [
      { do: 'WRITE', kind },
      ...(isCustomers ? [] : firstAct(form)),
      ...(crosses ? [{ do: 'SAY' } as const] : []),
      { do: 'MOVE', state: form.state, move: kind },
    ],
  };
};

/** Those inside remind whoever else has the turn; the customer reminds those inside. Nobody reminds themself. */
const remind: Work<'REMIND'> = (form, _, { actor, submitter, remindedLately, lately }) => {
  const isInside = form.state === 'IN_REVIEW';
  if (actor.is === 'CUSTOMER' && !isInside) return { refusal: 'NOT_NOW' };
  const others = form.tasks.filter(({ state, holder }) => state === 'OPEN' && holder !== actor.id);
  if (isInside ? others.length === 0 : submitter === actor.id) return { refusal: 'NOT_NOW', because: 'YOUR_TURN' };
  const tasks = isInside ? others.filter(({ id }) => !lately?.has(id)).map(({ id }) => id) : [];
  if (remindedLately || (isInside && tasks.length === 0)) return { refusal: 'REMINDED_LATELY' };
  return {
    changes: [
      { do: 'WRITE', kind: 'REMINDED' },
      ...(actor.is === 'STAFF' || actor.is === 'ADMIN' ? firstAct(form) : []),
      { do: 'REMIND', tasks },
      { do: 'MOVE', state: form.state, move: 'REMINDED' },
    ],
  };
};

const confirm: Work<'CONFIRM'> = (_, __, { actor }) => ({
  changes: [{ do: 'WRITE', kind: actor.is === 'SERVER' ? 'CONFIRMED_ITSELF' : 'CONFIRMED' }, ...complete()],
});

/** What the customer may take back hangs on what the customer knows alone: it is no way to find out what happens inside. */
const withdraw: Work<'WITHDRAW'> = (form, _, { withdrawal = 'UNTIL_FIRST_DECISION' }) => {
  const isEarly = form.customerState === 'RECEIVED' || form.customerState === 'NEEDS_YOUR_CORRECTION';
  if (withdrawal === 'NEVER' || (withdrawal === 'UNTIL_FIRST_DECISION' && !isEarly)) return { refusal: 'NOT_NOW' };
  return { changes: over(form, 'WITHDRAWN') };
};

/** The form is over without having been decided. */
const over = (form: FormNow, as: 'WITHDRAWN' | 'ENDED'): Change[] => [
  ...cancelAll(form),
  { do: 'WRITE', kind: as },
  { do: 'TELL', state: as },
  { do: 'MOVE', state: as, move: as },
  { do: 'HOOK', hook: 'onEnded', wasApproved: form.state === 'AWAITING_CONFIRMATION' },
];

const jump: Work<'JUMP'> = (form, { to }, facts) => {
  const refused = to && refusalOfPerson({ ...form, tasks: [] }, to, { ...facts, actor: { id: '', is: 'ADMIN' } });
  if (refused) return refused;
  return {
    changes: [
      ...cancelAll(form),
      { do: 'WRITE', kind: 'JUMPED', ...(to && { next: to.id }) },
      { do: 'TELL', state: 'IN_PROGRESS' },
      ...turns(to ? { ...facts, onward: undefined, back: { who: to, stop: facts.back?.stop ?? null, whose: [to.id] } } : facts),
      { do: 'MOVE', state: 'IN_REVIEW', move: 'JUMPED', ...stopOf(facts) },
      ...reopened(form),
    ],
  };
};

const rest =
  <As extends 'PAUSE' | 'RESUME'>(as: As): Work<As> =>
  (form) => {
    if (form.isPaused === (as === 'PAUSE')) return { refusal: 'NOT_NOW' };
    const kind = as === 'PAUSE' ? 'PAUSED' : 'RESUMED';
    return {
      changes: [{ do: 'WRITE', kind }, { do: as }, { do: 'MOVE', state: form.state, move: kind }],
    };
  };

export const formActs: { readonly [Kind in FormAct['kind']]: Work<Kind> } = {
  SUBMIT: submit,
  COMMENT: comment,
  REMIND: remind,
  BEGIN: (form) => ({ changes: [{ do: 'WRITE', kind: 'BEGUN' }, ...firstAct(form), { do: 'MOVE', state: form.state, move: 'BEGUN' }] }),
  CONCLUDE: (form) => ({ changes: [...cancelAll(form), ...firstAct(form), ...askToConfirm()] }),
  CONFIRM: confirm,
  DISPUTE: (form, _, facts) => inAgain('DISPUTED', form, facts),
  WITHDRAW: withdraw,
  RESUBMIT: (form, _, facts) => inAgain('RESUBMITTED', form, facts),
  JUMP: jump,
  END: (form) => ({ changes: over(form, 'ENDED') }),
  PAUSE: rest('PAUSE'),
  RESUME: rest('RESUME'),
};
