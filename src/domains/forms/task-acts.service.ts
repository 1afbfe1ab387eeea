import { forbidden, knownQuery, notFound, type Rule, type UseCase, versionConflict } from '../../sdk/index.ts';
import { carryOut, type Words } from './carry-out.service.ts';
import type { Due } from './due-time.service.ts';
import { decide, isRefused } from './engine/decide.ts';
import type { Actor, Facts, FormNow, Person, TaskAct } from './engine/flow.types.ts';
import { refusalOfAct } from './engine/may-act.ts';
import { stoodFor } from './engine/whose.ts';
import { businessForms, FormTask, formTasks } from './form.entity.ts';
import { eyesAt } from './form-eyes.service.ts';
import { findPicked } from './form-people.service.ts';
import { refusing } from './form-refusing.ts';
import { FORM_COLUMNS, type FormRow, formNow, type TaskColumns, taskOf } from './form-step.service.ts';
import { task as rules } from './permissions.ts';

const TASK = ['input', 'taskId'];

/** What names a task, and somebody to whom something goes. */
export interface TaskGiven {
  readonly taskId: string;
  readonly expectedVersion?: number;
}
export interface HowHeld {
  readonly kind: TaskAct['kind'];
  /** The input field that names somebody, and the id that stands in it. */
  readonly person?: { readonly field: string; readonly id: string };
  readonly rule?: Rule;
}
/** A task with its form, both locked, and whoever was picked. */
export interface HeldTask {
  readonly taskId: string;
  readonly form: FormRow;
  readonly now: FormNow;
  readonly person: Person | undefined;
  readonly how: HowHeld;
  readonly actor: Actor;
  readonly due: Due;
  /** OPINION: what was asked; it goes along. */
  readonly question: string | null;
}

/**
 * Finds the task and locks it with its form, in the order of refusals of api 1: unknown, not yours, already decided, changed.
 * Its former holder is told that it is decided, not that it is not theirs.
 */
export async function holdTask(use: UseCase, { taskId, expectedVersion }: TaskGiven, how: HowHeld): Promise<HeldTask> {
  const [found, picked] = await Promise.all([lockTask(use, taskId), how.person ? findPicked(use, how.person.id) : undefined]);
  if (found?.task.assignee_id !== use.seat.id) await use.find('FormTask', taskId, TASK); // who holds it sees it
  if (how.person && !picked) throw notFound({}, ['input', how.person.field]);
  if (!found) throw forbidden(how.rule ?? rules.decide);
  const person = picked?.(found.form.template_id);
  const now = await formNow(use, found.form, taskOf(found.task));
  const held: HeldTask = {
    taskId,
    form: found.form,
    now,
    person,
    how,
    due: { due_at: found.task.due_at, alarm_at: found.task.alarm_at },
    question: found.task.question,
    actor: await actorToward(use, taskId, how),
  };
  const act = { kind: how.kind, taskId } as TaskAct; // whom it names is asked when the input has no faults
  const refused = refusalOfAct(now, act, held);
  if (refused) throw refuse(held, refused);
  if (expectedVersion !== undefined && expectedVersion !== found.task.version)
    throw versionConflict({ current: { type: 'FormTask', uuid: taskId } }, ['input', 'expectedVersion']);
  return held;
}

const refuse = ({ form, taskId, how }: HeldTask, refused: Parameters<typeof refusing>[0]): Error =>
  refusing(refused, { form, taskId, rule: how.rule ?? rules.decide, person: how.person?.field });

/** Whoever governs a task is asked for the right; a holder is known by the task. */
async function actorToward(use: UseCase, taskId: string, how: HowHeld): Promise<Actor> {
  const governs = how.kind === 'CLAIM' ? use.seat.rights.get('FORMS') === 'ALL' : how.rule && (await use.may('FormTask', taskId, how.rule));
  return { id: use.seat.id, is: governs ? 'ADMIN' : 'STAFF' };
}

const taskUnderLock = knownQuery({ form_tasks: formTasks, business_forms: businessForms }, (db, given: { taskId: string }) =>
  db
    .selectFrom('business_forms as form')
    .innerJoin('form_tasks as task', 'task.form_id', 'form.id')
    .select(['task.id as task_id', 'task.form_id', 'task.assignee_id', 'task.state as task_state', 'task.version'])
    .select(['task.for_id', 'task.also_for_ids', 'task.taken_from_id'])
    .select([
      'task.due_at',
      'task.alarm_at',
      'task.kind as task_kind',
      'task.linked_id',
      'task.slot',
      'task.stop as task_stop',
      'task.question',
    ])
    .select([...FORM_COLUMNS])
    .where('task.id', '=', given.taskId)
    .forNoKeyUpdate('form')
    .forNoKeyUpdate('task'),
);
export interface LockedTask {
  readonly task: TaskColumns & Due & { readonly version: number; readonly question: string | null };
  readonly form: FormRow;
}
export async function lockTask(use: UseCase, taskId: string): Promise<LockedTask | undefined> {
  const [row] = await use.on(FormTask).ask(taskUnderLock, { taskId });
  if (!row) return undefined;
  const {
    task_id,
    form_id,
    assignee_id,
    for_id,
    also_for_ids,
    taken_from_id,
    task_state,
    task_kind,
    task_stop,
    linked_id,
    slot,
    version,
    due_at,
    alarm_at,
    question,
    ...form
  } = row;
  const task = {
    id: task_id,
    assignee_id,
    for_id,
    also_for_ids,
    taken_from_id,
    state: task_state,
    kind: task_kind,
    stop: task_stop,
    linked_id,
    slot,
    version,
    due_at,
    alarm_at,
    question,
  };
  return { task, form: { ...form, id: form_id } };
}

/** What gives a turn of a stop to somebody. */
const GIVES: ReadonlySet<TaskAct['kind']> = new Set(['HAND_OVER', 'ADD', 'CLAIM', 'REASSIGN']);
/** Whoever gives a turn on, or puts another before it, gains no time. */
const KEEPS_DUE: ReadonlySet<TaskAct['kind']> = new Set(['HAND_OVER', 'ADD']);

/** What was done, and of which form. */
export type Decided = { readonly taskId: string; readonly formId: string };

/** Does what the engine says. @throws what it refuses */
export async function actOnTask(
  use: UseCase,
  held: HeldTask,
  act: TaskAct,
  { facts, words }: { readonly facts?: Partial<Facts>; readonly words?: Words } = {},
): Promise<Decided> {
  const { form, now, taskId, actor } = held;
  const own = now.tasks.find(({ id }) => id === taskId);
  const approved = GIVES.has(act.kind) ? await eyesAt(use, form, own?.stop ?? null) : undefined;
  const known: Facts = { actor, submitter: form.submitted_by_id, approved, ...facts };
  const verdict = decide(now, act, known);
  if (isRefused(verdict)) throw refuse(held, verdict);
  const holders = new Map(now.tasks.map(({ id, holder }) => [id, holder]));
  const kept: Words = {
    ...(own?.holder === actor.id && act.kind !== 'REASSIGN' && { forIds: stoodFor(own) }),
    ...(KEEPS_DUE.has(act.kind) && { due: held.due }),
    ...(held.question && { question: held.question }),
  };
  await carryOut(use, form, verdict.changes, { ...kept, ...words, holders });
  return { taskId, formId: form.id };
}
