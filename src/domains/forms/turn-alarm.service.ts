import { formTaskDue, type JobWork, type UseCase, windowTime } from '../../sdk/index.ts';
import { carryOut } from './carry-out.service.ts';
import { decide, isRefused } from './engine/decide.ts';
import { businessForms, FormTask, formTasks } from './form.entity.ts';
import { eyesAt } from './form-eyes.service.ts';
import { findPerson } from './form-people.service.ts';
import { formNow, taskOf, tellTask } from './form-step.service.ts';
import { supervisorsOf } from './route-people.service.ts';
import { type LockedTask, lockTask } from './task-acts.service.ts';

const BATCH = 20;

/** Turns whose alarm has come: first their holders are reminded, then, when they are overdue, the holders’ supervisors have a turn as well. */
export async function soundAlarms(work: JobWork): Promise<void> {
  for (let sounded = BATCH; sounded === BATCH; ) sounded = await work.perform((use) => soundSome(use));
}

/** Of forms of contacts none sounds while the window is suspended (spec 6.11). @returns how many were found */
async function soundSome(use: UseCase): Promise<number> {
  const isServing = await use.service(windowTime).served(use);
  const found = await use
    .on(formTasks, businessForms)
    .selectFrom('form_tasks as task')
    .innerJoin('business_forms as form', 'form.id', 'task.form_id')
    .select(['task.id', 'task.form_id'])
    .where('task.state', '=', 'OPEN')
    .where('task.alarm_at', '<=', use.now)
    .where('form.state', '=', 'IN_REVIEW')
    .where('form.paused_reason', 'is', null)
    .$if(!isServing, (query) => query.where('form.contact_id', 'is', null))
    .orderBy('task.alarm_at')
    .limit(BATCH)
    .execute();
  const inOrder = found.sort((a, b) => (a.form_id < b.form_id ? -1 : a.form_id > b.form_id ? 1 : a.id < b.id ? -1 : 1));
  for (const { id } of inOrder) await sound(use, id);
  return found.length;
}

async function sound(use: UseCase, taskId: string): Promise<void> {
  const found = await lockTask(use, taskId);
  if (found?.task.state !== 'OPEN' || found.form.paused_reason !== null) return; // somebody was quicker
  const { assignee_id: employeeId, due_at, alarm_at } = found.task;
  if (alarm_at === null || due_at === null || alarm_at > use.now) return;
  const isOverdue = due_at <= use.now;
  use.on(FormTask).change({ id: taskId }, { alarm_at: isOverdue ? null : due_at });
  const escalatedTo = isOverdue ? await escalate(use, taskId, found) : 0;
  tellTask(use, taskId, 'REMINDED', employeeId);
  await use.announce(formTaskDue({ taskId, employeeId, isOverdue, isAdminsTurn: isOverdue && escalatedTo === 0 }));
}

/** @returns how many supervisors have a turn now */
async function escalate(use: UseCase, taskId: string, { form, task }: LockedTask): Promise<number> {
  const above = task.assignee_id === null ? [] : await supervisorsOf(use, task.assignee_id);
  const to = (await Promise.all([...above].sort().map((id) => findPerson(use, id, form.template_id)))).flatMap((one) => one ?? []);
  const now = await formNow(use, form, taskOf(task));
  const actor = { id: use.seat.id, is: 'SERVER' } as const;
  const approved = await eyesAt(use, form, task.stop);
  const verdict = decide(now, { kind: 'ESCALATE', taskId, to }, { actor, submitter: form.submitted_by_id, approved });
  if (isRefused(verdict)) throw new Error(`An overdue turn was refused: ${verdict.refusal}.`);
  const opened = await carryOut(use, form, verdict.changes, { due: { due_at: task.due_at, alarm_at: null } });
  return opened.size;
}
