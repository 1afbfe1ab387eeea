import { forbidden, notFound, type Outcome, type UseCase, versionConflict } from '../../sdk/index.ts';
import { employees } from '../directory/index.ts';
import { formTasks, formTemplateVersions } from './form.entity.ts';
import { approverNotAllowed, taskAlreadyClaimed, taskAlreadyDecided } from './form.refusals.ts';
import {
  addParticipant,
  type FormRow,
  firstAct,
  kindOf,
  lockForm,
  openTask,
  setCustomerState,
  setState,
  submitted,
  tellTask,
  writeHistory,
} from './form-step.service.ts';

interface Decision {
  readonly taskId: string;
  readonly expectedVersion?: number;
  readonly comment?: string;
}
interface Approval extends Decision {
  readonly nextApproverId?: string;
}
interface TaskRow {
  readonly id: string;
  readonly form_id: string;
  readonly assignee_id: string | null;
  readonly state: string;
  readonly version: number;
}
interface Approver {
  readonly id: string;
  readonly left_at: Date | null;
}
export interface Found {
  readonly task: TaskRow;
  readonly form: FormRow;
  /** Who was picked to go on. */
  readonly next: Approver | undefined;
}

/**
 * Finds the task and locks it with its form, in the order of refusals of api 1: unknown, not yours, already decided, changed.
 * Its former holder is told that it is decided, not that it is not theirs.
 */
export async function holdTask(use: UseCase, { taskId, expectedVersion, nextApproverId }: Approval): Promise<Found> {
  await use.find('FormTask', taskId);
  const next = nextApproverId === undefined ? undefined : await findApprover(use, nextApproverId);
  const task = await use
    .on({ form_tasks: formTasks })
    .selectFrom('form_tasks')
    .select(['id', 'form_id', 'assignee_id', 'state', 'version'])
    .where('id', '=', taskId)
    .forUpdate()
    .executeTakeFirst();
  if (!task) throw notFound({}, ['input', 'taskId']);
  if (task.assignee_id !== use.seat.id) throw forbidden();
  if (task.state !== 'OPEN') throw taskAlreadyDecided({ task: taskId }, ['input', 'taskId']);
  if (expectedVersion !== undefined && expectedVersion !== task.version)
    throw versionConflict({ current: { type: 'FormTask', uuid: taskId } }, ['input', 'expectedVersion']);
  return { task, form: await lockForm(use, task.form_id), next };
}

/** Approves: another goes on, or, without a next approver, the inside part has ended well (spec 6.2). */
export async function approveTask(use: UseCase, { comment }: Approval, { task, form, next }: Found): Promise<Outcome> {
  if (next) checkApprover(use, next);
  await decide(use, task, 'APPROVED', comment);
  await writeHistory(use, form.id, 'APPROVED', { nextId: next?.id, comment });
  const now = await firstAct(use, form);
  if (!next) await approvedAsLast(use, now);
  else {
    await openTask(use, form.id, next.id);
    await setState(use, now, 'IN_REVIEW', 'APPROVED');
  }
  return { taskId: task.id, formId: form.id };
}

export async function rejectTask(use: UseCase, input: Decision, { task, form }: Found): Promise<Outcome> {
  await decide(use, task, 'REJECTED', input.comment);
  await writeHistory(use, form.id, 'REJECTED', { comment: input.comment });
  const now = await setCustomerState(use, await firstAct(use, form), 'REJECTED');
  await setState(use, now, 'REJECTED', 'REJECTED');
  await kindOf(use, form.kind)?.onRejected?.(use, submitted(form));
  return { taskId: task.id, formId: form.id };
}

async function approvedAsLast(use: UseCase, form: FormRow): Promise<void> {
  const { with_confirmation } = await use
    .on({ form_template_versions: formTemplateVersions })
    .selectFrom('form_template_versions')
    .select('with_confirmation')
    .where('template_id', '=', form.template_id)
    .where('version', '=', form.template_version)
    .executeTakeFirstOrThrow();
  const kind = kindOf(use, form.kind);
  await kind?.onApproved?.(use, submitted(form));
  if (!with_confirmation) return completeForm(use, form);
  await writeHistory(use, form.id, 'CONFIRMATION_ASKED');
  await setState(use, await setCustomerState(use, form, 'AWAITING_YOUR_CONFIRMATION'), 'AWAITING_CONFIRMATION', 'CONFIRMATION_ASKED');
}

export async function completeForm(use: UseCase, form: FormRow): Promise<void> {
  await writeHistory(use, form.id, 'COMPLETED');
  await setState(use, await setCustomerState(use, form, 'COMPLETED'), 'COMPLETED', 'COMPLETED');
  await kindOf(use, form.kind)?.onCompleted?.(use, submitted(form));
}

/** The database decides who is first: whoever finds the task open. */
async function decide(use: UseCase, task: TaskRow, decision: 'APPROVED' | 'REJECTED', comment: string | undefined): Promise<void> {
  const { numUpdatedRows } = await use
    .on({ form_tasks: formTasks })
    .updateTable('form_tasks')
    .set((of) => ({ state: 'DECIDED', decision, comment: comment ?? null, decided_at: use.now, version: of('version', '+', 1) }))
    .where('id', '=', task.id)
    .where('state', '=', 'OPEN')
    .executeTakeFirst();
  if (!numUpdatedRows) throw taskAlreadyDecided({ task: task.id }, ['input', 'taskId']);
  tellTask(use, task.id, 'DECIDED', task.assignee_id);
}

const APPROVER = ['input', 'nextApproverId'];
/** Held until the decision is made: who leaves meanwhile is waited for, or waits, and finds the new task. */
async function findApprover(use: UseCase, employeeId: string): Promise<Approver> {
  const found = await use
    .on({ employees })
    .selectFrom('employees')
    .select(['id', 'left_at'])
    .where('id', '=', employeeId)
    .forShare()
    .executeTakeFirst();
  if (!found) throw notFound({}, APPROVER);
  return found;
}
/** Forms come from contacts, so the submitter is no employee; the picker cannot pick themself (api 2). */
function checkApprover(use: UseCase, { id, left_at }: Approver): void {
  if (id === use.seat.id) throw approverNotAllowed({ reason: 'SELF' }, APPROVER);
  if (left_at) throw approverNotAllowed({ reason: 'GONE' }, APPROVER);
}

/** An admin takes a task that nobody holds; the first has it, the second is told (spec 2.3b). */
export async function claimTask(use: UseCase, { taskId }: { readonly taskId: string }): Promise<Outcome> {
  await use.find('FormTask', taskId);
  if (use.seat.rights.get('FORMS') !== 'ALL') throw forbidden();
  const task = await use
    .on({ form_tasks: formTasks })
    .updateTable('form_tasks')
    .set((of) => ({ assignee_id: use.seat.id, version: of('version', '+', 1) }))
    .where('id', '=', taskId)
    .where('assignee_id', 'is', null)
    .where('state', '=', 'OPEN')
    .returning('form_id')
    .executeTakeFirst();
  if (!task) throw taskAlreadyClaimed({ task: taskId }, ['input', 'taskId']);
  const form = await lockForm(use, task.form_id);
  await addParticipant(use, form.id, use.seat.id);
  await writeHistory(use, form.id, 'CLAIMED');
  tellTask(use, taskId, 'CLAIMED', null);
  await setState(use, await firstAct(use, form), form.state, 'CLAIMED');
  return { taskId, formId: form.id };
}
