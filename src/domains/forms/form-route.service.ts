import { holds } from '@guichet/forms';
import type { StoredValues, UseCase } from '../../sdk/index.ts';
import { contacts } from '../contacts/index.ts';
import { addedTo } from './adding.service.ts';
import { isOfOneStep, stopFrom } from './engine/asked-again.ts';
import type { Stop } from './engine/flow.types.ts';
import { hadLast, type TurnBefore } from './engine/had-last.ts';
import { asStop, comesBefore, NO_STOP, nextSteps, type RouteStop, stopAfter } from './engine/next-steps.ts';
import { ADDED } from './engine/stops.ts';
import { whoApproved } from './engine/whose.ts';
import { businessForms, formTasks } from './form.entity.ts';
import { type FormRow, goesOf } from './form-step.service.ts';
import { valuesOf } from './form-values.service.ts';
import { peopleFor } from './route-people.service.ts';
import type { Flow } from './template-body.ts';

/** The first stop of a form that is handed in; undefined where approvers are picked by hand. */
export async function firstStop(
  use: UseCase,
  flow: Flow,
  { values, ownerId, templateId }: { readonly values: StoredValues; readonly ownerId: string | null; readonly templateId: string },
): Promise<Stop | undefined> {
  if (flow.route === 'BY_HAND') return undefined;
  const people = await peopleFor(use, flow, ownerId, templateId);
  const [stop] = nextSteps(flow, values, people, holds);
  return stop ? asStop(stop, people) : NO_STOP;
}

/** Where a form on a fixed route goes on, as its values and the organization are now. Null: this is its last stop; undefined: it has no route. @param taskId the turn that is approved */
export async function nextStop(use: UseCase, form: FormRow, flow: Flow, taskId: string): Promise<Stop | null | undefined> {
  if (form.stop === null || flow.route === 'BY_HAND') return undefined;
  const { people, stops, added } = await wayOf(use, form, flow);
  const again = form.again_from === null ? null : stopFrom(flow, stops, form.again_from, form.stop);
  const next = again ?? stopAfter(flow, stops, form.stop);
  return next && asStop(next, people, { added, approved: await approvedBefore(use, form, flow, { key: next.key, taskId }) });
}

/**
 * The step at which a form stands, once more: everybody there is asked again, in order from the first of them on. One that is not for it any more gives way to the one behind it;
 * and where steps before it are to be asked again, the first of them comes first.
 */
export async function sameStop(use: UseCase, form: FormRow, flow: Flow): Promise<Stop | undefined> {
  if (form.stop === null || flow.route === 'BY_HAND') return undefined;
  const { people, stops, added } = await wayOf(use, form, flow);
  const again = form.again_from === null ? null : stopFrom(flow, stops, form.again_from, form.stop);
  const stop = again ?? stops.find(({ key }) => isOfOneStep(key, form.stop!)) ?? stopAfter(flow, stops, form.stop);
  return stop ? asStop(stop, people, { added, approved: await approvedBefore(use, form, flow, stop) }) : NO_STOP;
}

/** Who has approved at the stops before one, and whether in another's place. @param taskId of the turn that is approved by this act */
async function approvedBefore(
  use: UseCase,
  { id }: FormRow,
  flow: Flow,
  { key, taskId }: { readonly key: string; readonly taskId?: string },
): Promise<ReadonlyMap<string, boolean>> {
  const rows = await use
    .on(formTasks)
    .selectFrom('form_tasks')
    .select(['assignee_id', 'for_id', 'also_for_ids', 'stop'])
    .where('form_id', '=', id)
    .where((of) => of.or([of('decision', '=', 'APPROVED'), ...(taskId ? [of('id', '=', taskId)] : [])]))
    .where('stop', 'is not', null)
    .execute();
  return whoApproved(rows.filter(({ stop }) => comesBefore(flow, stop!, key)).map(goesOf));
}

/** A stop that a form has come by, whatever its values are now: it is returned to somebody there. Undefined: the form has no route. */
export async function stopOnceMore(use: UseCase, form: FormRow, flow: Flow, key: string | null): Promise<Stop | undefined> {
  if (form.stop === null || key === null || flow.route === 'BY_HAND') return undefined;
  const { people, added, onceMore } = await wayOf(use, form, flow);
  const named = nextSteps(flow, {}, people, () => true).find((one) => one.key === key);
  const stop = named && onceMore(named);
  const approved = await approvedBefore(use, form, flow, { key });
  return asStop(stop ?? { key, slots: [] }, people, { added, approved });
}

/** Among colleagues whoever has handed it in stands where the owner of a contact does: their supervisor is the owner's. */
async function wayOf(use: UseCase, { id, template_id, contact_id, submitted_by_id }: FormRow, flow: Flow) {
  const found = await use
    .on(businessForms, contacts)
    .selectFrom('business_forms as form')
    .leftJoin('contacts as contact', (join) =>
      join.onRef('contact.organization_id', '=', 'form.organization_id').onRef('contact.id', '=', 'form.contact_id'),
    )
    .select(['form.field_values', 'form.staff_values', 'contact.owner_id'])
    .where('form.id', '=', id)
    .executeTakeFirstOrThrow();
  const added = await addedTo(use, id);
  const owner = contact_id === null ? submitted_by_id : found.owner_id;
  const turns = await turnsBefore(use, id);
  const also = [...[...added.values()].flat().flatMap(({ people }) => people), ...turns.flatMap(({ whose }) => whose ?? [])];
  const people = await peopleFor(use, flow, owner, template_id, { also });
  const isThere = (person: string): boolean => people.here.has(person) && person !== submitted_by_id;
  const onceMore = (stop: RouteStop): RouteStop => hadLast(stop, turns, isThere);
  return { people, added, onceMore, stops: nextSteps(flow, valuesOf(found), people, holds).map(onceMore) };
}

/** Turns at the stops of a form until now, in the order in which they came. */
async function turnsBefore(use: UseCase, formId: string): Promise<TurnBefore[]> {
  const rows = await use
    .on(formTasks)
    .selectFrom('form_tasks')
    .select(['stop', 'slot', 'assignee_id', 'for_id', 'taken_from_id', 'state'])
    .where('form_id', '=', formId)
    .where('kind', '=', 'APPROVAL')
    .where('stop', 'is not', null)
    .where('slot', '<', ADDED)
    .orderBy('created_at')
    .orderBy('id')
    .execute();
  return rows.map(({ stop, slot, assignee_id, for_id, taken_from_id, state }) => ({
    ...{ stop: stop!, slot, whose: for_id ?? assignee_id, takenFrom: taken_from_id, isHandedOver: state === 'HANDED_OVER' },
  }));
}
