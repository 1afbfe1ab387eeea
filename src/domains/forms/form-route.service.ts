import { holds } from '@guichet/forms';
import type { StoredValues, UseCase } from '../../sdk/index.ts';
import { contacts } from '../contacts/index.ts';
import { addedTo } from './adding.service.ts';
import { isOfOneStep, stopFrom } from './engine/asked-again.ts';
import type { Given, Stop } from './engine/flow.types.ts';
import { type Here, hadLast, placeAgain, type TurnBefore } from './engine/had-last.ts';
import { asStop, NO_STOP, nextSteps, type RouteStop, stopAfter } from './engine/next-steps.ts';
import { businessForms, formTasks } from './form.entity.ts';
import { approvedBefore } from './form-eyes.service.ts';
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
  const { stops, onceMore } = await wayOf(use, form, flow, taskId);
  const again = form.again_from === null ? null : stopFrom(flow, stops, form.again_from, form.stop);
  const next = again ?? stopAfter(flow, stops, form.stop);
  return next && onceMore(next);
}

/**
 * The step at which a form stands, once more: everybody there is asked again, in order from the first of them on. One that is not for it any more gives way to the one behind it;
 * and where steps before it are to be asked again, the first of them comes first.
 */
export async function sameStop(use: UseCase, form: FormRow, flow: Flow): Promise<Stop | undefined> {
  if (form.stop === null || flow.route === 'BY_HAND') return undefined;
  const { stops, onceMore } = await wayOf(use, form, flow);
  const again = form.again_from === null ? null : stopFrom(flow, stops, form.again_from, form.stop);
  const stop = again ?? stops.find(({ key }) => isOfOneStep(key, form.stop!)) ?? stopAfter(flow, stops, form.stop);
  return stop ? onceMore(stop) : NO_STOP;
}

/** A stop that a form has come by, whatever its values are now: it is returned to somebody there. Undefined: the form has no route. */
export async function stopOnceMore(use: UseCase, form: FormRow, flow: Flow, key: string | null): Promise<Stop | undefined> {
  if (form.stop === null || key === null || flow.route === 'BY_HAND') return undefined;
  const { people, onceMore } = await wayOf(use, form, flow);
  const named = nextSteps(flow, {}, people, () => true).find((one) => one.key === key);
  return onceMore(named ?? { key, step: null, slots: [] });
}

/** Among colleagues whoever has handed it in stands where the owner of a contact does: their supervisor is the owner's. */
async function wayOf(use: UseCase, form: FormRow, flow: Flow, taskId?: string) {
  const { id, template_id, contact_id, submitted_by_id } = form;
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
  const also = [
    ...[...added.values()].flat().flatMap((one) => one.people),
    ...turns.flatMap(({ holder, for: whom }) => whom ?? holder ?? []),
  ];
  const people = await peopleFor(use, flow, owner, template_id, { also });
  const isThere = (person: string): boolean => people.here.has(person) && person !== submitted_by_id;
  const onceMore = async (stop: RouteStop): Promise<Stop> => {
    const approved = await approvedBefore(use, form, flow, { key: stop.key, taskId });
    const here: Here = { isThere, mayHave: (person) => !approved.get(person) };
    const addedHere = (added.get(stop.key) ?? []).map(({ slot, to, people: asked }) => {
      const place = placeAgain({ stop: stop.key, slot, people: asked }, turns, here);
      const byHand = place.people.map((one) => [one, { whose: [one], themself: false }] as const); // who is added is named with open eyes
      return { to, people: place.people, given: new Map<string, Given>([...byHand, ...place.given]) };
    });
    return asStop(hadLast(stop, turns, here), people, { added: new Map([[stop.key, addedHere]]), approved });
  };
  return { people, onceMore, stops: nextSteps(flow, valuesOf(found), people, holds) };
}

/** Turns at the stops of a form until now, in the order in which they came. */
async function turnsBefore(use: UseCase, formId: string): Promise<TurnBefore[]> {
  const rows = await use
    .on(formTasks)
    .selectFrom('form_tasks')
    .select(['stop', 'slot', 'assignee_id', 'for_id', 'also_for_ids', 'taken_from_id', 'state'])
    .where('form_id', '=', formId)
    .where('kind', '=', 'APPROVAL')
    .where('stop', 'is not', null)
    .orderBy('created_at')
    .orderBy('id')
    .execute();
  return rows.map((row) => ({
    ...goesOf(row),
    stop: row.stop!,
    slot: row.slot,
    takenFrom: row.taken_from_id,
    isHandedOver: row.state === 'HANDED_OVER',
  }));
}
