import { relink } from './changes.ts';
import type { Change, FormNow, Goes, Task } from './flow.types.ts';
import { isLive } from './may-act.ts';
import { turnFor, whose } from './whose.ts';

/**
 * A turn goes to somebody who may have one at the same stop already: nobody has two at once. Their own counts for both, unless others are at one
 * of both places: those decide there then.
 */
export function passTo(form: FormNow, task: Task, { takenFrom, ...goes }: Goes & Pick<Task, 'takenFrom'>): Change[] {
  const { kind, state } = task;
  const given: Change = { do: 'GIVE', task: task.id, kind, state, ...goes, ...(takenFrom && { takenFrom }) };
  const own = ownBeside(form, task, goes.holder);
  if (!own) return [given];
  const [others, ownOthers] = [besides(form, task, own), besides(form, own, task)];
  const isOnePlace = own.slot === task.slot;
  if (!isOnePlace && others[0]) return [ended(task), ...relink(form, task.id, others[0].id)];
  if (!isOnePlace && ownOthers[0]) return [ended(own), ...relink(form, own.id, ownOthers[0].id), given];
  const { holder: _, ...both } = turnFor(own.holder, [...whose(own), ...whose(goes)]);
  const isMore = whose(goes).some((one) => !whose(own).includes(one));
  return [ended(task), ...relink(form, task.id, own.id), ...(isMore ? [{ do: 'STAND', task: own.id, ...both } as const] : [])];
}

const ended = ({ id }: Task): Change => ({ do: 'CLOSE', task: id, decision: 'CANCELLED' });

/** The turn that somebody has at the same stop and at once. */
const ownBeside = ({ tasks }: FormNow, task: Task, holder: string | null): Task | undefined =>
  task.kind === 'APPROVAL' && task.state === 'OPEN' && holder !== null
    ? tasks.find(
        (one) => one.id !== task.id && one.kind === 'APPROVAL' && one.state === 'OPEN' && one.stop === task.stop && one.holder === holder,
      )
    : undefined;

/** Who else may decide at the place of a turn. */
const besides = ({ tasks }: FormNow, task: Task, but: Task): readonly Task[] =>
  tasks.filter((one) => one.id !== task.id && one.id !== but.id && one.kind === 'APPROVAL' && isLive(one) && one.slot === task.slot);
