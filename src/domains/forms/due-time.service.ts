import { listen, type UseCase, windowReturned, workingHours } from '../../sdk/index.ts';
import { workingClock } from '../working-time/index.ts';
import { BusinessForm, FormHistory, FormTask } from './form.entity.ts';
import type { Flow } from './template-body.ts';

/** Until when a turn is to be decided, and when its clock is looked at next. */
export interface Due {
  readonly due_at: Date | null;
  readonly alarm_at: Date | null;
}
export const NEVER_DUE: Due = { due_at: null, alarm_at: null };
/** Its holder is reminded when so much of the time has passed. */
const REMINDED_AT = 0.75;

/** When a turn falls due that begins now at a stop, in working hours of the organization. */
export async function dueFrom(use: UseCase, { route }: Flow, stop: string): Promise<Due> {
  const hours = route === 'BY_HAND' ? undefined : route.find(({ id }) => stop === id || stop.startsWith(`${id}:`))?.dueHours;
  if (hours === undefined) return NEVER_DUE;
  const after = await workingClock(use);
  return { due_at: after(hours), alarm_at: after(hours * REMINDED_AT) };
}

interface Stood extends Due {
  readonly id: string;
  readonly stood: Date;
}
/** What stood still has as many working hours left as it had then. */
async function putOff(use: UseCase, turns: readonly Stood[]): Promise<void> {
  if (turns.length === 0) return;
  const putOffOne = await use.service(workingHours).puttingOff(use);
  for (const { id, stood, due_at, alarm_at } of turns) {
    const later = (at: Date | null): Date | null => (at === null ? null : putOffOne(at, stood, use.now));
    use.on(FormTask).change({ id }, { due_at: later(due_at), alarm_at: later(alarm_at) });
  }
}

/** Turns that have a time to be decided in, of forms that go on: locked, form by form. */
const waitingTurns = (use: UseCase) =>
  use
    .on(FormTask, BusinessForm)
    .selectFrom('form_tasks as task')
    .innerJoin('business_forms as form', 'form.id', 'task.form_id')
    .select(['task.id', 'task.created_at', 'task.due_at', 'task.alarm_at'])
    .where('task.state', 'in', ['OPEN', 'WAITING'])
    .where('task.due_at', 'is not', null)
    .where('form.paused_reason', 'is', null)
    .orderBy('form.id')
    .orderBy('task.id')
    .forNoKeyUpdate();

/** On forms of contacts turns stand still while the window is suspended (spec 6.11). */
export const puttingOff = listen(windowReturned, async (use, rest) => {
  const turns = await waitingTurns(use).where('form.contact_id', 'is not', null).execute();
  await putOff(
    use,
    turns.map((one) => ({ ...one, stood: rest.stood(one.created_at) })),
  );
});

/** Turns on a form stand still while it rests. @param formId of one that goes on now */
export async function putOffRested(use: UseCase, formId: string): Promise<void> {
  const [turns, rested] = await Promise.all([
    waitingTurns(use).where('form.id', '=', formId).execute(),
    use
      .on(FormHistory)
      .selectFrom('form_history')
      .select('at')
      .where('form_id', '=', formId)
      .where('kind', '=', 'PAUSED')
      .orderBy('id', 'desc')
      .executeTakeFirst(),
  ]);
  if (rested)
    await putOff(
      use,
      turns.map((one) => ({ ...one, stood: rested.at })),
    );
}
