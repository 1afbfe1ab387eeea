import type { UseCase } from '../../sdk/index.ts';
import { ADDED } from './engine/stops.ts';
import { formTasks } from './form.entity.ts';
import { actOnTask, type Decided, type HeldTask, type TaskGiven } from './task-acts.service.ts';

interface Adding extends TaskGiven {
  readonly when: 'BEFORE' | 'AFTER';
  readonly comment?: string;
}
/** Adds whoever was picked before or after the holder's own turn. @throws ApproverNotAllowed */
export async function addApprover(use: UseCase, { taskId, when, comment }: Adding, held: HeldTask): Promise<Decided> {
  const stop = held.now.tasks.find(({ id }) => id === taskId)?.stop ?? null;
  const added = (await addedSlots(use, held.form.id)).filter((one) => one.stop === stop).length;
  return actOnTask(use, held, { kind: 'ADD', taskId, who: held.person!, when }, { facts: { added }, words: { comment } });
}

/** Whoever was added at the stops of a form, or has had such a turn from one who was: by stops, slot by slot. */
export async function addedTo(use: UseCase, formId: string) {
  const slots = await addedSlots(use, formId);
  return new Map([...Map.groupBy(slots, ({ stop }) => stop ?? '')].map(([stop, of]) => [stop, of]));
}

async function addedSlots(use: UseCase, formId: string) {
  const turns = await use
    .on(formTasks)
    .selectFrom('form_tasks')
    .select(['stop', 'slot', 'assignee_id', 'for_id', 'state', 'added_to', 'added_before'])
    .where('form_id', '=', formId)
    .where('slot', '>=', ADDED)
    .orderBy('slot')
    .orderBy('id')
    .execute();
  return [...Map.groupBy(turns, ({ stop, slot }) => `${slot} ${stop}`).values()].map((of) => ({
    stop: of[0]!.stop,
    slot: of[0]!.slot,
    ...addedAt(of.find(({ added_to }) => added_to !== null)),
    people: [...new Set(of.flatMap(({ assignee_id, for_id }) => for_id ?? assignee_id ?? []))],
  }));
}

/** Turns that were added before that was kept are asked again at once with the others. */
const addedAt = (turn: { readonly added_to: number | null; readonly added_before: boolean | null } | undefined) =>
  turn && turn.added_to !== null ? { to: { slot: turn.added_to, when: turn.added_before ? ('BEFORE' as const) : ('AFTER' as const) } } : {};
