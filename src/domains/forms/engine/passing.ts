import { relink } from './changes.ts';
import type { Change, FormNow, Task, Turn } from './flow.types.ts';
import { isLive } from './may-act.ts';
import { turnFor, whose } from './whose.ts';

/**
 * A turn goes to somebody who may have one at the same stop already, open or waiting: nobody has two. The one counts for both, unless others
 * are at one of both places: those decide there then.
 */
export function passTo(form: FormNow, task: Task, { takenFrom, ...goes }: Turn): Change[] {
  const given = (to: Task, how: Turn): Change => ({
    do: 'GIVE',
    task: to.id,
    kind: to.kind,
    state: to.state,
    ...how,
    ...(takenFrom && { takenFrom }),
  });
  const own = ownBeside(form, task, goes.holder);
  if (!own) return [given(task, goes)];
  const [others, ownOthers] = [besides(form, task, own), besides(form, own, task)];
  const isOnePlace = own.slot === task.slot;
  if (!isOnePlace && others[0]) return [ended(task), ...relink(form, task.id, others[0].id)];
  if (!isOnePlace && ownOthers[0]) return [ended(own), ...relink(form, own.id, ownOthers[0].id), given(task, goes)];
  const { holder, ...both } = turnFor(own.holder, [...whose(own), ...whose(goes)]);
  if (staysOf(form, own, task) === task) return [ended(own), ...relink(form, own.id, task.id), given(task, { holder, ...both })];
  const isMore = whose(goes).some((one) => !whose(own).includes(one));
  return [ended(task), ...relink(form, task.id, own.id), ...(isMore ? [{ do: 'STAND', task: own.id, ...both } as const] : [])];
}

const ended = ({ id }: Task): Change => ({ do: 'CLOSE', task: id, decision: 'CANCELLED' });

/** Of two turns that become one: the front one of a line, so that whoever is between is still asked; else the one that waits for somebody. */
function staysOf(form: FormNow, own: Task, task: Task): Task {
  if (isBehind(form, task, own)) return own;
  if (isBehind(form, own, task)) return task;
  return own.state === 'OPEN' && task.state === 'WAITING' ? task : own;
}
const isBehind = ({ tasks }: FormNow, one: Task, other: Task): boolean => {
  for (let at: Task | undefined = one; at?.linked; ) {
    const { linked }: Task = at;
    if (linked === other.id) return true;
    at = tasks.find(({ id }) => id === linked);
  }
  return false;
};

/** The turn that somebody has at the same stop, or is to have. */
const ownBeside = ({ tasks }: FormNow, task: Task, holder: string | null): Task | undefined =>
  task.kind === 'APPROVAL' && holder !== null
    ? tasks.find((one) => one.id !== task.id && one.kind === 'APPROVAL' && isLive(one) && one.stop === task.stop && one.holder === holder)
    : undefined;

/** Who else may decide at the place of a turn. */
const besides = ({ tasks }: FormNow, task: Task, but: Task): readonly Task[] =>
  tasks.filter((one) => one.id !== task.id && one.id !== but.id && one.kind === 'APPROVAL' && isLive(one) && one.slot === task.slot);
