import type { Change, Facts, FormNow, Person, Refused, Task, TaskRef } from './flow.types.ts';
import { isLive } from './may-act.ts';
import { goesTo, onePerPerson } from './who-has-it.ts';

// What acts are made of.

/** The first act of anybody inside makes the form in progress for the customer; no later one tells them anything (spec 6.3). */
export const firstAct = ({ customerState, isPaused }: FormNow): Change[] =>
  customerState === 'RECEIVED' && !isPaused ? [{ do: 'TELL', state: 'IN_PROGRESS' }] : [];

/** Why somebody cannot have a turn, they or who stands in for them. @param besides a task that ends with the act, and so is no turn of theirs any more */
export function refusalOfPerson(form: FormNow, person: Person, facts: Facts, besides?: string): Refused | undefined {
  const { id, isGone } = person;
  const reason = (): (Refused & { refusal: 'APPROVER' })['reason'] | undefined => {
    if (id === facts.actor.id) return 'SELF';
    if (id === facts.submitter) return 'SUBMITTER';
    if (isGone) return 'GONE';
    const either = [id, goesTo(person, facts).holder];
    const has = form.tasks.some((one) => one.id !== besides && one.kind === 'APPROVAL' && isLive(one) && either.includes(one.holder ?? ''));
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

/** The turns of one place, of which one decision is enough. */
const placeOf = ({ tasks }: FormNow, task: Task): readonly Task[] =>
  tasks.filter((one) => one.id === task.id || (one.kind === 'APPROVAL' && isLive(one) && one.slot === task.slot));

/** What hangs on a place in which one has decided: the other turns of it end; whoever waits behind any of them, and the rest of the turns, stay. */
export function decidedPlace(form: FormNow, task: Task): { closed: Change[]; behind: readonly Task[]; left: readonly Task[] } {
  const ids = placeOf(form, task).map(({ id }) => id);
  const left = form.tasks.filter((one) => one.kind === 'APPROVAL' && isLive(one) && !ids.includes(one.id));
  return {
    closed: ids.flatMap((id): Change[] => [
      ...(id === task.id ? [] : [{ do: 'CLOSE', task: id, decision: 'CANCELLED' } as const]),
      ...cancelOpinions(form, id),
    ]),
    behind: left.filter((one) => one.state === 'WAITING' && one.linked !== null && ids.includes(one.linked)),
    left,
  };
}

/** Of a turn that is handed over or reassigned: whose it was. */
export const takenFrom = (task: Task): string | null => task.takenFrom ?? task.for ?? task.holder;

type Opened = Extract<Change, { do: 'OPEN' }>;

/** Gives one person a turn, `+0`. @param people whom it is for, where that is not the one alone */
export const open = (
  person: Person | null,
  facts: Facts,
  of: Partial<Pick<Task, 'kind' | 'state' | 'linked' | 'slot' | 'stop' | 'takenFrom' | 'addedTo'>> = {},
  people: readonly string[] = person ? [person.id] : [],
): Opened => ({
  do: 'OPEN',
  ref: '+0',
  ...goesTo(person, facts, people),
  kind: of.kind ?? 'APPROVAL',
  state: of.state ?? 'OPEN',
  linked: of.linked ?? null,
  slot: of.slot ?? 0,
  stop: of.stop ?? null,
  ...(of.takenFrom && { takenFrom: of.takenFrom }),
  ...(of.addedTo && { addedTo: of.addedTo }),
});

/** Gives each of some people a turn, `+0`, `+1`, …: nobody two. */
export function openEach(
  people: readonly Person[],
  facts: Facts,
  of: Partial<Pick<Task, 'slot' | 'stop'>>,
  whom: (person: string) => readonly string[],
): Change[] {
  const turns = people.map((person) => open(person, facts, of, whom(person.id)));
  return onePerPerson(turns).map((turn, i) => ({ ...turn, ref: `+${i}` }));
}
