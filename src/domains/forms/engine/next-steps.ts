import type { Approver, Condition, Flow, Step } from '../template-body.ts';
import type { AddedAt, Approved, Given, Person, Stop } from './flow.types.ts';

/** The organization as far as a route hangs on it: UUIDs of employees who are there. */
export interface People {
  /** The contact's; null: nobody answers for it, or they have left. */
  readonly owner: string | null;
  readonly ownersSupervisors: readonly string[];
  /** By the names of rights: who holds them for the whole organization. */
  readonly rights: Readonly<Record<string, readonly string[]>>;
  /** By departments. */
  readonly supervisors: Readonly<Record<string, readonly string[]>>;
  /** Employees that steps name, and who stands in for whom now. */
  readonly here: ReadonlyMap<string, Person>;
}
/** Who is asked at a place: UUIDs; `given`: how some of them were given it when the form stood there before. */
interface Asked {
  readonly people: readonly string[];
  readonly given?: ReadonlyMap<string, Given>;
}
/** One place on the way: a step, or of a step IN_ORDER one of its approvers. */
export interface RouteStop {
  /** Of the step, and of the approver where it is IN_ORDER; `BY_HAND` where approvers are picked. */
  readonly key: string;
  readonly step: Step | null;
  /** One approval is enough of the people of a slot; every slot needs one. Without people it waits for an admin to claim it. */
  readonly slots: readonly (Asked & { readonly by: readonly Approver[] })[];
}

const keyOf = ({ id, mode }: Step, i: number): string => (mode === 'IN_ORDER' ? `${id}:${i}` : id);
const keysOf = (step: Step): string[] => (step.mode === 'IN_ORDER' ? step.approvers.map((_, i) => keyOf(step, i)) : [step.id]);

/**
 * The stops that a form with these values takes, from its submission on. Picked by hand, the owner comes first and nobody knows who follows.
 * Pure: `holds` evaluates a condition over the values, `people` is the organization as it is.
 */
export function nextSteps<Values>(
  { route }: Pick<Flow, 'route'>,
  values: Values,
  people: People,
  holds: (condition: Condition, values: Values) => boolean,
): readonly RouteStop[] {
  if (route === 'BY_HAND') return [{ key: 'BY_HAND', step: null, slots: [slotOf([{ by: 'OWNER' }], people)] }];
  return route.filter(({ when }) => !when || holds(when, values)).flatMap((step) => stopsOf(step, people));
}

function stopsOf(step: Step, people: People): RouteStop[] {
  const { mode, approvers } = step;
  if (mode === 'IN_ORDER') return approvers.map((one, i) => ({ key: keyOf(step, i), step, slots: [slotOf([one], people)] }));
  return [{ key: step.id, step, slots: mode === 'ANY' ? [slotOf(approvers, people)] : approvers.map((one) => slotOf([one], people)) }];
}
const slotOf = (by: readonly Approver[], people: People): RouteStop['slots'][number] => ({
  by,
  people: [...new Set(by.flatMap((one) => candidates(one, people)))],
});

function candidates(approver: Approver, { owner, ownersSupervisors, rights, supervisors }: People): readonly string[] {
  switch (approver.by) {
    case 'EMPLOYEE':
      return [approver.employeeId];
    case 'OWNER':
      return owner ? [owner] : [];
    case 'OWNERS_SUPERVISOR':
      return ownersSupervisors;
    case 'RIGHT':
      return rights[approver.right] ?? [];
    case 'DEPARTMENT_SUPERVISORS':
      return supervisors[approver.departmentId] ?? [];
  }
}

/** The stop behind another, which may be one that the form would not take any more: values have changed, or people. Null: that was the last. */
export function stopAfter({ route }: Pick<Flow, 'route'>, stops: readonly RouteStop[], key: string): RouteStop | null {
  if (route === 'BY_HAND') return null;
  const order = route.flatMap(keysOf);
  const at = order.indexOf(key);
  return stops.find((stop) => order.indexOf(stop.key) > at) ?? null;
}

/** Whether a stop of a route comes before another, whether or not a form takes them. */
export function comesBefore({ route }: Pick<Flow, 'route'>, one: string, other: string): boolean {
  const order = route === 'BY_HAND' ? [] : route.flatMap(keysOf);
  return order.indexOf(one) < order.indexOf(other);
}

/** What a form has behind it. `added`: by stops, slot by slot, whoever was added there. */
export interface Past {
  readonly added?: Added;
  readonly approved?: Approved;
}
/** A stop as the engine opens it: whoever is not known to be there is gone. */
export function asStop({ key, step, slots }: RouteStop, { here }: People, { added, approved }: Past = {}): Stop {
  const known = ({ people, given }: Asked): Person[] =>
    people.map((id) => ({ ...(here.get(id) ?? { id, isGone: true }), ...(given?.has(id) && { given: given.get(id)! }) }));
  return {
    key,
    ...(approved && { approved }),
    ...(step?.mode === 'IN_ORDER' && { inOrder: true }),
    slots: slots.map(known),
    added: (added?.get(key) ?? []).map(({ to, ...asked }) => ({ people: known(asked), to })),
  };
}
/** By stops, slot by slot: UUIDs of whoever was added there. */
export type Added = ReadonlyMap<string, readonly (Asked & { readonly to?: AddedAt | undefined })[]>;
/** Where a form goes that meets no step: an admin claims it. */
export const NO_STOP: Stop = { key: '-', slots: [[]] };
