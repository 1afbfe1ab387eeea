import type { UseCase } from '../../../sdk/index.ts';
import { turnFor, whose } from '../engine/whose.ts';
import { lockedTasks, type Passing, reassign, thoseFor } from '../form-belongings.ts';
import { standInsFor } from './standing-in.service.ts';

const openOf = (use: UseCase, employeeId: string) => lockedTasks(use).where('task.assignee_id', '=', employeeId).execute();

/** Locks the open turns of somebody, before their own row. What comes to them until then, `passTurns` finds. */
export const holdTurns = async (use: UseCase, employeeId: string): Promise<void> => {
  await openOf(use, employeeId);
};

/**
 * Open turns go to whoever stands in now, for whom they were. Whoever submitted a form has no turn of it, and whoever has approved it at a stop
 * before none in somebody's place: that one stays.
 */
export async function passTurns(use: UseCase, employeeId: string): Promise<void> {
  const tasks = await openOf(use, employeeId);
  if (tasks.length === 0) return;
  const standIn = await standInsFor(use, employeeId);
  const goes = tasks.flatMap((task) => {
    const to = standIn(task.template_id);
    return to === undefined ? [] : [{ task, to }];
  });
  for (const [to, of] of Map.groupBy(goes, (one) => one.to)) {
    const turns = of.map(({ task }) => task);
    const able = await thoseFor(use, turns, to, inPlace);
    await reassign(use, able, to, { passing: inPlace, able });
  }
}
/** A stand-in has it for all whom it was for. */
const inPlace: Passing = (turn, holder) => turnFor(holder, whose(turn));
