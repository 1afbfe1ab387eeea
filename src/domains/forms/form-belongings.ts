import { type Belongings, formMoved, type HandedOver, type KeptReason, type UseCase } from '../../sdk/index.ts';
import { holdEmployed } from '../directory/index.ts';
import { carryOut } from './carry-out.service.ts';
import { takenFrom } from './engine/changes.ts';
import type { Goes } from './engine/flow.types.ts';
import { passTo } from './engine/passing.ts';
import { isDenied } from './engine/who-has-it.ts';
import { instead, whose } from './engine/whose.ts';
import { businessForms, FormHistory, FormParticipant, formTasks } from './form.entity.ts';
import { eyesOf } from './form-eyes.service.ts';
import { actorOf, formNow, goesOf, lockForm, tellInside, tellTask } from './form-step.service.ts';

export interface LiveTask {
  readonly id: string;
  readonly form_id: string;
  readonly assignee_id: string | null;
  readonly customer_state: string;
  readonly contact_id: string | null;
  readonly kind: string;
  readonly task_kind: 'APPROVAL' | 'OPINION';
  readonly template_id: string;
  readonly submitted_by_id: string | null;
  /** Of a fixed route: where it stands. */
  readonly stop: string | null;
  /** For whom whoever has it stands in. */
  readonly for_id: string | null;
  readonly also_for_ids: readonly string[] | null;
  readonly task_state: string;
  readonly taken_from_id: string | null;
}

/** Open tasks of a leaver go to whoever goes on, or wait to be claimed; the customer is told nothing of it (spec 3.15, 6.3). */
export const openTasks: Belongings = {
  kind: 'TASK',
  hold: async (use, employeeId) => {
    await openTasksOf(use, employeeId);
  },
  leave: async (use, { employeeId, successorId }) => {
    const tasks = await openTasksOf(use, employeeId);
    await reassign(use, tasks, successorId);
    return tasks.map(({ id }) => id);
  },
  giveBack: giveTasksBack,
};

/** With their forms, locked as whoever decides locks them. */
export const lockedTasks = (use: UseCase) =>
  use
    .on(businessForms, formTasks)
    .selectFrom('business_forms as form')
    .innerJoin('form_tasks as task', 'task.form_id', 'form.id')
    .select(['task.id', 'task.form_id', 'task.assignee_id', 'task.kind as task_kind', 'task.for_id', 'task.also_for_ids'])
    .select(['task.state as task_state', 'task.taken_from_id', 'task.stop'])
    .select(['form.customer_state', 'form.contact_id', 'form.kind', 'form.template_id', 'form.submitted_by_id'])
    .where('task.state', 'in', ['OPEN', 'WAITING'])
    .orderBy('form.id')
    .orderBy('task.id')
    .forNoKeyUpdate('form')
    .forNoKeyUpdate('task');
const openTasksOf = (use: UseCase, employeeId: string): Promise<LiveTask[]> =>
  lockedTasks(use).where('task.assignee_id', '=', employeeId).execute();

/** Whom a turn is for when it has another holder. */
export type Passing = (turn: Goes, holder: string | null) => Goes;

/** Those of some turns that somebody can have: of a form that they have not handed in, and by four eyes. */
export async function thoseFor(use: UseCase, tasks: readonly LiveTask[], to: string, passing: Passing = instead): Promise<LiveTask[]> {
  const turns = tasks.filter(({ task_kind }) => task_kind === 'APPROVAL');
  const approved = await eyesOf(use, to, turns);
  return tasks.filter(
    (task) => task.submitted_by_id !== to && (task.task_kind === 'OPINION' || !isDenied(passing(goesOf(task), to), approved(task))),
  );
}

/**
 * Gives open tasks, which are locked, another holder; null for whoever claims them, as is what the other cannot have.
 * @param passing what was its holder's own is the other's own, unless it says otherwise
 * @param able what the other can have, where that is not to be asked
 */
export async function reassign(
  use: UseCase,
  tasks: readonly LiveTask[],
  to: string | null,
  { passing = instead, able }: { readonly passing?: Passing; readonly able?: readonly LiveTask[] } = {},
): Promise<void> {
  const theirs = new Set(to === null ? [] : (able ?? (await thoseFor(use, tasks, to, passing))));
  for (const [whom, of] of Map.groupBy(tasks, (task) => (theirs.has(task) ? to : null))) {
    const second = await secondTurns(use, of, whom);
    const alone = of.filter((task) => !second.has(task));
    if (alone.length) await give(use, alone, whom, passing);
    for (const task of second) await passBeside(use, task, whom, passing);
  }
}

/** Those by which somebody would have two turns of a form at once. */
async function secondTurns(use: UseCase, tasks: readonly LiveTask[], to: string | null): Promise<ReadonlySet<LiveTask>> {
  const approvals = tasks.filter(({ task_kind }) => task_kind === 'APPROVAL');
  if (to === null || approvals.length === 0) return new Set();
  const formIds = [...new Set(approvals.map(({ form_id }) => form_id))];
  const own = await use
    .on(formTasks)
    .selectFrom('form_tasks')
    .select('form_id')
    .where('form_id', 'in', formIds)
    .where('assignee_id', '=', to)
    .where('kind', '=', 'APPROVAL')
    .where('state', 'in', ['OPEN', 'WAITING'])
    .execute();
  const there = new Set(own.map(({ form_id }) => form_id));
  return new Set(approvals.filter(({ form_id }) => there.has(form_id) || !there.add(form_id)));
}

/** What the engine says of a turn that goes to whoever has one already. */
async function passBeside(use: UseCase, { id, form_id }: LiveTask, to: string | null, passing: Passing): Promise<void> {
  const form = await lockForm(use, form_id);
  const now = await formNow(use, form);
  const task = now.tasks.find((one) => one.id === id)!;
  const goes = passing(task, to);
  const changes = passTo(now, task, { ...goes, ...(isTaken(task, goes) && { takenFrom: takenFrom(task) }) });
  const told = [
    { do: 'WRITE', kind: 'REASSIGNED', ...(to && { next: to }) },
    { do: 'MOVE', state: form.state, move: 'REASSIGNED' },
  ] as const;
  const holders = new Map(now.tasks.map((one) => [one.id, one.holder]));
  await carryOut(use, form, [...changes, ...told], { holders });
}

/** Whether somebody's own turn is another's own from now on: a stand-in takes nothing from whom they stand in for. */
const isTaken = (before: Goes, after: Goes): boolean => !whose(after).includes(before.holder ?? '') && before.for === null;

async function give(use: UseCase, tasks: readonly LiveTask[], to: string | null, passing: Passing): Promise<void> {
  const formIds = [...new Set(tasks.map(({ form_id }) => form_id))];
  const given = tasks.map((task) => ({ id: task.id, before: goesOf(task), after: passing(goesOf(task), to) }));
  const alike = ({ before, after }: (typeof given)[number]): string => JSON.stringify([after.for, after.alsoFor, isTaken(before, after)]);
  for (const of of Map.groupBy(given, alike).values()) await giveAlike(use, of);
  await use
    .on(businessForms)
    .updateTable('business_forms')
    .set((of) => ({ version: of('version', '+', 1), updated_at: use.now }))
    .where('id', 'in', formIds)
    .execute();
  if (to)
    use.on(FormParticipant).add(
      formIds.map((form_id) => ({ form_id, employee_id: to, since: use.now })),
      'kept',
    );
  const own = { kind: 'REASSIGNED' as const, actor_id: actorOf(use), next_id: to, comment: null, at: use.now };
  use.on(FormHistory).add(tasks.map(({ form_id }) => ({ ...own, id: use.newId(), form_id })));
  for (const { id, form_id, customer_state, assignee_id, task_state } of tasks) {
    if (assignee_id !== null) tellTask(use, id, 'LEFT', assignee_id);
    if (task_state === 'OPEN') tellTask(use, id, 'OPENED', to);
    tellInside(use, form_id, 'REASSIGNED', { customerState: customer_state });
  }
  const forIds = new Map(given.map(({ id, after }) => [id, after.for]));
  for (const { id, form_id, contact_id, submitted_by_id, kind, task_kind, task_state } of tasks)
    await use.announce(
      formMoved({
        formId: form_id,
        contactId: contact_id,
        submittedById: submitted_by_id,
        kind,
        move: 'REASSIGNED',
        actorId: actorOf(use),
        turns: task_state === 'OPEN' ? [{ taskId: id, employeeId: to, forId: forIds.get(id) ?? null, kind: task_kind }] : [],
        told: [],
        saidToCustomer: false,
        reminded: [],
        cc: [],
      }),
    );
}

/** Turns that are for the same people afterwards. */
async function giveAlike(use: UseCase, of: readonly { readonly id: string; readonly before: Goes; readonly after: Goes }[]): Promise<void> {
  const { before, after } = of[0]!;
  const taken = isTaken(before, after);
  await use
    .on(formTasks)
    .updateTable('form_tasks')
    .set((row) => ({
      assignee_id: after.holder,
      for_id: after.for,
      also_for_ids: after.alsoFor ? (JSON.stringify(after.alsoFor) as never) : null,
      version: row('version', '+', 1),
      ...(taken && { taken_from_id: row.fn.coalesce('taken_from_id', 'assignee_id') }),
    }))
    .where(
      'id',
      'in',
      of.map(({ id }) => id),
    )
    .execute();
}

/** What was decided, claimed or handed on since is kept where it is. */
async function giveTasksBack(use: UseCase, items: readonly HandedOver[]): Promise<ReadonlyMap<string, KeptReason>> {
  const open = new Map(
    (
      await lockedTasks(use)
        .where(
          'task.id',
          'in',
          items.map(({ id }) => id),
        )
        .execute()
    ).map((task) => [task.id, task]),
  );
  const here = await holdEmployed(
    use,
    items.flatMap(({ from }) => from ?? []),
  );
  const kept = new Map<string, KeptReason>();
  const back: { readonly task: LiveTask; readonly from: string | null }[] = [];
  for (const { id, from, to } of items) {
    const task = open.get(id);
    if (!task || (task.assignee_id !== to && task.assignee_id !== null))
      // what the other could not have waits to be claimed
      kept.set(id, 'CHANGED_SINCE');
    else if (from !== null && !here.has(from)) kept.set(id, 'FORMER_LEFT');
    else back.push({ task, from });
  }
  for (const [from, of] of Map.groupBy(back, (one) => one.from)) {
    const turns = of.map(({ task }) => task);
    await reassign(use, turns, from, { able: turns.filter(({ submitted_by_id }) => submitted_by_id !== from) }); // they had it before
  }
  return kept;
}
