import type { UseCase } from '../../../sdk/index.ts';
import { type LiveTask, lockedTasks, reassign } from '../form-belongings.ts';
import { standInsFor } from './standing-in.service.ts';

const openOf = (use: UseCase, employeeId: string) => lockedTasks(use).where('task.assignee_id', '=', employeeId).execute();

/** Locks the open turns of somebody, before their own row. What comes to them until then, `passTurns` finds. */
export const holdTurns = async (use: UseCase, employeeId: string): Promise<void> => {
  await openOf(use, employeeId);
};

/** Open turns go to whoever stands in now, for whom they were. Whoever submitted a form has no turn of it: that one stays. */
export async function passTurns(use: UseCase, employeeId: string): Promise<void> {
  const tasks = await openOf(use, employeeId);
  if (tasks.length === 0) return;
  const standIn = await standInsFor(use, employeeId);
  const goes = tasks.flatMap((task) => {
    const to = standIn(task.template_id);
    return to === undefined || to === task.submitted_by_id ? [] : [{ task, to }];
  });
  for (const [to, of] of Map.groupBy(goes, (one) => one.to))
    await reassign(
      use,
      of.map(({ task }): LiveTask => ({ ...task, for_id: task.for_id ?? employeeId })),
      to,
    );
}
