import type { Change, Facts, FormNow, Goes, Person, Refused, Stop, Task, TaskRef } from './flow.types.ts';
import { isLive } from './may-act.ts';

// What acts are made of.

/** The first act of anybody inside makes the form in progress for the customer; no later one tells them anything (spec 6.3). */
export const firstAct = ({ customerState, isPaused }: FormNow): Change[] =>
  customerState === 'RECEIVED' && !isPaused ? [{ do: 'TELL', state: 'IN_PROGRESS' }] : [];

/** Whoever stands in for a person has the turn, unless they cannot be picked themselves. */
export function goesTo(person: Person | null, { actor, submitter }: Pick<Facts, 'actor' | 'submitter'>): Goes {
  if (!person) return { holder: null, for: null };
  const standIn = person.standIn;
  return standIn && standIn !== actor.id && standIn !== submitter ? { holder: standIn, for: person.id } : { holder: person.id, for: null };
}

/** Why somebody cannot have a turn. @param besides a task that ends with the act, and so is no turn of theirs any more */
export function refusalOfPerson(form: FormNow, { id, isGone }: Person, facts: Facts, besides?: string): Refused | undefined {
  const reason = (): (Refused & { refusal: 'APPROVER' })['reason'] | undefined => {
    if (id === facts.actor.id) return 'SELF';
    if (id === facts.submitter) return 'SUBMITTER';
    if (isGone) return 'GONE';
    const has = form.tasks.some((task) => task.id !== besides && task.kind === 'APPROVAL' && isLive(task) && task.holder === id);
    return has ? 'HAS_A_TURN' : undefined;
  };
  const found = reason();
  return found && { refusal: 'APPROVER', reason: found };
}

/** Ends every turn that is left. */
export const cancelAll = ({ tasks }: FormNow, except?: TaskRef): Change[] =>
  tasks.filter((task) => task.id !== except && isLive(task)).map(({ id }) => ({ do: 'CLOSE', task: id, decision: 'CANCELLED' }));

/** Ends what hangs on a task that has ended: opinions that were asked for it. */
export const cancelOpinions = ({ tasks }: FormNow, taskId: string): Change[] =>
  tasks
    .filter((task) => task.kind === 'OPINION' && isLive(task) && task.linked === taskId)
    .map(({ id }) => ({ do: 'CLOSE', task: id, decision: 'CANCELLED' }));

/** Whoever waits behind one task waits behind another from now on. */
export const relink = ({ tasks }: FormNow, from: string, to: TaskRef): Change[] =>
  tasks.filter((task) => isLive(task) && task.linked === from && task.id !== to).map(({ id }) => ({ do: 'LINK', task: id, to }));

export const waitingBehind = ({ tasks }: FormNow, taskId: string): readonly Task[] =>
  tasks.filter((task) => task.state === 'WAITING' && task.linked === taskId);

/** Gives one person a turn, `+0`. */
export const open = (
  person: Person | null,
  facts: Facts,
  of: Partial<Pick<Task, 'kind' | 'state' | 'linked' | 'slot' | 'stop'>> = {},
): Change => ({
  do: 'OPEN',
  ref: '+0',
  ...goesTo(person, facts),
  kind: of.kind ?? 'APPROVAL',
  state: of.state ?? 'OPEN',
  linked: of.linked ?? null,
  slot: of.slot ?? 0,
  stop: of.stop ?? null,
});

/** Gives each of some people a turn, `+0`, `+1`, …: nobody two. */
export function openEach(people: readonly Person[], facts: Facts, of: Partial<Pick<Task, 'slot' | 'stop'>>): Change[] {
  const turns = people.map((person) => open(person, facts, of) as Extract<Change, { do: 'OPEN' }>);
  const distinct = turns.filter(({ holder }, i) => turns.findIndex((one) => one.holder === holder) === i);
  return distinct.map((turn, i) => ({ ...turn, ref: `+${i}` }));
}

/**
 * Gives everybody at a stop their turn: nobody two; who is gone, has submitted the form, or has approved it before in somebody's place, none; and
 * nobody has one in another's place who has approved it before. A slot that nobody fills is to be claimed.
 */
export function openStop({ key, slots, approved }: Stop, facts: Facts): Change[] {
  const had = new Set<string>();
  const turns = slots.flatMap((people, slot) => {
    const able = people
      .filter(({ id, isGone }) => !isGone && id !== facts.submitter && !approved?.get(id))
      .map((person) => (person.standIn && approved?.has(person.standIn) ? { ...person, standIn: undefined } : person));
    const goes = able.map((person) => goesTo(person, { ...facts, actor: { id: '', is: 'SERVER' } })); // whoever approves may stand at the next stop too
    if (goes.some(({ holder }) => had.has(holder!))) return []; // the one approval counts for both
    for (const { holder } of goes) had.add(holder!);
    const distinct = [...new Map(goes.map((one) => [one.holder, one])).values()];
    return (distinct.length ? distinct : [{ holder: null, for: null }]).map((one) => ({ ...one, slot }));
  });
  return turns.map(({ slot, ...one }, i) => ({
    do: 'OPEN',
    ref: `+${i}`,
    ...one,
    kind: 'APPROVAL',
    state: 'OPEN',
    linked: null,
    slot,
    stop: key,
  }));
}
