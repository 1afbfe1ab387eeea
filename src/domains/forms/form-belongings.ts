import { type Belongings, formMoved, type HandedOver, type KeptReason, type UseCase } from '../../sdk/index.ts';
import { holdEmployed } from '../directory/index.ts';
import { carryOut } from './carry-out.service.ts';
import { takenFrom } from './engine/changes.ts';
import { passTo } from './engine/passing.ts';
import { businessForms, FormHistory, FormParticipant, formTasks } from './form.entity.ts';
import { actorOf, formNow, lockForm, tellInside, tellTask } from './form-step.service.ts';

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
    .select(['task.id', 'task.form_id', 'task.assignee_id', 'task.kind as task_kind', 'task.for_id', 'task.taken_from_id', 'task.stop'])
    .select('task.state as task_state')
    .select(['form.customer_state', 'form.contact_id', 'form.kind', 'form.template_id', 'form.submitted_by_id'])
    .where('task.state', 'in', ['OPEN', 'WAITING'])
    .orderBy('form.id')
    .orderBy('task.id')
    .forNoKeyUpdate('form')
    .forNoKeyUpdate('task');
const openTasksOf = (use: UseCase, employeeId: string): Promise<LiveTask[]> =>
  lockedTasks(use).where('task.assignee_id', '=', employeeId).execute();

/** Gives open tasks, which are locked, another holder; null for whoever claims them, as is what the other has handed in themself. */
export async function reassign(use: UseCase, tasks: readonly LiveTask[], to: string | null): Promise<void> {
  for (const [whom, of] of Map.groupBy(tasks, ({ submitted_by_id }) => (submitted_by_id === to ? null : to))) {
    const second = await secondTurns(use, of, whom);
    const alone = of.filter((task) => !second.has(task));
    if (alone.length) await give(use, alone, whom);
    for (const task of second) await passBeside(use, task, whom);
  }
}

/** Those by which somebody would have two turns of a form at once. */
async function secondTurns(use: UseCase, tasks: readonly LiveTask[], to: string | null): Promise<ReadonlySet<LiveTask>> {
  const approvals = tasks.filter(({ task_kind, task_state }) => task_kind === 'APPROVAL' && task_state === 'OPEN');
  if (to === null || approvals.length === 0) return new Set();
  const formIds = [...new Set(approvals.map(({ form_id }) => form_id))];
  const own = await use
    .on(formTasks)
    .selectFrom('form_tasks')
    .select('form_id')
    .where('form_id', 'in', formIds)
    .where('assignee_id', '=', to)
    .where('kind', '=', 'APPROVAL')
    .where('state', '=', 'OPEN')
    .execute();
  const there = new Set(own.map(({ form_id }) => form_id));
  return new Set(approvals.filter(({ form_id }) => there.has(form_id) || !there.add(form_id)));
}

/** What the engine says of a turn that goes to whoever has one already. */
async function passBeside(use: UseCase, { id, form_id, for_id }: LiveTask, to: string | null): Promise<void> {
  const form = await lockForm(use, form_id);
  const now = await formNow(use, form);
  const task = now.tasks.find((one) => one.id === id)!;
  const changes = passTo(now, task, { holder: to, for: for_id, ...(for_id === null && { takenFrom: takenFrom(task) }) });
  const told = [
    { do: 'WRITE', kind: 'REASSIGNED', ...(to && { next: to }) },
    { do: 'MOVE', state: form.state, move: 'REASSIGNED' },
  ] as const;
  const holders = new Map(now.tasks.map((one) => [one.id, one.holder]));
  await carryOut(use, form, [...changes, ...told], { holders });
}

async function give(use: UseCase, tasks: readonly LiveTask[], to: string | null): Promise<void> {
  const formIds = [...new Set(tasks.map(({ form_id }) => form_id))];
  await keepFor(use, tasks); // a stand-in takes nothing from whom they stand in for
  await use
    .on(formTasks)
    .updateTable('form_tasks')
    .set((of) => ({
      assignee_id: to,
      version: of('version', '+', 1),
      taken_from_id: of
        .case()
        .when('for_id', 'is', null)
        .then(of.fn.coalesce('taken_from_id', 'assignee_id'))
        .else(of.ref('taken_from_id'))
        .end(),
    }))
    .where(
      'id',
      'in',
      tasks.map(({ id }) => id),
    )
    .execute();
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
  for (const { id, form_id, contact_id, submitted_by_id, kind, task_kind, for_id, task_state } of tasks)
    await use.announce(
      formMoved({
        formId: form_id,
        contactId: contact_id,
        submittedById: submitted_by_id,
        kind,
        move: 'REASSIGNED',
        actorId: actorOf(use),
        turns: task_state === 'OPEN' ? [{ taskId: id, employeeId: to, forId: for_id, kind: task_kind }] : [],
        told: [],
        saidToCustomer: false,
        reminded: [],
        cc: [],
      }),
    );
}

/** Of turns that go to stand-ins: for whom they are. */
async function keepFor(use: UseCase, tasks: readonly LiveTask[]): Promise<void> {
  for (const [for_id, of] of Map.groupBy(tasks, (task) => task.for_id))
    if (for_id !== null)
      await use
        .on(formTasks)
        .updateTable('form_tasks')
        .set({ for_id })
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
    const given = task?.submitted_by_id === to ? null : to; // what the other had handed in waits to be claimed
    if (!task || task.assignee_id !== given) kept.set(id, 'CHANGED_SINCE');
    else if (from !== null && !here.has(from)) kept.set(id, 'FORMER_LEFT');
    else back.push({ task, from });
  }
  for (const [from, of] of Map.groupBy(back, (one) => one.from))
    await reassign(
      use,
      of.map(({ task }) => task),
      from,
    );
  return kept;
}
