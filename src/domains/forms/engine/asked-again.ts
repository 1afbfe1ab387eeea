import { fieldsOf } from '@guichet/forms';
import type { Condition, Flow } from '../template-body.ts';
import type { RouteStop } from './next-steps.ts';

type Route = Pick<Flow, 'route'>;
export interface ValuesChanged<Values> {
  /** As they are now. */
  readonly values: Values;
  /** Ids of the fields whose values are others now. */
  readonly changed: ReadonlySet<string>;
  /** Whoever changed them might have changed anything that the submitter fills in: nobody had said what it would be. */
  readonly isOpen: boolean;
}

const stepOf = (key: string): string => key.split(':')[0]!;
/** Whether two stops are of one step: IN_ORDER each of its approvers is a stop. */
export const isOfOneStep = (one: string, other: string): boolean => stepOf(one) === stepOf(other);
const placeOf = ({ route }: Route, key: string): number => (route === 'BY_HAND' ? -1 : route.findIndex(({ id }) => id === stepOf(key)));

/**
 * The first step before a stop that is to be asked again, or for the first time, because values have changed behind it: it is on the way now,
 * and its condition looks at one of them; or all of them were open, and whoever approved had seen others.
 * @returns the id of the step; null where what was decided stands
 */
export function askedAgain<Values>(
  flow: Route,
  at: string,
  { values, changed, isOpen }: ValuesChanged<Values>,
  holds: (condition: Condition, values: Values) => boolean,
): string | null {
  if (flow.route === 'BY_HAND' || changed.size === 0) return null;
  const looksAt = (when: Condition | undefined): boolean => when !== undefined && [...fieldsOf(when)].some((field) => changed.has(field));
  const before = flow.route.slice(0, Math.max(0, placeOf(flow, at)));
  return before.find(({ when }) => (isOpen || looksAt(when)) && (!when || holds(when, values)))?.id ?? null;
}

/** Of two steps the one that comes first; null where there is none. */
export function earlierOf(flow: Route, a: string | null, b: string | null): string | null {
  if (a === null || b === null) return a ?? b;
  return placeOf(flow, a) <= placeOf(flow, b) ? a : b;
}

/** The first stop of the way at a step or behind it, and before a stop; null: the way as it is now meets none there. */
export const stopFrom = (flow: Route, stops: readonly RouteStop[], step: string, before: string): RouteStop | null =>
  stops.find(({ key }) => placeOf(flow, key) >= placeOf(flow, step) && placeOf(flow, key) < placeOf(flow, before)) ?? null;
