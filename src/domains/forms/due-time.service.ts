import { listen, type UseCase, windowReturned, windowTime, workingHours } from '../../sdk/index.ts';
import { type Rest, stoodSince, suspensionsOf } from '../service-window/index.ts';
import { workingCount } from '../working-time/index.ts';
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

/**
 * When a turn falls due that begins now at a stop, in working hours of the organization. While the window is suspended, a turn on a form of a
 * contact begins when the clock came to stand still: with all others it is put off from there.
 */
export async function dueFrom(
  use: UseCase,
  form: { readonly id: string; readonly contact_id: string | null },
  { route }: Flow,
  stop: string,
): Promise<Due> {
  const hours = route === 'BY_HAND' ? undefined : route.find(({ id }) => stop === id || stop.startsWith(`${id}:`))?.dueHours;
  if (hours === undefined) return NEVER_DUE;
  const isStanding = form.contact_id !== null && !(await use.service(windowTime).served(use));
  const from = isStanding ? (await stoodSinceOf(use, [form.id]))(form.id) : use.now;
  const { after } = await workingCount(use);
  return { due_at: after(from, hours), alarm_at: after(from, hours * REMINDED_AT) };
}

/** When forms of contacts rested: with the window, and each with its contact. @returns since when the clock of one has stood still. */
async function stoodSinceOf(use: UseCase, formIds: readonly string[]): Promise<(formId: string) => Date> {
  const [suspensions, told] = await Promise.all([
    suspensionsOf(use),
    use
      .on(FormHistory)
      .selectFrom('form_history')
      .select(['form_id', 'kind', 'at'])
      .where('form_id', 'in', formIds)
      .where('kind', 'in', ['PAUSED', 'RESUMED'])
      .orderBy('id')
      .execute(),
  ]);
  const pauses = new Map<string, Rest[]>();
  for (const { form_id, kind, at } of told) {
    const own = pauses.get(form_id) ?? [];
    const last = own.at(-1);
    if (kind === 'PAUSED') pauses.set(form_id, [...own, { from: at, to: null }]);
    else if (last) pauses.set(form_id, [...own.slice(0, -1), { ...last, to: at }]);
  }
  return (formId) => stoodSince([...suspensions, ...(pauses.get(formId) ?? [])], use.now);
}

/** Turns that have a time to be decided in, of forms of contacts that go on now: locked, form by form. */
const waitingTurns = (use: UseCase) =>
  use
    .on(FormTask, BusinessForm)
    .selectFrom('form_tasks as task')
    .innerJoin('business_forms as form', 'form.id', 'task.form_id')
    .select(['task.id', 'task.form_id', 'task.due_at', 'task.alarm_at'])
    .where('task.state', 'in', ['OPEN', 'WAITING'])
    .where('task.due_at', 'is not', null)
    .where('form.paused_reason', 'is', null)
    .where('form.contact_id', 'is not', null)
    .orderBy('form.id')
    .orderBy('task.id')
    .forNoKeyUpdate();
type Turn = Awaited<ReturnType<ReturnType<typeof waitingTurns>['execute']>>[number];

/** What stood still has as many working hours left as it had then. */
async function putOff(use: UseCase, turns: readonly Turn[]): Promise<void> {
  if (turns.length === 0) return;
  const since = await stoodSinceOf(use, [...new Set(turns.map(({ form_id }) => form_id))]);
  const later = await use.service(workingHours).puttingOff(use);
  for (const { id, form_id, due_at, alarm_at } of turns) {
    const off = (at: Date | null): Date | null => (at === null ? null : later(at, since(form_id), use.now));
    use.on(FormTask).change({ id }, { due_at: off(due_at), alarm_at: off(alarm_at) });
  }
}

/** Turns on forms of contacts stand still while the window is suspended (spec 6.11). */
export const puttingOff = listen(windowReturned, async (use) => putOff(use, await waitingTurns(use).execute()));

/** Turns on a form stand still while it rests; where the window is suspended by now, they go on with that. @param formId of one that goes on now */
export async function putOffRested(use: UseCase, formId: string): Promise<void> {
  if (await use.service(windowTime).served(use)) await putOff(use, await waitingTurns(use).where('form.id', '=', formId).execute());
}
