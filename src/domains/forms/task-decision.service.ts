import { forbidden, knownQuery, notFound, RAISED, type UseCase, versionConflict } from '../../sdk/index.ts';
import { employees } from '../directory/index.ts';
import { businessForms, FormTask, formTasks, formTemplateVersions } from './form.entity.ts';
import { approverNotAllowed, taskAlreadyClaimed, taskAlreadyDecided } from './form.refusals.ts';
import {
  addParticipant,
  type FormRow,
  firstAct,
  kindOf,
  openTask,
  setCustomerState,
  setState,
  submitted,
  tellTask,
  writeHistory,
} from './form-step.service.ts';
import { task as rules } from './permissions.ts';

const TASK = ['input', 'taskId'];

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
  const [found, next] = await Promise.all([lockTask(use, taskId), nextApproverId ? findApprover(use, nextApproverId) : undefined]);
  const isMine = found?.task.assignee_id === use.seat.id;
  if (!isMine) await use.find('FormTask', taskId, TASK); // who holds it sees it
  if (nextApproverId && !next) throw notFound({}, APPROVER);
  if (!found || !isMine) throw forbidden(rules.decide);
  if (found.task.state !== 'OPEN') throw taskAlreadyDecided({ task: taskId }, TASK);
  if (expectedVersion !== undefined && expectedVersion !== found.task.version)
    throw versionConflict({ current: { type: 'FormTask', uuid: taskId } }, ['input', 'expectedVersion']);
  return { ...found, next };
}

const taskUnderLock = knownQuery({ form_tasks: formTasks, business_forms: businessForms }, (db, given: { taskId: string }) =>
  db
    .selectFrom('business_forms as form')
    .innerJoin('form_tasks as task', 'task.form_id', 'form.id')
    .select(['task.id as task_id', 'task.form_id', 'task.assignee_id', 'task.state as task_state', 'task.version'])
    .select(['form.number', 'form.kind', 'form.contact_id', 'form.state', 'form.customer_state', 'form.customer_version'])
    .select(['form.template_id', 'form.template_version'])
    .where('task.id', '=', given.taskId)
    .forNoKeyUpdate('form')
    .forNoKeyUpdate('task'),
);
async function lockTask(use: UseCase, taskId: string): Promise<Omit<Found, 'next'> | undefined> {
  const [row] = await use.on(FormTask).ask(taskUnderLock, { taskId });
  if (!row) return undefined;
  const { task_id, form_id, assignee_id, task_state, version, ...form } = row;
  return { task: { id: task_id, form_id, assignee_id, state: task_state, version }, form: { id: form_id, ...form } };
}

/** What was decided, and of which form. */
export type Decided = { readonly taskId: string; readonly formId: string };

/** Approves: another goes on, or, without a next approver, the inside part has ended well (spec 6.2). */
export async function approveTask(use: UseCase, { comment }: Approval, { task, form, next }: Found): Promise<Decided> {
  if (next) checkApprover(use, next);
  decide(use, task, 'APPROVED', comment);
  writeHistory(use, form.id, 'APPROVED', { nextId: next?.id, comment });
  const now = firstAct(use, form);
  if (!next) await approvedAsLast(use, now);
  else {
    openTask(use, form.id, next.id);
    await setState(use, now, 'IN_REVIEW', 'APPROVED');
  }
  return { taskId: task.id, formId: form.id };
}

export async function rejectTask(use: UseCase, input: Decision, { task, form }: Found): Promise<Decided> {
  decide(use, task, 'REJECTED', input.comment);
  writeHistory(use, form.id, 'REJECTED', { comment: input.comment });
  const now = setCustomerState(use, firstAct(use, form), 'REJECTED');
  await setState(use, now, 'REJECTED', 'REJECTED');
  await kindOf(use, form.kind)?.onRejected?.(use, submitted(form));
  return { taskId: task.id, formId: form.id };
}

async function approvedAsLast(use: UseCase, form: FormRow): Promise<void> {
  const { with_confirmation } = await use
    .on(formTemplateVersions)
    .selectFrom('form_template_versions')
    .select('with_confirmation')
    .where('template_id', '=', form.template_id)
    .where('version', '=', form.template_version)
    .executeTakeFirstOrThrow();
  const kind = kindOf(use, form.kind);
  await kind?.onApproved?.(use, submitted(form));
  if (!with_confirmation) return completeForm(use, form);
  writeHistory(use, form.id, 'CONFIRMATION_ASKED');
  await setState(use, setCustomerState(use, form, 'AWAITING_YOUR_CONFIRMATION'), 'AWAITING_CONFIRMATION', 'CONFIRMATION_ASKED');
}

export async function completeForm(use: UseCase, form: FormRow): Promise<void> {
  writeHistory(use, form.id, 'COMPLETED');
  await setState(use, setCustomerState(use, form, 'COMPLETED'), 'COMPLETED', 'COMPLETED');
  await kindOf(use, form.kind)?.onCompleted?.(use, submitted(form));
}

/** The task is locked and open: whoever came second has waited for the lock, and found it decided. */
function decide(use: UseCase, task: TaskRow, decision: 'APPROVED' | 'REJECTED', comment: string | undefined): void {
  const facts = { state: 'DECIDED', decision, comment: comment ?? null, decided_at: use.now, version: RAISED } as const;
  use.on(FormTask).change({ id: task.id }, facts);
  tellTask(use, task.id, 'DECIDED', task.assignee_id);
}

const APPROVER = ['input', 'nextApproverId'];
/** Held until the decision is made: who leaves meanwhile is waited for, or waits, and finds the new task. */
const approverUnderLock = knownQuery({ employees }, (db, given: { id: string }) =>
  db.selectFrom('employees').select(['id', 'left_at']).where('id', '=', given.id).forShare(),
);
const findApprover = async (use: UseCase, id: string): Promise<Approver | undefined> =>
  (await use.on(employees).ask(approverUnderLock, { id }))[0];

/** Forms come from contacts, so the submitter is no employee; the picker cannot pick themself (api 2). */
function checkApprover(use: UseCase, { id, left_at }: Approver): void {
  if (id === use.seat.id) throw approverNotAllowed({ reason: 'SELF' }, APPROVER);
  if (left_at) throw approverNotAllowed({ reason: 'GONE' }, APPROVER);
}

/** An admin takes a task that nobody holds; the first has it, the second is told (spec 2.3b). */
export async function claimTask(use: UseCase, { taskId }: { readonly taskId: string }): Promise<Decided> {
  await use.find('FormTask', taskId, TASK);
  if (use.seat.rights.get('FORMS') !== 'ALL') throw forbidden(rules.claim);
  const found = await lockTask(use, taskId);
  if (found?.task.assignee_id !== null || found.task.state !== 'OPEN') throw taskAlreadyClaimed({ task: taskId }, TASK);
  const { form } = found;
  use.on(FormTask).change({ id: taskId }, { assignee_id: use.seat.id, version: RAISED });
  addParticipant(use, form.id, use.seat.id);
  writeHistory(use, form.id, 'CLAIMED');
  tellTask(use, taskId, 'CLAIMED', null);
  await setState(use, firstAct(use, form), form.state, 'CLAIMED');
  return { taskId, formId: form.id };
}
