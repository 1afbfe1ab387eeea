import type { UseCase } from '../../../sdk/index.ts';
import { turnFor, whose } from '../engine/whose.ts';
import { formTasks } from '../form.entity.ts';
import { type LiveTask, lockedTasks, reassign } from '../form-belongings.ts';
import { standInsFor } from './standing-in.service.ts';

const openOf = (use: UseCase, employeeId: string) => lockedTasks(use).where('task.assignee_id', '=', employeeId).execute();

/** Locks the open turns of somebody, before their own row. What comes to them until then, `passTurns` finds. */
export const holdTurns = async (use: UseCase, employeeId: string): Promise<void> => {
  await openOf(use, employeeId);
};

/**
 * Open turns go to whoever stands in now, for whom they were. Whoever submitted a form has no turn of it, and whoever has approved it at another
 * stop of its fixed route none in somebody's place: that one stays.
 */
export async function passTurns(use: UseCase, employeeId: string): Promise<void> {
  const tasks = await openOf(use, employeeId);
  if (tasks.length === 0) return;
  const standIn = await standInsFor(use, employeeId);
  const goes = tasks.flatMap((task) => {
    const to = standIn(task.template_id);
    return to === undefined || to === task.submitted_by_id ? [] : [{ task, to }];
  });
  for (const [to, of] of Map.groupBy(goes, (one) => one.to)) {
    const hasApproved = await approvalsOf(use, to, of);
    await reassign(
      use,
      of.filter(({ task }) => !hasApproved(task)).map(({ task }) => task),
      to,
      (turn, holder) => turnFor(holder, whose(turn)),
    );
  }
}

/** Whether somebody has approved a form of some tasks at another stop than the task's. */
async function approvalsOf(use: UseCase, id: string, of: readonly { readonly task: LiveTask }[]): Promise<(task: LiveTask) => boolean> {
  const onRoutes = of.filter(({ task }) => task.stop !== null);
  if (onRoutes.length === 0) return () => false;
  const made = await use
    .on(formTasks)
    .selectFrom('form_tasks')
    .select(['form_id', 'stop'])
    .where(
      'form_id',
      'in',
      onRoutes.map(({ task }) => task.form_id),
    )
    .where('assignee_id', '=', id)
    .where('decision', '=', 'APPROVED')
    .execute();
  return (task) => task.stop !== null && made.some(({ form_id, stop }) => form_id === task.form_id && stop !== task.stop);
}
