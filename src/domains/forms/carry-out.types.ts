import type { Due } from './due-time.service.ts';
import type { AddedAt, Change } from './engine/flow.types.ts';
import type { Flow } from './template-body.ts';

/** What people said with an act, and what stands in rows beside it. */
export interface Words {
  /** Said with the act: kept with the task that it closes, and with the history's first entry. */
  readonly comment?: string;
  /** In whose places it is done. */
  readonly forIds?: readonly string[];
  /** Asked of whoever is asked for an opinion. */
  readonly question?: string;
  /** What the customer is asked to correct. */
  readonly correction?: { readonly reason: string; readonly fields: readonly string[] };
  /** Why it is rejected, as the customer is told. */
  readonly rejection?: string;
  readonly pausedReason?: string;
  /** The form was inserted in this use case, in the state that the changes lead to. */
  readonly isNew?: boolean;
  /** Of tasks that are closed, or whose holders are reminded. */
  readonly holders?: ReadonlyMap<string, string | null>;
  /** Until when the turns that begin are to be decided, where that is not for their step to say. */
  readonly due?: Due;
  /** How the form flows, where that is known already. */
  readonly flow?: Flow;
}

/** More than one turn at a time, or a fixed route: whoever moves the form from now on has to look at all of it. */
export const branches = (change: Change): boolean =>
  change.do === 'REST' || (change.do === 'OPEN' && (change.kind === 'OPINION' || change.state === 'WAITING' || change.stop !== null));

/** Moves by which a form goes to whoever is asked again, if there is anybody on its way; and whatever leads it out of the house, but a return. */
export const hasGoneOn = ({ state, move, stop }: Pick<Extract<Change, { do: 'MOVE' }>, 'state' | 'move' | 'stop'>): boolean =>
  stop ? move === 'APPROVED' || move === 'RESUBMITTED' : state !== 'IN_REVIEW' && state !== 'NEEDS_CORRECTION';

/** Where somebody was added, as the row of their turn keeps it. */
export const columnsOfAdded = (to: AddedAt | undefined) => ({
  added_to: to?.slot ?? null,
  added_before: to ? to.when === 'BEFORE' : null,
});
